// Package sam writes the functions of template.yaml from the operations'
// declarations: their routes, their time, and what each may do with the table.
package sam

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/template"
	"time"

	"atrium/shared/api"
	"atrium/shared/catalogue"
)

// File is the template, from the repository's root.
const File = "template.yaml"

// A part of the template that is written here stands between two lines of it.
type part struct {
	begin, end string
	write      func(*bytes.Buffer) error
}

var parts = []part{{
	"      # Public routes that change something: written by make generate.\n",
	"      # End of the public routes that change something.\n",
	routeSettings,
}, {
	"  # Functions of the operations: written by make generate, from their declarations.\n",
	"  # End of the functions of the operations.\n",
	functions,
}}

// Current is the template with all that follows from the declarations.
func Current(root string) ([]byte, error) {
	text, err := os.ReadFile(filepath.Join(root, File)) //nolint:gosec // a file of this repository
	if err != nil {
		return nil, err
	}
	for _, p := range parts {
		if text, err = p.put(text); err != nil {
			return nil, err
		}
	}
	return text, nil
}

// put writes a part again.
func (p part) put(text []byte) ([]byte, error) {
	before, rest, found := bytes.Cut(text, []byte(p.begin))
	_, after, closed := bytes.Cut(rest, []byte(p.end))
	if !found || !closed {
		return nil, fmt.Errorf("%s: the lines %q and %q must stand around what is written here", File, p.begin, p.end)
	}
	var written bytes.Buffer
	if err := p.write(&written); err != nil {
		return nil, err
	}
	return bytes.Join([][]byte{before, []byte(p.begin), written.Bytes(), []byte(p.end), after}, nil), nil
}

func functions(w *bytes.Buffer) error {
	for _, o := range catalogue.Operations {
		if err := function.Execute(w, functionOf(o)); err != nil {
			return err
		}
	}
	return nil
}

// rate is how often a route may be called, by all callers together: in a
// second in the long run, and at once.
type rate struct{ limit, burst int }

// held are the rates of what anybody may call and what costs something each
// time. One caller alone is held back by the operation, where there is a need.
var held = map[string]rate{
	"create-workspace":   {1, 5},   // makes a tenant
	"request-sign-in":    {20, 40}, // sends mails
	"create-session":     {20, 100},
	"accept-invitation":  {20, 100},
	"decline-invitation": {10, 20},
}

// otherwise is for public changes that only who holds a token can make:
// signed-in people refresh every quarter of an hour.
var otherwise = rate{50, 100}

func routeSettings(w *bytes.Buffer) error {
	w.WriteString("      RouteSettings:\n")
	for _, o := range catalogue.Operations {
		for _, route := range o.Routes() {
			if !route.May.Public || route.Method == http.MethodGet {
				continue
			}
			r, ok := held[o.Name]
			if !ok {
				r = otherwise
			}
			fmt.Fprintf(w, "        %q: { ThrottlingRateLimit: %d, ThrottlingBurstLimit: %d }\n", route.Method+" "+route.Path, r.limit, r.burst)
		}
	}
	return nil
}

// Function is what the template says of one.
type Function struct {
	ID, Folder, Description string
	Routes                  []api.Operation
	Actions                 []string
	// Timeout in seconds, and Memory in megabytes; 0 is what Globals says.
	Timeout, Memory int
}

// Lists tells whether it reads indexes: nothing but a Query does.
func (f Function) Lists() bool { return slices.Contains(f.Actions, "Query") }

func functionOf(o api.Operation) Function {
	f := Function{ID: LogicalID(o.Name), Folder: o.Name, Description: o.Summary, Routes: o.Routes(), Actions: actions(o)}
	if memory := Memory(o); memory != usualMemory {
		f.Memory = memory
	}
	if o.Deadline > 0 {
		f.Timeout = int((o.Deadline + answerTime).Round(time.Second) / time.Second)
	}
	return f
}

// usualMemory is what Globals give a function.
const usualMemory = 512

// Memory is what an operation's function has, in megabytes. What reads files
// works on them: twice the memory is twice the processor.
func Memory(o api.Operation) int {
	if len(o.Takes) > 0 {
		return 2 * usualMemory
	}
	return usualMemory
}

// answerTime is what a function has, after its operation's deadline, to say so.
const answerTime = 2 * time.Second

// LogicalID is CreateOrganization for create-organization.
func LogicalID(name string) string {
	var id strings.Builder
	for part := range strings.SplitSeq(name, "-") {
		id.WriteString(strings.ToUpper(part[:1]) + part[1:])
	}
	return id.String()
}

// actions are what an operation may do with the table. What shows one thing
// reads it by its key; other GETs list, and search, and look up what they found.
// Who is signed in is put together of several things, and of what those name.
// Which of that a list does, and what a change writes, follows from what a
// caller sends: no declaration tells. A transaction needs the actions of its parts.
func actions(o api.Operation) []string {
	switch {
	case o.Name == "describe-api":
		return nil
	case o.Name == "check-health":
		return []string{"DescribeTable"}
	case o.Name == "get-me":
		return []string{"BatchGetItem", "Query"}
	case strings.HasPrefix(o.Name, "get-"):
		return []string{"GetItem"}
	case o.Method == http.MethodGet:
		return []string{"BatchGetItem", "GetItem", "Query"}
	default:
		return []string{"BatchGetItem", "ConditionCheckItem", "DeleteItem", "GetItem", "PutItem", "Query", "UpdateItem"}
	}
}

var function = template.Must(template.New("function").Parse(`
  {{.ID}}:
    Type: AWS::Serverless::Function
    Metadata: { BuildMethod: makefile, ContextPath: ".", WorkingDirectory: "." }
    Properties:
      Description: {{.Description}}
      CodeUri: functions/{{.Folder}}/
{{- if .Timeout}}
      Timeout: {{.Timeout}}
{{- end}}
{{- if .Memory}}
      MemorySize: {{.Memory}}
{{- end}}
      Events:
{{- range $i, $route := .Routes}}
        Route{{if $i}}{{$i}}{{end}}: { Type: HttpApi, Properties: { ApiId: !Ref Api, Method: {{$route.Method}}, Path: "{{$route.Path}}"{{if $route.May.Public}}, Auth: { Authorizer: NONE }{{end}} } }
{{- end}}
{{- if .Actions}}
      Policies:
        - Version: "2012-10-17"
          Statement:
            - Effect: Allow
              Action:
{{- range .Actions}}
                - dynamodb:{{.}}
{{- end}}
              Resource:
                - !GetAtt Table.Outputs.TableArn
{{- if .Lists}}
                - !Sub "${Table.Outputs.TableArn}/index/*"
{{- end}}
{{- end}}
`))
