package main

import (
	"image/png"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"testing"

	"atrium/infra/generate/catalogue"
	"atrium/infra/local/demo"
	"atrium/infra/local/lambda"
	"atrium/infra/mails/sample"
)

// What the README says of this process, it may say of the functions as they are
// built, each in its container.
func TestFunctionsAnswerFromLambdasContainers(t *testing.T) {
	t.Parallel()
	root, err := catalogue.Root()
	if err != nil {
		t.Fatal(err)
	}
	if err := lambda.Ready(t.Context(), root); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	data := t.TempDir()
	p := run(t, data, nil, "-sam").up(data)
	followsTheReadme(p)
	p.signIn(p.another(demo.Owner))
	takesALogo(p)
	asksWhoCalls(p)
	containers := started.FindAllStringSubmatch(p.out.String(), -1)
	if len(containers) < 10 {
		t.Errorf("%d containers were started: the functions did not answer from them", len(containers))
	}
	_ = p.Process.Signal(os.Interrupt)
	if code, said := p.exit(); code != 0 {
		t.Errorf("exit code %d: %s", code, said)
	}
	for _, container := range containers {
		if left, err := exec.CommandContext(t.Context(), "docker", "container", "inspect", container[1]).CombinedOutput(); err == nil {
			t.Errorf("a container is left: %s", left)
		}
	}
}

// started is how SAM tells of a container that it starts.
var started = regexp.MustCompile(`SAM_CONTAINER_ID: ([0-9a-f]+)`)

// takesALogo fails unless bytes that are no text come through the gateway whole,
// both ways, and are found where they are said to be.
func takesALogo(p *program) {
	p.t.Helper()
	put := p.ask(http.MethodPut, "/v1/workspace/logo", string(sample.Logo), http.StatusOK, "Content-Type", "image/png")
	response, err := http.Get(put["logoUrl"].(string)) //nolint:noctx // of this machine
	if err != nil {
		p.t.Fatal(err)
	}
	defer response.Body.Close() //nolint:errcheck // it was read
	if _, err := png.DecodeConfig(response.Body); err != nil {
		p.t.Errorf("%s is no picture: %d, %v", put["logoUrl"], response.StatusCode, err)
	}
}

// asksWhoCalls fails unless the authorizer stands before the operations.
func asksWhoCalls(p *program) {
	p.t.Helper()
	owner := p.token
	for token, code := range map[string]string{"nonsense": "token_invalid", owner + "x": "token_invalid"} {
		p.token = token
		if got := p.ask(http.MethodGet, "/v1/organizations", "", http.StatusUnauthorized)["code"]; got != code {
			p.t.Errorf("%v, want %s", got, code)
		}
	}
	p.token = ""
	p.ask(http.MethodGet, "/v1/organizations", "", http.StatusUnauthorized)
	p.token = owner
}
