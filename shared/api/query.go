package api

import (
	"net/http"
	"net/url"

	"github.com/danielgtaylor/huma/v2"

	"atrium/shared/problem"
	"atrium/shared/text"
)

// query refuses what net/url and huma pass over without a word: a filter that
// gets lost lists everything, and a dryRun without a value would not be dry.
func (s *Server) query(ctx huma.Context, next func(huma.Context)) {
	u := ctx.URL()
	values, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		refuse(ctx, problem.New(problem.Malformed, "The query cannot be read: see errors.",
			problem.Field{Location: "query", Message: "has a % that begins no escape, or a ; that should be an &"}))
		return
	}
	if faults := queryFaults(ctx.Operation().Parameters, values); len(faults) > 0 {
		refuse(ctx, problem.New(problem.Invalid, sentence(http.StatusUnprocessableEntity, ""), faults...))
		return
	}
	next(ctx)
}

func queryFaults(parameters []*huma.Param, values url.Values) []problem.Field {
	c := text.Check{At: "query"}
	for _, p := range parameters {
		given := values[p.Name]
		if p.In != "query" || len(given) == 0 {
			continue
		}
		isText := p.Schema.Type == huma.TypeString && len(p.Schema.Enum) == 0 && p.Schema.Format == ""
		switch {
		case len(given) > 1:
			c.Fault(p.Name, "is given more than once")
		case given[0] == "" && !isText:
			c.Fault(p.Name, "has no value; give one, or leave it out")
		default:
			c.Line(p.Name, given[0])
		}
	}
	return c.Faults
}
