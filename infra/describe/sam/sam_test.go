package sam_test

import (
	"bytes"
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"

	"atrium/infra/describe/sam"
	"atrium/shared/api"
	"atrium/shared/apitest"
	"atrium/shared/catalogue"
)

func TestTemplateIsUpToDate(t *testing.T) {
	kept, err := os.ReadFile(filepath.Join(apitest.Root(), sam.File))
	if err != nil {
		t.Fatal(err)
	}
	now, err := sam.Current(apitest.Root())
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(kept, now) {
		t.Errorf("%s is out of date: run make generate", sam.File)
	}
}

// What follows reads the template as AWS does, and knows nothing of how it was
// written.

type properties struct {
	CodeURI    string `yaml:"CodeUri"`
	Timeout    int    `yaml:"Timeout"`
	MemorySize int    `yaml:"MemorySize"`
	Role       string `yaml:"Role"`
	Events     map[string]struct {
		Type       string `yaml:"Type"`
		Properties struct {
			APIID         string         `yaml:"ApiId"`
			Method        string         `yaml:"Method"`
			Path          string         `yaml:"Path"`
			ResponseTypes []string       `yaml:"FunctionResponseTypes"`
			Bisect        bool           `yaml:"BisectBatchOnFunctionError"`
			Retries       int            `yaml:"MaximumRetryAttempts"`
			Destination   map[string]any `yaml:"DestinationConfig"`
		} `yaml:"Properties"`
	} `yaml:"Events"`
	Policies []struct {
		Statement []struct {
			Action   []string `yaml:"Action"`
			Resource []string `yaml:"Resource"`
		} `yaml:"Statement"`
	} `yaml:"Policies"`
}

type function struct {
	logicalID string
	properties
}

type document struct {
	Parameters map[string]struct {
		Default any `yaml:"Default"`
	} `yaml:"Parameters"`
	Globals struct {
		Function struct {
			Runtime       string   `yaml:"Runtime"`
			Handler       string   `yaml:"Handler"`
			Architectures []string `yaml:"Architectures"`
			Timeout       int      `yaml:"Timeout"`
			MemorySize    int      `yaml:"MemorySize"`
			Environment   struct {
				Variables map[string]any `yaml:"Variables"`
			} `yaml:"Environment"`
		} `yaml:"Function"`
	} `yaml:"Globals"`
	Resources map[string]struct {
		Type       string            `yaml:"Type"`
		Condition  string            `yaml:"Condition"`
		Metadata   map[string]string `yaml:"Metadata"`
		Properties yaml.Node         `yaml:"Properties"`
	} `yaml:"Resources"`
}

func load(t *testing.T) (document, map[string]function) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(apitest.Root(), "template.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var d document
	if err := yaml.Unmarshal(text, &d); err != nil {
		t.Fatal(err)
	}
	functions := map[string]function{}
	for id, resource := range d.Resources {
		if resource.Type != "AWS::Serverless::Function" {
			continue
		}
		f := function{logicalID: id}
		if err := resource.Properties.Decode(&f.properties); err != nil {
			t.Fatalf("%s: %v", id, err)
		}
		folder := strings.TrimSuffix(strings.TrimPrefix(f.CodeURI, "functions/"), "/")
		if other, twice := functions[folder]; twice {
			t.Errorf("%s and %s both start functions/%s", id, other.logicalID, folder)
		}
		if resource.Metadata["BuildMethod"] == "" {
			t.Errorf("%s: how it is built is not said", id)
		}
		functions[folder] = f
	}
	return d, functions
}

