package apikey

import (
	"context"
	"net/http"

	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/table"
)

// List lists the API keys.
var List = api.Operation{
	Name: "list-api-keys", Method: http.MethodGet, Path: "/api-keys", Tag: "API keys",
	Summary:     "List the API keys",
	Description: "Lists the keys of the workspace, those of single organizations and those that have expired among them, in the order in which they were made.",
	May:         access.Rule{Staff: access.Admin},
	Handler:     api.Func[listInput, api.Listing[APIKey]](list),
}

type listInput struct{ api.Page }

func list(ctx context.Context, c *api.Call, in *listInput) (*api.Listing[APIKey], error) {
	after, err := in.Position(c)
	if err != nil {
		return nil, err
	}
	items, next, err := c.Table.List(ctx, table.List{Partitions: []string{table.APIKeys(c.Workspace())}, Limit: in.Limit, After: after})
	if err != nil {
		return nil, err
	}
	keys, err := api.Decode[APIKey](items)
	if err != nil {
		return nil, err
	}
	return api.Listed(c, keys, next)
}
