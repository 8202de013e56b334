package environment_test

import (
	"testing"

	"atrium/shared/environment"
)

func TestSignUpIsOpenUnlessSaidOtherwise(t *testing.T) {
	for value, closed := range map[string]bool{"": false, "true": false, "false": true} {
		t.Setenv("OPEN_SIGNUP", value)
		if got := environment.Config().SignUpClosed; got != closed {
			t.Errorf("OPEN_SIGNUP=%q: closed %v, want %v", value, got, closed)
		}
	}
}
