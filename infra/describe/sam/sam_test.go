package sam_test

import (
	"bytes"
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"

	"atrium/infra/describe/rights"
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
	CodeURI     string           `yaml:"CodeUri"`
	Timeout     int              `yaml:"Timeout"`
	MemorySize  int              `yaml:"MemorySize"`
	Role        string           `yaml:"Role"`
	Environment environment      `yaml:"Environment"`
	Invoked     *asynchronous    `yaml:"EventInvokeConfig"`
	Events      map[string]event `yaml:"Events"`
	Policies    []struct {
		Statement []statement `yaml:"Statement"`
	} `yaml:"Policies"`
}

type environment struct {
	Variables map[string]any `yaml:"Variables"`
}

// event is what starts a function.
type event struct {
	Type       string `yaml:"Type"`
	Properties struct {
		APIID  string `yaml:"ApiId"`
		Method string `yaml:"Method"`
		Path   string `yaml:"Path"`
		Auth   struct {
			Authorizer string `yaml:"Authorizer"`
		} `yaml:"Auth"`
		ResponseTypes []string    `yaml:"FunctionResponseTypes"`
		Bisect        bool        `yaml:"BisectBatchOnFunctionError"`
		Retries       int         `yaml:"MaximumRetryAttempts"`
		Destination   destination `yaml:"DestinationConfig"`
		Criteria      struct {
			Filters []struct {
				Pattern string `yaml:"Pattern"`
			} `yaml:"Filters"`
		} `yaml:"FilterCriteria"`
		Schedule   string         `yaml:"Schedule"`
		Pattern    map[string]any `yaml:"Pattern"`
		DeadLetter struct {
			Arn string `yaml:"Arn"`
		} `yaml:"DeadLetterConfig"`
	} `yaml:"Properties"`
}

type asynchronous struct {
	Retries     int         `yaml:"MaximumRetryAttempts"`
	Destination destination `yaml:"DestinationConfig"`
}

type destination struct {
	OnFailure struct {
		Type        string `yaml:"Type"`
		Destination string `yaml:"Destination"`
	} `yaml:"OnFailure"`
}

type statement struct {
	Action    several `yaml:"Action"`
	Resource  several `yaml:"Resource"`
	Condition struct {
		Keys map[string][]string `yaml:"ForAllValues:StringLike"`
	} `yaml:"Condition"`
}

// several is what a template has one or more of.
type several []string

// UnmarshalYAML reads both forms.
func (s *several) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind == yaml.ScalarNode {
		*s = several{node.Value}
		return nil
	}
	return node.Decode((*[]string)(s))
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
			Runtime       string      `yaml:"Runtime"`
			Handler       string      `yaml:"Handler"`
			Architectures []string    `yaml:"Architectures"`
			Timeout       int         `yaml:"Timeout"`
			MemorySize    int         `yaml:"MemorySize"`
			Environment   environment `yaml:"Environment"`
		} `yaml:"Function"`
	} `yaml:"Globals"`
	Resources map[string]resource `yaml:"Resources"`
}

type resource struct {
	Type       string         `yaml:"Type"`
	Condition  string         `yaml:"Condition"`
	Metadata   map[string]any `yaml:"Metadata"`
	Properties yaml.Node      `yaml:"Properties"`
}

// as reads the properties of a resource that must be there.
func (d document) as(t *testing.T, id string, properties any) {
	t.Helper()
	r := d.Resources[id].Properties
	if err := r.Decode(properties); err != nil || r.IsZero() {
		t.Fatalf("%s: %v", id, err)
	}
}

// nested is one of the templates in infra/.
func nested(t *testing.T, file string) (d document) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(apitest.Root(), "infra", file))
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(text, &d); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return d
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
		if resource.Metadata["BuildMethod"] != "makefile" {
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
	if g.Runtime != "provided.al2023" || g.Handler != "bootstrap" || !slices.Equal(g.Architectures, []string{"Architecture"}) || d.Parameters["Architecture"].Default != "arm64" {
		t.Errorf("%+v", g)
	}
}

