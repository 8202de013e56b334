package invitation

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"golang.org/x/sync/errgroup"

	"atrium/shared/api"
	"atrium/shared/organization"
	"atrium/shared/problem"
	"atrium/shared/table"
)

// Request is the body of send-invitation: one invitation, or several.
type Request struct {
	Email string `json:"email" required:"false" maxLength:"254" example:"ann@example.com" doc:"Whom to invite; or several, as invitations."`
	Fields
	ExpiresInDays int            `json:"expiresInDays" required:"false" minimum:"1" maximum:"30" example:"7" doc:"For how many days the link works; 7 unless said otherwise."`
	SendEmail     *bool          `json:"sendEmail" required:"false" doc:"Whether to send it by mail, true unless said otherwise. Where not, the answer has the link as acceptUrl."`
	Invitations   []PartialDraft `json:"invitations" required:"false" minItems:"1" maxItems:"100" doc:"Several, each with an email and whatever is not as beside the list."`
}

// PartialDraft is a draft as it was sent, to be laid over what holds for all.
type PartialDraft struct{ raw json.RawMessage }

// UnmarshalJSON keeps it as it is.
func (p *PartialDraft) UnmarshalJSON(data []byte) error {
	p.raw = append(p.raw[:0], data...)
	return nil
}

// MarshalJSON is what was sent.
func (p PartialDraft) MarshalJSON() ([]byte, error) { return p.raw, nil }

// Schema is that of a draft.
func (PartialDraft) Schema(r huma.Registry) *huma.Schema {
	return r.Schema(reflect.TypeFor[Draft](), true, "Draft")
}

// over is the draft where it says something, and what holds for all where not.
func (p PartialDraft) over(common Draft) (d Draft, err error) {
	below, err := json.Marshal(common)
	if err != nil {
		return d, err
	}
	members := map[string]json.RawMessage{}
	for _, layer := range [][]byte{below, p.raw} {
		if err := json.Unmarshal(layer, &members); err != nil {
			return d, err
		}
	}
	whole, err := json.Marshal(members)
	if err != nil {
		return d, err
	}
	return d, json.Unmarshal(whole, &d)
}

func (r Request) common() Draft {
	return Draft{Email: r.Email, Fields: r.Fields, ExpiresInDays: r.ExpiresInDays, SendEmail: r.SendEmail}
}

// single is the one invitation that is asked for.
func (r Request) single() (Draft, error) {
	d := r.common()
	if d.Email == "" {
		return d, problem.AtField("body.email", "is needed; or invitations, for several")
	}
	return d, d.settle()
}

// several are those of the list, each with what is wrong with it.
func (r Request) several() ([]row, error) {
	if r.Email != "" {
		return nil, problem.AtField("body.email", "stands beside invitations: give either")
	}
	rows, first := make([]row, len(r.Invitations)), map[string]int{}
	for i, partial := range r.Invitations {
		d, err := partial.over(r.common())
		sent := d.Email
		if err == nil {
			err = d.settle()
		}
		if n, repeated := first[d.Email]; repeated && err == nil {
			err = problem.New(problem.AlreadyPending, fmt.Sprintf("Number %d has the same e-mail address. Leave one of them out.", n+1),
				problem.Field{Location: "body.email", Message: fmt.Sprintf("is that of number %d", n+1)})
		} else if err == nil {
			first[d.Email] = i
			sent = d.Email
		}
		rows[i] = row{number: i, email: sent, draft: d, err: err}
	}
	return rows, nil
}

// Answer is that of send-invitation: one invitation, or what became of several.
type Answer struct {
	Invitation *Invitation
	Items      []Outcome
}

// Outcome is what became of one of several.
type Outcome struct {
	Email      string           `json:"email" example:"ann@example.com"`
	Status     int              `json:"status" example:"201" doc:"201, or that of the problem."`
	Invitation *Invitation      `json:"invitation,omitempty"`
	Problem    *problem.Problem `json:"problem,omitempty" doc:"Why it was not sent."`
}

// Outcomes are what became of several.
type Outcomes struct {
	Items []Outcome `json:"items"`
}

// MarshalJSON is either.
func (a Answer) MarshalJSON() ([]byte, error) {
	if a.Invitation != nil {
		return json.Marshal(a.Invitation)
	}
	return json.Marshal(Outcomes{a.Items})
}

