// Package health tells whether a deployment can work, for whoever watches it
// from outside: an uptime check, or an operator after a deployment. It asks for
// what every operation needs, and the log says what is missing, not the answer.
package health

import (
	"context"
	"net/http"

	"atrium/shared/access"
	"atrium/shared/api"
)

// Check answers whether the table and its indexes are there.
var Check = api.Operation{
	Name: "check-health", Method: http.MethodGet, Path: "/health", Tag: "API",
	Summary:     "Check whether the API can work",
	Description: "Answers 200 if the API reaches its data, and 503 if not. For uptime checks; it costs no capacity, and is not to be called more than a few times a minute.",
	May:         access.Rule{Public: true},
	Refuses:     []int{http.StatusServiceUnavailable},
	Handler:     api.Func[struct{}, output](check),
}

// Health is how the API is.
type Health struct {
	Status string `json:"status" enum:"ok" doc:"Always ok: what is not is a problem document."`
}

type output struct{ Body Health }

func check(ctx context.Context, c *api.Call, _ *struct{}) (*output, error) {
	if err := c.Table.Check(ctx); err != nil {
		return nil, err
	}
	return &output{Health{Status: "ok"}}, nil
}
