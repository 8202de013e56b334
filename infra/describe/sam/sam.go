// Package sam writes the functions of template.yaml from the operations'
// declarations: their routes, their time, and what each may do with the table.
package sam

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"text/template"
	"time"

	"atrium/infra/describe/rights"
	"atrium/shared/api"
	"atrium/shared/catalogue"
)

// File is the template, from the repository's root.
const File = "template.yaml"

// A part of the template that is written here stands between two lines of it.
type part struct {
	begin, end string
	write      func(w *bytes.Buffer, root string) error
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
		if text, err = p.put(root, text); err != nil {
			return nil, err
		}
	}
	return text, nil
}

// put writes a part again.
func (p part) put(root string, text []byte) ([]byte, error) {
	before, rest, found := bytes.Cut(text, []byte(p.begin))
	_, after, closed := bytes.Cut(rest, []byte(p.end))
	if !found || !closed {
		return nil, fmt.Errorf("%s: the lines %q and %q must stand around what is written here", File, p.begin, p.end)
	}
	var written bytes.Buffer
	if err := p.write(&written, root); err != nil {
		return nil, err
	}
	return bytes.Join([][]byte{before, []byte(p.begin), written.Bytes(), []byte(p.end), after}, nil), nil
}

func functions(w *bytes.Buffer, root string) error {
	allowed, err := rights.Read(root)
	if err != nil {
		return err
	}
	for _, o := range catalogue.Operations {
		if err := function.Execute(w, functionOf(o, allowed)); err != nil {
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

func routeSettings(w *bytes.Buffer, _ string) error {
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
	// Statements are what its role may do with the table.
	Statements []Statement
	// Timeout in seconds, and Memory in megabytes; 0 is what Globals says.
	Timeout, Memory int
}

// Statement is a right of a function's on the table, or on one index of it.
type Statement struct {
	// Index is empty for the table.
	Index   string
	Actions []string
	// Keys are patterns of the only partitions that it is for; none for all.
	Keys []string
}

func functionOf(o api.Operation, allowed rights.Rights) Function {
	f := Function{ID: LogicalID(o.Name), Folder: o.Name, Description: o.Summary, Routes: o.Routes(), Statements: statements(o.Name, allowed)}
	if memory := Memory(o); memory != usualMemory {
		f.Memory = memory
	}
	if o.Deadline > 0 {
		f.Timeout = int((o.Deadline + answerTime).Round(time.Second) / time.Second)
	}
	return f
}

// statements are what a function was seen to do.
func statements(function string, allowed rights.Rights) (all []Statement) {
	for _, where := range []string{"table", "gs1", "gs2", "gs3"} {
		actions := allowed.Of(function, where)
		if len(actions) == 0 {
			continue
		}
		s := Statement{Actions: actions}
		if where == "table" {
			s.Keys = allowed.Of(function, "keys")
		} else {
			s.Index = where
		}
		all = append(all, s)
	}
	return all
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

var function = template.Must(template.New("function").Parse(`
  {{.ID}}:
    Type: AWS::Serverless::Function
    Metadata: { BuildMethod: makefile, ContextPath: ".", WorkingDirectory: "." }
    Properties:
      Description: {{.Description}}
      CodeUri: functions/{{.Folder}}/
      Role: !GetAtt {{.ID}}Role.Arn
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

  {{.ID}}Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - { Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: sts:AssumeRole }
      Policies:
        - PolicyName: operation
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
{{- range .Statements}}
              - Effect: Allow
                Action:
{{- range .Actions}}
                  - dynamodb:{{.}}
{{- end}}
{{- if .Index}}
                Resource: !Sub "${Table.Outputs.TableArn}/index/{{.Index}}"
{{- else}}
                Resource: !GetAtt Table.Outputs.TableArn
{{- end}}
{{- if .Keys}}
                Condition:
                  ForAllValues:StringLike:
                    dynamodb:LeadingKeys:
{{- range .Keys}}
                      - "{{.}}"
{{- end}}
{{- end}}
{{- end}}
              - { Effect: Allow, Action: ["logs:CreateLogStream", "logs:PutLogEvents"], Resource: !GetAtt Logs.Arn }
              - { Effect: Allow, Action: ["xray:PutTelemetryRecords", "xray:PutTraceSegments"], Resource: "*" }
`))