// unbounded are the only rights without an end: indexes are the table's own, and
// the identities that mail is sent from are not known beforehand.
var unbounded = map[string][]string{
	"arn:${AWS::Partition}:ses:${AWS::Region}:${AWS::AccountId}:identity/*": {"ses:SendEmail"},
	"*": {"dynamodb:ListStreams", "xray:PutTelemetryRecords", "xray:PutTraceSegments"}, // AWS knows no narrower one
}

// A function may do to the table what it does, and to nothing else.
func TestFunctionsHaveNoMoreRightsThanTheyNeed(t *testing.T) {
	d, functions := load(t)
	for folder, f := range functions {
		for _, s := range d.rights(t, f) {
			for _, action := range s.Action {
				if strings.Contains(action, "*") || action == "dynamodb:Scan" || strings.HasPrefix(action, "iam:") {
					t.Errorf("%s may %s", folder, action)
				}
			}
			for _, r := range s.Resource {
				if strings.Contains(r, "*") && !slices.ContainsFunc(s.Action, func(a string) bool { return slices.Contains(unbounded[r], a) }) {
					t.Errorf("%s: too much in %v on %s", folder, s.Action, r)
				}
			}
		}
	}
}

// What a function does with the table, as tests saw it, is what its role may do,
// each of both ways, and on the same kinds of items.
func TestRolesAreWhatTestsSaw(t *testing.T) {
	d, functions := load(t)
	seen, err := rights.Read(apitest.Root())
	if err != nil {
		t.Fatal(err)
	}
	granted := rights.Rights{}
	for folder, f := range functions {
		for _, s := range d.rights(t, f) {
			s.on(func(where string) {
				for _, action := range s.Action {
					granted.Add(folder, where+" "+strings.TrimPrefix(action, "dynamodb:"))
				}
				for _, keys := range s.Condition.Keys {
					for _, key := range keys {
						granted.Add(folder, "keys "+key)
					}
				}
			})
		}
	}
	if lacking := seen.Beyond(granted); len(lacking) > 0 {
		t.Errorf("roles lack what their functions do:\n%s", strings.Join(lacking, "\n"))
	}
	if idle := granted.Beyond(seen); len(idle) > 0 {
		t.Errorf("roles have what no test saw their functions do:\n%s", strings.Join(idle, "\n"))
	}
	// Every function has a role of its own, whatever it may do.
	roles := map[string]string{}
	for folder, f := range functions {
		if other, shared := roles[f.Role]; shared || f.Role == "" {
			t.Errorf("%s has no role of its own: %q, as %s", folder, f.Role, other)
		}
		roles[f.Role] = folder
	}
}

// on calls f with "table", or the index, for each of the table that a statement is for.
func (s statement) on(f func(where string)) {
	for _, resource := range s.Resource {
		if resource == "Table.Outputs.TableArn" {
			f("table")
		}
		if index, ok := strings.CutPrefix(resource, "${Table.Outputs.TableArn}/index/"); ok {
			f(index)
		}
	}
}

// rights are a function's own, or those of its role.
func (d document) rights(t *testing.T, f function) (all []statement) {
	t.Helper()
	for _, policy := range f.Policies {
		all = append(all, policy.Statement...)
	}
	if f.Role == "" {
		return all
	}
	var role struct {
		Managed  []string `yaml:"ManagedPolicyArns"`
		Policies []struct {
			Document struct {
				Statement []statement `yaml:"Statement"`
			} `yaml:"PolicyDocument"`
		} `yaml:"Policies"`
	}
	d.as(t, strings.TrimSuffix(f.Role, ".Arn"), &role)
	if len(role.Managed) > 0 {
		t.Errorf("%s: its role has rights that are not written down here: %v", f.logicalID, role.Managed)
	}
	for _, policy := range role.Policies {
		all = append(all, policy.Document.Statement...)
	}
	return all
}

