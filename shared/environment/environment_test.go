package environment_test

import (
	"bytes"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"atrium/shared/environment"
)

// whole is all that a function that sends mail is given.
var whole = map[string]string{
	"TABLE_NAME": "atrium", "SIGNING_KEY": "a key for tests, and no secret at all", "DASHBOARD_URL": "https://clients.agency.example/",
	"MAIL_FROM": "no-reply@agency.example", "CONFIGURATION_SET": "atrium", "API_URL": "https://api.agency.example/",
	"AWS_REGION": "eu-central-1", "AWS_ACCESS_KEY_ID": "an id", "AWS_SECRET_ACCESS_KEY": "a secret",
}

// started is set where this binary is to be a function that starts.
const started = "ATRIUM_TEST_STARTS"

func TestMain(m *testing.M) {
	switch os.Getenv(started) {
	case "table":
		environment.Open("get-user")
	case "mail":
		environment.OpenMail("deliver-mail")
	default:
		os.Exit(m.Run())
	}
}

// start is what a function says that starts without some of its environment.
func start(t *testing.T, opens string, without ...string) (said string, err error) {
	t.Helper()
	empty := map[string]string{}
	for _, name := range without { // as it is where a parameter is empty
		empty[name] = ""
	}
	return startWith(t, opens, empty)
}