func TestTemplateAndFoldersHoldTheSameFunctions(t *testing.T) {
	_, functions := load(t)
	mains, err := filepath.Glob(filepath.Join(apitest.Root(), "functions", "*", "main.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, main := range mains {
		folder := filepath.Base(filepath.Dir(main))
		if _, ok := functions[folder]; !ok {
			t.Errorf("functions/%s is not in the template", folder)
		}
		delete(functions, folder)
	}
	for folder, f := range functions {
		t.Errorf("%s is of functions/%s, which is not there", f.logicalID, folder)
	}
}

func TestTemplateRoutesWhatIsDeclared(t *testing.T) {
	_, functions := load(t)
	declared := map[string]bool{}
	for _, o := range catalogue.Operations {
		f := functions[o.Name]
		var want, got []string
		for _, route := range o.Routes() {
			want = append(want, route.Method+" "+route.Path)
			declared[route.Method+" "+route.Path] = true
		}
		for _, event := range f.Events {
			if event.Type != "HttpApi" || event.Properties.APIID != "Api" {
				t.Errorf("%s: an event of %s of %q", o.Name, event.Type, event.Properties.APIID)
			}
			got = append(got, event.Properties.Method+" "+event.Properties.Path)
		}
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s: the template routes %v, declared are %v", o.Name, got, want)
		}
		delete(functions, o.Name)
	}
	for folder, f := range functions {
		for _, event := range f.Events {
			if event.Type == "HttpApi" {
				t.Errorf("%s answers %s %s, which no operation declares", folder, event.Properties.Method, event.Properties.Path)
			}
		}
	}
}

func TestFunctionsHaveTheirTime(t *testing.T) {
	d, functions := load(t)
	for _, o := range catalogue.Operations {
		timeout, deadline := functions[o.Name].Timeout, o.Deadline
		if timeout == 0 {
			timeout = d.Globals.Function.Timeout
		}
		if deadline == 0 {
			deadline = api.DefaultDeadline
		}
		if got := time.Duration(timeout) * time.Second; got <= deadline || got > 30*time.Second {
			t.Errorf("%s: %v for an operation that takes %v at most, behind a gateway that waits 30s", o.Name, got, deadline)
		}
	}
}

func TestFunctionsHaveTheirMemory(t *testing.T) {
	d, functions := load(t)
	for _, o := range catalogue.Operations {
		memory := cmp.Or(functions[o.Name].MemorySize, d.Globals.Function.MemorySize)
		if memory != sam.Memory(o) {
			t.Errorf("%s has %d MB, want %d", o.Name, memory, sam.Memory(o))
		}
	}
}

func TestFunctionsRunAsTheyAreBuilt(t *testing.T) {
	d, _ := load(t)
	g := d.Globals.Function
	if g.Runtime != "provided.al2023" || g.Handler != "bootstrap" || !slices.Equal(g.Architectures, []string{"arm64"}) {
		t.Errorf("%+v", g)
	}
	for _, name := range []string{"TABLE_NAME", "SIGNING_KEY", "OPEN_SIGNUP"} {
		if g.Environment.Variables[name] == nil {
			t.Errorf("the environment lacks %s", name)
		}
	}
}

// A function may do to the table what it does, and to nothing else.
func TestFunctionsHaveNoMoreRightsThanTheyNeed(t *testing.T) {
	_, functions := load(t)
	for folder, f := range functions {
		for _, policy := range f.Policies {
			for _, statement := range policy.Statement {
				wild := func(s string) bool { return strings.HasSuffix(s, "*") && s != "${Table.Outputs.TableArn}/index/*" }
				if slices.ContainsFunc(statement.Action, wild) || slices.ContainsFunc(statement.Resource, wild) || slices.Contains(statement.Action, "dynamodb:Scan") {
					t.Errorf("%s: too much in %v on %v", folder, statement.Action, statement.Resource)
				}
			}
		}
	}
	for _, o := range catalogue.Operations {
		var allowed []string
		for _, policy := range functions[o.Name].Policies {
			for _, statement := range policy.Statement {
				allowed = append(allowed, statement.Action...)
			}
		}
		writes := slices.ContainsFunc(allowed, func(a string) bool {
			return slices.Contains([]string{"dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"}, a)
		})
		if o.Method == "GET" && writes {
			t.Errorf("%s only reads, and may %v", o.Name, allowed)
		}
	}
}