// CloudFormation takes 500 resources, and a template of 1 MB; an HTTP API has
// 300 routes. Of a function, SAM makes itself, its role, what starts it, and a
// permission for each of those that asks for one: few may have more than two.
func TestTemplateFitsCloudFormation(t *testing.T) {
	d, functions := load(t)
	total, routes := len(d.Resources), 0
	for folder, f := range functions {
		made := f.resources()
		// get-logo answers for two owners, with and without the hash; mail has a clock, too.
		most := map[string]int{"get-logo": 6, "deliver-mail": 5}[folder]
		if made > cmp.Or(most, 4) {
			t.Errorf("%s becomes %d resources", folder, made)
		}
		total += made - 1
		for _, e := range f.Events {
			if e.Type == "HttpApi" {
				routes++
			}
		}
	}
	if total > 250 {
		t.Errorf("the template becomes %d resources; CloudFormation takes 500, and there is to be room for as many again", total)
	}
	if routes > 150 {
		t.Errorf("%d routes; an HTTP API takes 300", routes)
	}
	// As JSON, with all that SAM makes, it is about three times as long.
	if text, err := os.ReadFile(filepath.Join(apitest.Root(), sam.File)); err != nil || len(text) > 250_000 {
		t.Errorf("the template is %d bytes long: %v", len(text), err)
	}
}

// resources are how many become of a function.
func (f function) resources() int {
	n := 1
	if f.Role == "" {
		n++
	}
	if f.Invoked != nil {
		n++
	}
	for _, e := range f.Events {
		n++
		if e.Type == "Schedule" || e.Type == "EventBridgeRule" { // a rule, and a permission
			n++
		}
	}
	return n
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
			if !slices.Equal(p.ResponseTypes, []string{"ReportBatchItemFailures"}) || !p.Bisect || p.Retries < 1 || p.Destination.OnFailure.Destination == "" {
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
	d.as(t, "Api", &held)
	// API Gateway refuses settings of a route that it does not have.
	for route := range held.Routes {
		if !slices.Contains(changesOfNobody(), route) {
			t.Errorf("%s is held back, and is no public change", route)
		}
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

// What guards a function leaves out what it is guarded from, as IAM matches it.
func TestGuardedFunctionsReachNoCredentials(t *testing.T) {
	d, functions := load(t)
	const ws, org = "ws_01m86e81e0eext3bd52c5zp4e2", "org_01m86e83cge2tt8xkdbax0s45r"
	reach := map[string][]string{"end-session": {ws + "#session"}, "create-workspace": {ws + "#sign-in"}, "record-mail-event": {ws + "#sign-in"}}
	ofTable := func(action string) bool { return strings.HasPrefix(action, "dynamodb:") }
	for folder := range rights.Guarded {
		guarded := false
		for _, s := range d.rights(t, functions[folder]) {
			patterns := s.Condition.Keys["dynamodb:LeadingKeys"]
			guarded = guarded || len(patterns) > 0
			if len(patterns) == 0 && slices.ContainsFunc(s.Action, ofTable) {
				t.Errorf("%s may do %v to items of every kind", folder, s.Action)
			}
			for _, pattern := range patterns {
				like := regexp.MustCompile("^" + strings.NewReplacer("\\*", ".*", "\\?", ".").Replace(regexp.QuoteMeta(pattern)) + "$")
				for _, partition := range []string{ws + "#key", ws + "#session", ws + "#sign-in", ws + "#" + org + "#user", "person#hash"} {
					if like.MatchString(partition) && !slices.Contains(reach[folder], partition) {
						t.Errorf("%s: %s lets it reach %s", folder, pattern, partition)
					}
				}
			}
		}
		if !guarded {
			t.Errorf("%s is not guarded", folder)
		}
	}
}
