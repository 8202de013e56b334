package sam_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"atrium/shared/apitest"
	"atrium/shared/catalogue"
)

// The authorizer stands before every route but the public ones, and what it
// says is kept for a minute at most.
func TestWhoCallsIsFoundOutUnlessAnybodyMay(t *testing.T) {
	d, functions := load(t)
	type authorizer struct {
		Function    string `yaml:"FunctionArn"`
		Payload     string `yaml:"AuthorizerPayloadFormatVersion"`
		Simple      bool   `yaml:"EnableSimpleResponses"`
		Permissions bool   `yaml:"EnableFunctionDefaultPermissions"`
		Identity    struct {
			Headers []string `yaml:"Headers"`
			Seconds int      `yaml:"ReauthorizeEvery"`
		} `yaml:"Identity"`
	}
	var api struct {
		Auth struct {
			Default     string                `yaml:"DefaultAuthorizer"`
			Authorizers map[string]authorizer `yaml:"Authorizers"`
		} `yaml:"Auth"`
	}
	d.as(t, "Api", &api)
	a := api.Auth.Authorizers[api.Auth.Default]
	if a.Function != functions["authorize"].logicalID+".Arn" || a.Payload != "2.0" || !a.Simple || !a.Permissions {
		t.Errorf("%+v", a)
	}
	if !slices.Equal(a.Identity.Headers, []string{"Authorization"}) || a.Identity.Seconds < 1 || a.Identity.Seconds > 60 {
		t.Errorf("%+v", a.Identity)
	}
	public := publicRoutes()
	for folder, f := range functions {
		for _, e := range f.Events {
			route := e.Properties.Method + " " + e.Properties.Path
			want := ""
			if public[route] {
				want = "NONE"
			}
			if got := e.Properties.Auth.Authorizer; e.Type == "HttpApi" && got != want {
				t.Errorf("%s: the authorizer of %s is %q, want %q", folder, route, got, want)
			}
		}
	}
}

func publicRoutes() map[string]bool {
	public := map[string]bool{}
	for _, o := range catalogue.Operations {
		for _, route := range o.Routes() {
			public[route.Method+" "+route.Path] = route.May.Public
		}
	}
	return public
}

var variable = regexp.MustCompile(`"([A-Z]+(?:_[A-Z]+)+)"`)

// What the functions read is what the template sets, for all of them or for
// the one that sends mail.
func TestTheEnvironmentIsWhatFunctionsRead(t *testing.T) {
	d, functions := load(t)
	code, err := os.ReadFile(filepath.Join(apitest.Root(), "shared", "environment", "environment.go"))
	if err != nil {
		t.Fatal(err)
	}
	read := map[string]bool{}
	for _, match := range variable.FindAllStringSubmatch(string(code), -1) {
		if !strings.HasPrefix(match[1], "AWS_") { // Lambda sets these
			read[match[1]] = true
		}
	}
	set := map[string]bool{}
	note := func(variables map[string]any) {
		for name := range variables {
			set[name] = true
			if !strings.HasPrefix(name, "GO") && !strings.HasPrefix(name, "AWS_ENDPOINT_URL_") && !read[name] {
				t.Errorf("%s is set, and nobody reads it", name)
			}
		}
	}
	note(d.Globals.Function.Environment.Variables)
	// Filled in by `sam local`, which knows no others than these.
	for _, local := range []string{"AWS_ENDPOINT_URL_DYNAMODB", "AWS_ENDPOINT_URL_SES"} {
		if value, ok := d.Globals.Function.Environment.Variables[local]; !ok || value != "" {
			t.Errorf("%s is %q for every function, want it empty", local, value)
		}
	}
	for _, own := range []string{"MAIL_FROM", "CONFIGURATION_SET"} {
		if set[own] {
			t.Errorf("every function is told %s, and one needs it", own)
		}
	}
	for folder, f := range functions {
		if len(f.Environment.Variables) > 0 && folder != "deliver-mail" {
			t.Errorf("%s has an environment of its own: %v", folder, f.Environment.Variables)
		}
	}
	note(functions["deliver-mail"].Environment.Variables)
	for name := range read {
		if !set[name] {
			t.Errorf("%s is read, and the template does not set it", name)
		}
	}
}

// What fails for good is kept in a queue, and somebody is told of it.
func TestWhatFailsIsKeptAndTold(t *testing.T) {
	d, functions := load(t)
	told := watchedQueues(t, d)
	kept := func(folder, where, queue string) {
		id := strings.TrimSuffix(queue, ".Arn")
		if d.Resources[id].Type != "AWS::SQS::Queue" || !told[id] {
			t.Errorf("%s: what fails of %s goes to %q: no queue, or nobody is told", folder, where, queue)
		}
	}
	for folder, f := range functions {
		if f.Invoked != nil && f.Invoked.Retries > 0 {
			kept(folder, "its own", f.Invoked.Destination.OnFailure.Destination)
		}
		for name, e := range f.Events {
			switch e.Type {
			case "DynamoDB":
				kept(folder, name, e.Properties.Destination.OnFailure.Destination)
			case "EventBridgeRule":
				kept(folder, name, e.Properties.DeadLetter.Arn)
				if f.Invoked == nil || f.Invoked.Retries < 1 {
					t.Errorf("%s is not tried again", folder)
				}
			}
		}
	}
}

