package staff

import (
	"context"
	"net/http"

	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/table"
)

// List lists the agency's staff.
var List = api.Operation{
	Name: "list-staff", Method: http.MethodGet, Path: "/staff", Tag: "Staff",
	Summary:     "List the staff",
	Description: "Lists the agency's people, those invited among them, in the order in which they were invited.",
	May:         access.Rule{Staff: access.Member},
	Handler:     api.Func[listInput, api.Listing[Person]](list),
}

type listInput struct {
	api.Page
	Role   access.Role `query:"role" enum:"owner,admin,member" doc:"Those of one role only."`
	Status Status      `query:"status" enum:"invited,active" doc:"Those of one status only."`
}

func (in *listInput) name() []string { return []string{string(in.Role), string(in.Status)} }

func list(ctx context.Context, c *api.Call, in *listInput) (*api.Listing[Person], error) {
	after, err := in.Position(c, in.name()...)
	if err != nil {
		return nil, err
	}
	items, next, err := c.Table.List(ctx, table.List{
		Partitions: []string{table.StaffKey(c.Workspace(), "").PK}, Limit: in.Limit, After: after, Filter: in.filter(),
	})
	if err != nil {
		return nil, err
	}
	people, err := api.Decode[Person](items)
	if err != nil {
		return nil, err
	}
	return api.Listed(c, people, next, in.name()...)
}

// filter is the condition of both filters, nil without any.
func (in *listInput) filter() *table.Condition {
	var filter table.Condition
	switch role, status := table.Equals("role", in.Role), table.Equals("status", in.Status); {
	case in.Role != "" && in.Status != "":
		filter = role.And(status)
	case in.Role != "":
		filter = role
	case in.Status != "":
		filter = status
	default:
		return nil
	}
	return &filter
}
