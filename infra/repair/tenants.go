package main

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/expression"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"atrium/shared/id"
	"atrium/shared/table"
)

// tenant is what a look through the whole table tells of a workspace: what
// cannot be found from its own item, be it because that is lost.
type tenant struct {
	id string
	// hosts are those that are claimed for it.
	hosts []string
	// organizations are those that something lies within, whether they are there or not.
	organizations map[string]bool
}

// tenants reads through the table, the only Scan there is, and keeps names
// only. It is paid by what it reads, not by what it keeps.
func (r *repair) tenants(ctx context.Context, only string) ([]*tenant, error) {
	expr, err := expression.NewBuilder().WithFilter(telling(only)).
		WithProjection(expression.NamesList(expression.Name("pk"), expression.Name("sk"), expression.Name("workspace"))).Build()
	if err != nil {
		return nil, err
	}
	all := map[string]*tenant{}
	pages := dynamodb.NewScanPaginator(r.Client, &dynamodb.ScanInput{
		TableName:        aws.String(r.Name),
		FilterExpression: expr.Filter(), ProjectionExpression: expr.Projection(),
		ExpressionAttributeNames: expr.Names(), ExpressionAttributeValues: expr.Values(),
	})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, r.Unreachable(err)
		}
		for _, item := range page.Items {
			note(all, item)
		}
	}
	return slices.SortedFunc(maps.Values(all), func(a, b *tenant) int { return strings.Compare(a.id, b.id) }), nil
}

// telling are the items that tell of a workspace: itself, its hosts, its
// staff, and what lies within its organizations.
func telling(only string) table.Condition {
	host := table.Equals("sk", table.HostKey("").SK)
	own := table.Either(table.Equals("sk", table.WorkspaceKey("").SK),
		table.Either(table.Contains("pk", table.StaffKey("", "").PK), table.Contains("pk", "#"+id.Organization+"_")))
	if only != "" {
		host, own = host.And(table.Equals("workspace", only)), own.And(table.Begins("pk", only))
	}
	return table.Either(host, own)
}

func note(all map[string]*tenant, item table.Item) {
	parts := strings.Split(table.KeyOf(item).PK, "#")
	ws, host := parts[0], ""
	if claimed := item.String("workspace"); claimed != "" {
		ws, host = claimed, parts[1]
	}
	t := all[ws]
	if t == nil {
		t = &tenant{id: ws, organizations: map[string]bool{}}
		all[ws] = t
	}
	switch {
	case host != "":
		t.hosts = append(t.hosts, host)
	case len(parts) > 1 && id.Is(id.Organization, parts[1]):
		t.organizations[parts[1]] = true
	}
}