// watchedQueues are those whose depth an alarm of infra/alarms.yaml watches.
func watchedQueues(t *testing.T, d document) map[string]bool {
	t.Helper()
	var alarms struct {
		Parameters map[string]string `yaml:"Parameters"`
	}
	d.as(t, "Alarms", &alarms)
	watched := map[string]bool{}
	for id, r := range nested(t, "alarms.yaml").Resources {
		if r.Type != "AWS::CloudWatch::Alarm" {
			continue
		}
		var alarm struct {
			Metric     string `yaml:"MetricName"`
			Dimensions []struct {
				Value string `yaml:"Value"`
			} `yaml:"Dimensions"`
		}
		if err := r.Properties.Decode(&alarm); err != nil {
			t.Fatalf("%s: %v", id, err)
		}
		for _, dimension := range alarm.Dimensions {
			if alarm.Metric == "ApproximateNumberOfMessagesVisible" {
				watched[strings.TrimSuffix(alarms.Parameters[dimension.Value], ".QueueName")] = true
			}
		}
	}
	return watched
}

// Mail that had to wait is looked for every minute, and a sweep that fails is
// made again by the next minute, not by Lambda.
func TestMailHasAClock(t *testing.T) {
	_, functions := load(t)
	f := functions["deliver-mail"]
	clocks := 0
	for _, e := range f.Events {
		if e.Type == "Schedule" && e.Properties.Schedule == "rate(1 minute)" {
			clocks++
		}
	}
	if clocks != 1 || f.Invoked == nil || f.Invoked.Retries != 0 {
		t.Errorf("%d clocks, invoked as %+v", clocks, f.Invoked)
	}
	// A batch takes as long as SES makes each of its mails wait.
	if f.Timeout < 60 {
		t.Errorf("%d seconds for a batch, and for a sweep that begins attempts for 50", f.Timeout)
	}
}

// Of all that SES tells in an account, a deployment hears what concerns its own mail.
func TestEventsOfOwnMailAreHeard(t *testing.T) {
	_, functions := load(t)
	heard := functions["record-mail-event"].Events["Told"].Properties.Pattern
	text, err := yaml.Marshal(heard)
	if err != nil {
		t.Fatal(err)
	}
	var pattern struct {
		Source []string `yaml:"source"`
		Detail struct {
			Mail struct {
				Tags map[string][]string `yaml:"tags"`
			} `yaml:"mail"`
		} `yaml:"detail"`
	}
	if err := yaml.Unmarshal(text, &pattern); err != nil {
		t.Fatal(err)
	}
	const set = "Mail.Outputs.ConfigurationSet"
	if !slices.Equal(pattern.Source, []string{"aws.ses"}) || !slices.Equal(pattern.Detail.Mail.Tags["ses:configuration-set"], []string{set}) {
		t.Errorf("heard is %s", text)
	}
	if sent := functions["deliver-mail"].Environment.Variables["CONFIGURATION_SET"]; sent != set {
		t.Errorf("mail is sent with the configuration set %v, and heard of is %s", sent, set)
	}
}

func TestSESTellsAllThatIsRecorded(t *testing.T) {
	d := nested(t, "mail.yaml")
	var events struct {
		Set         string `yaml:"ConfigurationSetName"`
		Destination struct {
			Enabled bool     `yaml:"Enabled"`
			Types   []string `yaml:"MatchingEventTypes"`
			Bus     struct {
				Arn string `yaml:"EventBusArn"`
			} `yaml:"EventBridgeDestination"`
		} `yaml:"EventDestination"`
	}
	d.as(t, "Events", &events)
	slices.Sort(events.Destination.Types)
	want := []string{"bounce", "complaint", "delivery", "deliveryDelay", "reject", "renderingFailure", "send"}
	if events.Set != "ConfigurationSet" || !events.Destination.Enabled || !slices.Equal(events.Destination.Types, want) {
		t.Errorf("%+v", events)
	}
	if bus := events.Destination.Bus.Arn; !strings.HasSuffix(bus, ":event-bus/default") {
		t.Errorf("told to %s", bus)
	}
	var set struct {
		Delivery struct {
			TLS string `yaml:"TlsPolicy"`
		} `yaml:"DeliveryOptions"`
		Reputation struct {
			Metrics bool `yaml:"ReputationMetricsEnabled"`
		} `yaml:"ReputationOptions"`
	}
	d.as(t, "ConfigurationSet", &set)
	if set.Delivery.TLS != "REQUIRE" || !set.Reputation.Metrics {
		t.Errorf("%+v", set)
	}
}
