package user

import (
	"encoding/json"
	"fmt"
	"strings"

	"atrium/shared/api"
	"atrium/shared/patch"
	"atrium/shared/problem"
	"atrium/shared/table"
	"atrium/shared/text"
)

// row is one user of an import, on the way from what was sent to what is stored.
type row struct {
	number int
	email  string
	// given are the fields that were sent, patch the same as a change, settled
	// the same as a new user.
	given   Fields
	patch   patch.Of[Fields]
	settled Fields
	// change is what the row makes of what is there; of a new user there is
	// nothing before. writes are what it comes to, without the teams joined.
	change change
	writes []*table.Write
	// invitee is set where a newcomer is to be invited; pending is by how many
	// that makes more.
	invitee Invitee
	pending int
	// problem is set when the row has failed.
	problem *problem.Problem
}

// rows reads the body, as JSON or as a file.
func (in *importInput) rows() ([]*row, error) {
	var values []any
	var err error
	if strings.HasPrefix(strings.ToLower(strings.TrimSpace(in.ContentType)), "text/csv") {
		values, err = parseCSV(in.RawBody)
	} else {
		values, err = in.parseJSON()
	}
	if err != nil {
		return nil, err
	}
	if len(values) > maxRows {
		return nil, problem.AtField("body.users", fmt.Sprintf("has %d rows; at most %d are imported at once", len(values), maxRows))
	}
	rows, shape := make([]*row, len(values)), api.ShapeOf[Fields]()
	for i, value := range values {
		rows[i] = newRow(i+1, value, shape)
	}
	return rows, nil
}

// parseJSON are the rows of a JSON body, whose other members it takes in.
func (in *importInput) parseJSON() ([]any, error) {
	var whole any
	if err := api.ReadJSON(in.RawBody, &whole); err != nil {
		return nil, err
	}
	if err := problem.AtFields(api.ShapeOf[importBody[any]]().Faults("body", whole)); err != nil {
		return nil, err
	}
	var body importBody[any]
	if err := api.ReadJSON(in.RawBody, &body); err != nil {
		return nil, err
	}
	in.DryRun, in.Invite = in.DryRun || body.DryRun, in.Invite || body.Invite
	return body.Users, nil
}

// newRow checks all of a row that can be checked by itself.
func newRow(number int, value any, shape api.Shape) *row {
	r := &row{number: number}
	if s, ok := value.(spoiled); ok {
		r.email = s.email
		r.fail(s.fault)
		return r
	}
	if fields, ok := value.(map[string]any); ok {
		r.email, _ = fields["email"].(string)
	}
	if err := problem.AtFields(shape.Faults("body", value)); err != nil {
		r.fail(err)
		return r
	}
	if err := r.read(value); err != nil {
		r.fail(err)
	}
	return r
}

func (r *row) read(value any) error {
	sent, err := json.Marshal(value)
	if err != nil {
		return err
	}
	r.patch = patch.Parse[Fields](string(sent))
	if r.given, err = r.patch.Apply(Fields{}); err != nil {
		return err
	}
	r.settled = r.given
	err = r.settled.Settle()
	if normal, invalid := text.Email(r.given.Email); invalid == nil {
		r.email = normal
	}
	return err
}

// fail notes why the row is not stored. Places in the problem are the row's.
func (r *row) fail(err error) {
	p := *problem.Of(err)
	place := fmt.Sprintf("body.users[%d]", r.number-1)
	fields := make([]problem.Field, len(p.Errors))
	for i, f := range p.Errors {
		fields[i] = problem.Field{Location: place + strings.TrimPrefix(f.Location, "body"), Message: f.Message}
	}
	p.Errors = fields
	r.problem = &p
}

// failRepeats fails all rows of an address but the first, which it names.
func failRepeats(rows []*row) {
	first := map[string]int{}
	for _, r := range rows {
		number, seen := first[r.email]
		switch {
		case r.email == "":
		case !seen:
			first[r.email] = r.number
		case r.problem == nil:
			r.fail(problem.New(problem.EmailTaken, fmt.Sprintf("Row %d has the same e-mail address. Leave one of them out.", number),
				problem.Field{Location: "body.email", Message: fmt.Sprintf("is that of row %d", number)}))
		}
	}
}
