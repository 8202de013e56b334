package environment_test

import (
	"testing"

	"atrium/shared/environment"
)

func TestSignUpIsClosedUnlessSaidOtherwise(t *testing.T) {
	for value, closed := range map[string]bool{"": true, "true": false, "false": true, "True": true, "yes": true, " true": true} {
		t.Setenv("OPEN_SIGNUP", value)
		if got := environment.Config().SignUpClosed; got != closed {
			t.Errorf("OPEN_SIGNUP=%q: closed %v, want %v", value, got, closed)
		}
	}
}