// Schema says that it is either.
func (Answer) Schema(r huma.Registry) *huma.Schema {
	return &huma.Schema{OneOf: []*huma.Schema{
		r.Schema(reflect.TypeFor[Invitation](), true, "Invitation"), r.Schema(reflect.TypeFor[Outcomes](), true, "Outcomes"),
	}}
}

// row is one of several, on its way.
type row struct {
	number int
	email  string
	draft  Draft
	err    error
	made   Invitation
}

// kept is what is remembered of a row under an Idempotency-Key: no secret, and
// of what was made only which it was.
type kept struct {
	Email string           `json:"email"`
	ID    string           `json:"id,omitempty"`
	Why   *problem.Problem `json:"why,omitempty"`
}

// abreast is how many invitations of one request are under way together.
const abreast = 8

func sendAll(ctx context.Context, c *api.Call, in *sendInput) (*sendOutput, error) {
	rows, err := in.Body.several()
	if err != nil {
		return nil, err
	}
	if o, err := organization.Load(ctx, c, in.Organization); err != nil || o.Admits(c) != nil {
		return nil, cmp.Or(err, o.Admits(c))
	}
	done, replayed, err := api.OnceLong(ctx, c, func(ctx context.Context) ([]kept, error) {
		each(ctx, c, in.Organization, rows)
		return remembered(rows), nil
	})
	if err != nil {
		return nil, err
	}
	out := &sendOutput{Status: http.StatusOK, Replayed: api.Replayed(replayed), Body: Answer{Items: make([]Outcome, len(rows))}}
	if replayed {
		out.Body.Items, err = recalled(ctx, c, in.Organization, done)
		return out, err
	}
	for i, r := range rows {
		out.Body.Items[i] = r.outcome()
	}
	return out, nil
}

// each sends all rows that nothing is wrong with. They are one request: what is
// remembered under its key is so for all of them together.
func each(ctx context.Context, c *api.Call, org string, rows []row) {
	var group errgroup.Group
	group.SetLimit(abreast)
	for i := range rows {
		r := &rows[i]
		if r.err != nil {
			continue
		}
		group.Go(func() error {
			alone := *c
			alone.Idempotency = nil
			r.made, _, r.err = sendOne(ctx, &alone, org, r.draft)
			return nil
		})
	}
	_ = group.Wait() // each row has its own error
}

func (r row) outcome() Outcome {
	if r.err == nil {
		return Outcome{Email: r.email, Status: http.StatusCreated, Invitation: &r.made}
	}
	p := r.problem()
	return Outcome{Email: r.email, Status: p.Status, Problem: p}
}

// problem is the row's, with its places in the list.
func (r row) problem() *problem.Problem {
	p := *problem.Of(r.err)
	fields := make([]problem.Field, len(p.Errors))
	for i, f := range p.Errors {
		place := fmt.Sprintf("body.invitations[%d]", r.number)
		fields[i] = problem.Field{Location: place + strings.TrimPrefix(f.Location, "body"), Message: f.Message}
	}
	p.Errors = fields
	return &p
}

func remembered(rows []row) []kept {
	all := make([]kept, len(rows))
	for i, r := range rows {
		all[i] = kept{Email: r.email, ID: r.made.ID}
		if r.err != nil {
			all[i] = kept{Email: r.email, Why: r.problem()}
		}
	}
	return all
}

// recalled are the outcomes of an earlier request, with the invitations as they are now.
func recalled(ctx context.Context, c *api.Call, org string, rows []kept) ([]Outcome, error) {
	records := make([]Record, len(rows))
	var wants []*table.Want
	for i, k := range rows {
		if k.ID != "" {
			wants = append(wants, &table.Want{Key: table.InvitationKey(c.Workspace(), org, k.ID), Into: &records[i]})
		}
	}
	if err := c.Table.Fetch(ctx, wants...); err != nil {
		return nil, err
	}
	outcomes := make([]Outcome, len(rows))
	for i, k := range rows {
		if outcomes[i] = (Outcome{Email: k.Email, Problem: k.Why}); k.Why != nil {
			outcomes[i].Status = k.Why.Status
			continue
		}
		shown := records[i].Shown(c.Now)
		outcomes[i].Status, outcomes[i].Invitation = http.StatusCreated, &shown
	}
	return outcomes, nil
}