// CloudFormation takes 500 resources. Of a function, SAM makes itself, its
// role, and a permission for each route: few functions may have more than two.
func TestTemplateFitsCloudFormation(t *testing.T) {
	d, functions := load(t)
	total := len(d.Resources)
	for folder, f := range functions {
		// get-logo answers for two owners, with and without the hash.
		made, most := 2+len(f.Events), 4
		if folder == "get-logo" {
			most = 6
		}
		if made > most {
			t.Errorf("%s becomes %d resources, of which %d are allowed", folder, made, most)
		}
		total += made - 1
	}
	if total > 400 {
		t.Errorf("the template becomes about %d resources; CloudFormation takes 500", total)
	}
}

func TestConsumerOfTheStreamLosesNothing(t *testing.T) {
	_, functions := load(t)
	consumers := 0
	for folder, f := range functions {
		for name, event := range f.Events {
			if event.Type != "DynamoDB" {
				continue
			}
			consumers++
			p := event.Properties
			if !slices.Equal(p.ResponseTypes, []string{"ReportBatchItemFailures"}) || !p.Bisect || p.Retries < 1 || len(p.Destination) == 0 {
				t.Errorf("%s: %s does not report, halve, end or keep its failures: %s", folder, name, fmt.Sprintf("%+v", p))
			}
		}
	}
	if consumers < 1 || consumers > 2 {
		t.Errorf("%d consumers of the table's stream; DynamoDB serves two", consumers)
	}
}

// What the gateway lets through starts a function, and what anybody may change
// without a name is held back most.
func TestApiHoldsCallersBack(t *testing.T) {
	d, _ := load(t)
	var held struct {
		Usual  map[string]string         `yaml:"DefaultRouteSettings"`
		Routes map[string]map[string]int `yaml:"RouteSettings"`
	}
	resource := d.Resources["Api"].Properties
	if err := resource.Decode(&held); err != nil {
		t.Fatal(err)
	}
	for _, limit := range []string{"ThrottlingRateLimit", "ThrottlingBurstLimit"} {
		usual, _ := d.Parameters[held.Usual[limit]].Default.(int)
		if usual < 1 {
			t.Errorf("%s is no number of a parameter: %q", limit, held.Usual[limit])
		}
		for _, route := range changesOfNobody() {
			if most := held.Routes[route][limit]; most < 1 || most > usual/10 {
				t.Errorf("%s: %s of %d, where it is usually %d", route, limit, most, usual)
			}
		}
	}
}

// changesOfNobody are the routes on which whoever has not signed in changes something.
func changesOfNobody() (routes []string) {
	for _, o := range catalogue.Operations {
		for _, route := range o.Routes() {
			if route.May.Public && route.Method != "GET" {
				routes = append(routes, route.Method+" "+route.Path)
			}
		}
	}
	return routes
}

func TestAlarmsReachWhoWantsThem(t *testing.T) {
	d, _ := load(t)
	if address := d.Parameters["AlarmEmail"].Default; address != "" {
		t.Errorf("alarms go to %v unless said otherwise, want nobody", address)
	}
	for id, r := range d.Resources {
		switch r.Type {
		case "AWS::CloudWatch::Alarm":
			var alarm struct {
				Actions []any `yaml:"AlarmActions"`
			}
			if err := r.Properties.Decode(&alarm); err != nil || len(alarm.Actions) == 0 || alarm.Actions[0] != "TellsSomebody" {
				t.Errorf("%s tells %v: %v", id, alarm.Actions, err)
			}
		case "AWS::SNS::Topic", "AWS::SNS::Subscription":
			if r.Condition != "TellsSomebody" {
				t.Errorf("%s is there though nobody is to be told", id)
			}
		}
	}
}
