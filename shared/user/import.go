package user

import (
	"context"
	"net/http"
	"slices"
	"time"

	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/id"
	"atrium/shared/problem"
	"atrium/shared/table"
)

// Import is the operation that adds and changes many users at once. What it
// takes to invite one is handed in: invitations know of users, and not the other
// way round.
func Import(invites Invites) api.Operation {
	return api.Operation{
		Name: "import-users", Method: http.MethodPost, Path: "/organizations/{o}/users/import", Tag: "Users",
		Summary: "Import users",
		Description: "Adds up to 1,000 users, and changes those whose address is in the organization already: in what is given of them, and nothing else. " +
			"Good rows are stored though others fail; each row's answer says what became of it. An address that is repeated fails from its second row on.\n\n" +
			"As `text/csv`: UTF-8, separated by commas; the first row names the columns `name,email,role,language,teams,agents` in any order, of which the first two are required. " +
			"Several teams or agents in a cell are separated by `;`. An empty cell says nothing. `body.users[0]` in a problem is the first row, also of a file.\n\n" +
			"With `invite` new users are `invited`: each is sent an invitation, unless one to the address is pending already, which is theirs then; and none can be `suspended`. An address that mail came back from, or that complained of it, fails (`address_suppressed`). " +
			"An API key needs the scope `invitations:write` for that, too. With `dryRun` nothing is stored: the answer says what would be. A replay under an Idempotency-Key shows the totals, and no rows.",
		May:      access.Rule{Staff: access.Admin, Client: access.OrgAdmin, Scope: access.UsersWrite},
		Takes:    []string{"application/json", "text/csv"},
		Reads:    importBody[Fields]{},
		MaxBody:  5 << 20,
		Deadline: 25 * time.Second,
		Rights:   true,
		Handler: api.Func[importInput, importOutput](func(ctx context.Context, c *api.Call, in *importInput) (*importOutput, error) {
			return importUsers(ctx, c, in, invites)
		}),
	}
}

// Invites makes the invitations of users who are imported.
type Invites interface {
	// Look is what is to be read of an address beforehand, and what is read into.
	Look(c *api.Call, org, email string) (Invitee, []*table.Want)
}

// Invitee is an address that may be invited, as it was read.
type Invitee interface {
	// Invite are the writes that invite a user who comes to be by the same
	// transaction, and by how many pending invitations that makes more.
	// api.ErrStale is for what has changed since it was read.
	Invite(c *api.Call, org string, u Record) (writes []*table.Write, pending int, err error)
}

type importInput struct {
	api.Idempotent
	Organization string `path:"o" doc:"The organization's id."`
	DryRun       bool   `query:"dryRun" doc:"Store nothing, and say what would be."`
	Invite       bool   `query:"invite" doc:"New users are invited."`
	ContentType  string `header:"Content-Type" hidden:"true"`
	RawBody      []byte
}

// importBody is an import as JSON: of Fields in the API's description, and of
// anything when it is read, so that a bad row is that row's failure alone.
type importBody[T any] struct {
	Users  []T  `json:"users" maxItems:"1000" nullable:"false" doc:"The users, each as for add-user."`
	DryRun bool `json:"dryRun" required:"false" doc:"Store nothing, and say what would be."`
	Invite bool `json:"invite" required:"false" doc:"New users are invited."`
}

// maxRows is the most of one import, as importBody's schema gives it.
const maxRows = 1000

// RowStatus is what became of a row.
type RowStatus string

// The statuses of rows.
const (
	RowCreated RowStatus = "created"
	RowUpdated RowStatus = "updated"
	RowFailed  RowStatus = "failed"
)

// Row is what became of one row.
type Row struct {
	Row     int              `json:"row" example:"1" doc:"Its number; 1 is the first, after the header of a file."`
	Email   string           `json:"email" example:"ann@example.com"`
	Status  RowStatus        `json:"status" enum:"created,updated,failed"`
	Problem *problem.Problem `json:"problem,omitempty" doc:"Why it failed."`
}

// Totals are how many rows came to what.
type Totals struct {
	Created int `json:"created"`
	Updated int `json:"updated"`
	Failed  int `json:"failed"`
}

// Outcome is what became of an import.
type Outcome struct {
	Totals
	Rows []Row `json:"rows" doc:"Every row, in order; none in a replay."`
}

type importOutput struct {
	Replayed string `header:"Idempotent-Replayed" doc:"true when an Idempotency-Key was seen before and nothing was done."`
	Body     Outcome
}

func importUsers(ctx context.Context, c *api.Call, in *importInput, invites Invites) (*importOutput, error) {
	if !id.Is(id.Organization, in.Organization) {
		return nil, problem.NotFoundf("organization")
	}
	rows, err := in.rows()
	if err != nil {
		return nil, err
	}
	im := &importer{call: c, org: in.Organization, dryRun: in.DryRun, rows: rows, room: map[string]int{}}
	if in.Invite {
		if !mayInvite(c.Principal) {
			return nil, problem.New(problem.Forbidden, "This API key may not invite: it needs the scope invitations:write, too.")
		}
		im.invites = invites
	}
	out := &importOutput{Body: Outcome{Rows: []Row{}}}
	work := func(ctx context.Context) (Totals, error) {
		err := im.run(ctx)
		out.Body = im.outcome()
		return out.Body.Totals, err
	}
	if im.dryRun {
		// Nothing is written, and so there is nothing to be done only once.
		_, err := work(ctx)
		return out, err
	}
	totals, replayed, err := api.OnceLong(ctx, c, work)
	out.Body.Totals, out.Replayed = totals, api.Replayed(replayed)
	return out, err
}

// mayInvite tells whether a caller who may import may also invite: of API keys
// not all.
func mayInvite(p access.Principal) bool {
	return p.Type != access.APIKey || slices.Contains(p.Scopes, access.InvitationsWrite)
}

func (im *importer) outcome() Outcome {
	out := Outcome{Rows: make([]Row, len(im.rows))}
	for i, r := range im.rows {
		shown := Row{Row: r.number, Email: r.email, Status: RowCreated, Problem: r.problem}
		switch {
		case r.problem != nil:
			shown.Status = RowFailed
			out.Failed++
		case r.change.before.ID != "":
			shown.Status = RowUpdated
			out.Updated++
		default:
			out.Created++
		}
		out.Rows[i] = shown
	}
	return out
}
