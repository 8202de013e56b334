package session

import (
	"context"
	"net/http"
	"time"

	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/problem"
	"atrium/shared/table"
	"atrium/shared/text"
	"atrium/shared/token"
)

// Request asks for a sign-in link.
var Request = api.Operation{
	Name: "request-sign-in", Method: http.MethodPost, Path: "/sign-in", Tag: "Sessions",
	Summary: "Ask for a sign-in link",
	Description: "Sends a mail with a link to whoever is known here under an address: one mail for each agency, under its brand. " +
		"The answer is the same for an address that is known, one that is not, and what is no address at all, and takes as long. " +
		"Within 15 minutes an address can be asked for 10 times, and from one IP address it can be asked 60 times; then it is 429.",
	May:     access.Rule{Public: true},
	Status:  http.StatusAccepted,
	Refuses: []int{http.StatusTooManyRequests},
	Handler: api.Func[requestInput, requestOutput](request),
}

type requestInput struct {
	api.Idempotent
	Body struct {
		Email string `json:"email" example:"ann@example.com" doc:"Whom to send a link."`
	}
}

type requestOutput struct {
	Replayed string `header:"Idempotent-Replayed" doc:"true when an Idempotency-Key was seen before and nothing was done."`
}

// The limits, as the API's description gives them.
const (
	window       = 15 * time.Minute
	mostOfOne    = 10
	mostFromOne  = 60
	windowFormat = "2006-01-02T15:04Z"
)

// requested is what is kept of the requests for one address in a window.
type requested struct {
	table.Key
	// Email is empty where what was sent is no address.
	Email   string `json:"email,omitempty"`
	Count   int    `json:"count"`
	Expires int64  `json:"ttl"`
}

// request does the same whatever it is asked for: two counts in one
// transaction. Whether anybody is known under the address is looked up later,
// by the stream's consumer.
func request(ctx context.Context, c *api.Call, in *requestInput) (*requestOutput, error) {
	began := c.Now.Truncate(window)
	email, err := text.Email(in.Body.Email)
	person := token.Person(email)
	if err != nil {
		email, person = "", token.Person("nobody: "+in.Body.Email)
	}
	name, end := began.Format(windowFormat), began.Add(window)
	writes := []*table.Write{
		counted(c, table.SignInRequestKey(person, name), email, mostOfOne, end),
		counted(c, table.SignInSourceKey(token.Person(c.IP), name), "", mostFromOne, end),
	}
	nothing := func(context.Context, string) (struct{}, error) { return struct{}{}, nil }
	_, replayed, err := api.Once(ctx, c, "sign-in", struct{}{}, writes, nothing)
	if err != nil {
		return nil, err
	}
	return &requestOutput{Replayed: api.Replayed(replayed)}, nil
}

// counted is the write that counts one request more, up to a limit, until the
// window's end.
func counted(c *api.Call, key table.Key, email string, limit int, end time.Time) *table.Write {
	update := table.Increase("count", 1).Set(table.Path("ttl"), table.Value(end.Unix()+1)).Set(table.Path("email"), table.Value(email))
	room := table.Either(table.HasNot("count"), table.Less("count", limit))
	return table.Update(key, update).If(room).ElseError(limited(end.Sub(c.Now)))
}

func limited(wait time.Duration) error {
	p := problem.New(problem.RateLimited, "Too many sign-in links were asked for. Wait a few minutes, and look into your mails meanwhile.")
	p.RetryAfter = wait
	return p
}