// startWith is what one says that starts with something else in it.
func startWith(t *testing.T, opens string, other map[string]string) (said string, err error) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = []string{started + "=" + opens}
	for name, value := range whole {
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	for name, value := range other {
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err = cmd.Run()
	return out.String(), err
}

func TestAFunctionSaysInOneLineAllThatItLacks(t *testing.T) {
	for opens, lacks := range map[string][]string{
		"table": {"TABLE_NAME", "AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "SIGNING_KEY"},
		"mail":  {"TABLE_NAME", "SIGNING_KEY", "MAIL_FROM", "CONFIGURATION_SET", "API_URL", "DASHBOARD_URL"},
	} {
		if said, err := start(t, opens); err != nil || said != "" {
			t.Errorf("%s, with all: %v, %q", opens, err, said)
		}
		said, err := start(t, opens, lacks...)
		if err == nil || strings.Count(said, "\n") != 1 {
			t.Errorf("%s, without %v: %v, %q", opens, lacks, err, said)
		}
		for _, name := range lacks {
			if !strings.Contains(said, name) {
				t.Errorf("%s: %s is not missed: %q", opens, name, said)
			}
		}
		for name, value := range whole {
			if strings.Contains(said, value) {
				t.Errorf("%s: the value of %s is said: %q", opens, name, said)
			}
		}
	}
}

// What a parameter may have been set to by mistake, and what is said of it.
func TestAFunctionSaysWhatItWasToldWrongly(t *testing.T) {
	t.Parallel()
	for setting, says := range map[string]string{
		"SIGNING_KEY=too short": "SIGNING_KEY is shorter than 32 characters",
		"SIGNING_KEY={{resolve:secretsmanager:arn:SecretString:current::}}": "SIGNING_KEY was not read from its secret",
		"PREVIOUS_SIGNING_KEY=also short":                                   "PREVIOUS_SIGNING_KEY is shorter",
		"MAIL_FROM=Agency <hello@agency.example>":                           "MAIL_FROM is no e-mail address",
		"MAIL_FROM=agency.example":                                          "MAIL_FROM is no e-mail address",
		"MAIL_FROM=a@b@agency.example":                                      "MAIL_FROM is no e-mail address",
		"DASHBOARD_URL=clients.agency.example":                              "DASHBOARD_URL is no URL",
		"AWS_ENDPOINT_URL_DYNAMODB=localhost:8000":                          "AWS_ENDPOINT_URL_DYNAMODB is no URL",
		"SIGN_IN_MINUTES=soon":                                              "SIGN_IN_MINUTES is no number from 5 to 60",
		"SIGN_IN_MINUTES=1440":                                              "SIGN_IN_MINUTES is no number from 5 to 60",
	} {
		name, value, _ := strings.Cut(setting, "=")
		said, err := startWith(t, "mail", map[string]string{name: value})
		if err == nil || strings.Count(said, "\n") != 1 || !strings.Contains(said, says) || !strings.Contains(said, `"msg":"cannot start"`) {
			t.Errorf("%s: %v, %q", setting, err, said)
		}
		if strings.Contains(said, value) {
			t.Errorf("%s: the value is said: %q", setting, said)
		}
	}
	for setting := range map[string]bool{"PREVIOUS_SIGNING_KEY=none": true, "PREVIOUS_SIGNING_KEY=": true, "AWS_ENDPOINT_URL_SES=": true, "SIGN_IN_MINUTES=60": true} {
		name, value, _ := strings.Cut(setting, "=")
		if said, err := startWith(t, "mail", map[string]string{name: value}); err != nil || said != "" {
			t.Errorf("%s: %v, %q", setting, err, said)
		}
	}
}

func TestMailIsAsTheEnvironmentHasIt(t *testing.T) {
	for name, value := range whole {
		t.Setenv(name, value)
	}
	t.Setenv("AWS_SESSION_TOKEN", "a session")
	t.Setenv("AWS_ENDPOINT_URL_SES", "http://127.0.0.1:8005")
	_, got := environment.OpenMail("deliver-mail")
	credentials := got.Credentials
	if credentials.AccessKeyID != "an id" || credentials.SecretAccessKey != "a secret" || credentials.SessionToken != "a session" {
		t.Error("not the credentials of the environment")
	}
	want := environment.Mail{
		Region: "eu-central-1", Credentials: credentials, Endpoint: "http://127.0.0.1:8005", ConfigurationSet: "atrium",
		From: "no-reply@agency.example", APIURL: "https://api.agency.example",
	}
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestConfigIsAsTheEnvironmentHasIt(t *testing.T) {
	t.Setenv("SIGN_IN_MINUTES", "30")
	t.Setenv("DASHBOARD_URL", "https://clients.agency.example/")
	t.Setenv("SIGNING_KEY", "the key that is used now, of 32 bytes")
	t.Setenv("PREVIOUS_SIGNING_KEY", "")
	t.Setenv("API_URL", "DashboardUrl")
	if told := environment.Config().APIURL; told != "" {
		t.Errorf("the API is said to be at %q", told)
	}
	t.Setenv("API_URL", "https://clients.agency.example/")
	if told := environment.Config().APIURL; told != "https://clients.agency.example" {
		t.Errorf("the API is said to be at %q", told)
	}
	one := environment.Config()
	if one.SignInLife != 30*time.Minute || one.DashboardURL != "https://clients.agency.example" || len(one.Keys.Seeds()) != 1 {
		t.Errorf("%+v with %d keys", one, len(one.Keys.Seeds()))
	}
	t.Setenv("PREVIOUS_SIGNING_KEY", "none")
	if none := environment.Config(); len(none.Keys.Seeds()) != 1 {
		t.Errorf("%d keys, where there was none before", len(none.Keys.Seeds()))
	}
	t.Setenv("PREVIOUS_SIGNING_KEY", "the key that was used before, of 32 bytes")
	if two := environment.Config(); len(two.Keys.Seeds()) != 2 || !bytes.Equal(two.Keys.Seeds()[0], one.Keys.Seeds()[0]) {
		t.Errorf("%d keys, or not the current one first", len(two.Keys.Seeds()))
	}
}

func TestSignUpIsClosedUnlessSaidOtherwise(t *testing.T) {
	for value, closed := range map[string]bool{"": true, "true": false, "false": true, "True": true, "yes": true, " true": true} {
		t.Setenv("OPEN_SIGNUP", value)
		if got := environment.Config().SignUpClosed; got != closed {
			t.Errorf("OPEN_SIGNUP=%q: closed %v, want %v", value, got, closed)
		}
	}
}
