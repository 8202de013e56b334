package activity

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/table"
)

// Export gives the log as a file.
var Export = api.Operation{
	Name: "export-activity", Method: http.MethodGet, Path: "/activity/export", Tag: "Activity",
	Also: []api.Variant{{
		Path:    "/organizations/{o}/activity/export",
		May:     access.Rule{Staff: access.Member, Client: access.OrgAdmin, Scope: access.ActivityRead},
		Handler: api.Func[exportWithinInput, exportOutput](exportWithin),
	}},
	Summary: "Export activity",
	Description: "Gives the log as a file, newest first: JSON Lines, or CSV (RFC 4180, UTF-8, with a header) with `format=csv`. " +
		"In CSV a cell that a spreadsheet would take for a formula begins with an apostrophe. " +
		"A file ends before 5 MB or after 20 seconds; if there is more, `X-Next-Cursor` and `Link: <…>; rel=\"next\"` say where the next one begins.",
	May:      access.Rule{Staff: access.Member, Scope: access.ActivityRead},
	Gives:    "application/x-ndjson",
	Deadline: exportTime + answerTime,
	Handler:  api.Func[exportInput, exportOutput](export),
}

const (
	// exportTime is when a file ends at the latest: API Gateway waits for 30 seconds.
	exportTime = 20 * time.Second
	// answerTime is what is left then for the last page and the answer.
	answerTime = 5 * time.Second
	// exportSize is the most that a file may take in Lambda's answer, which is at most 6 MB.
	exportSize = 5_000_000
	// exportPage is how many items are read at once.
	exportPage = 500
)

// Part is which part of the log is asked for, and as what.
type Part struct {
	Format string `query:"format" enum:"jsonl,csv" default:"jsonl" doc:"JSON Lines, or CSV."`
	Cursor string `query:"cursor" doc:"The X-Next-Cursor of the file before."`
}

type exportInput struct {
	Filters
	Part
}

type exportWithinInput struct {
	Filters
	Part
	Organization string `path:"o" doc:"The organization's id."`
}

type exportOutput struct {
	ContentType string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition" example:"attachment; filename=\"activity-2026-11-24.jsonl\""`
	NoSniff     string `header:"X-Content-Type-Options" example:"nosniff"`
	NextCursor  string `header:"X-Next-Cursor" doc:"Where the next file begins; left out on the last."`
	Link        string `header:"Link" doc:"The same as an address, rel=next."`
	Body        []byte
}

func export(ctx context.Context, c *api.Call, in *exportInput) (*exportOutput, error) {
	return in.file(ctx, c, "/activity/export", selection{Filters: in.Filters})
}

func exportWithin(ctx context.Context, c *api.Call, in *exportWithinInput) (*exportOutput, error) {
	return in.file(ctx, c, "/organizations/"+in.Organization+"/activity/export", selection{Filters: in.Filters, organization: in.Organization})
}

func (in Part) file(ctx context.Context, c *api.Call, path string, s selection) (*exportOutput, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	name := append(s.name(), in.Format)
	after, err := api.Page{Cursor: in.Cursor}.Position(c, name...)
	if err != nil {
		return nil, err
	}
	f := newFile(in.Format)
	next, err := s.fill(ctx, c, f, after)
	if err != nil {
		return nil, err
	}
	cursor, err := api.NextCursor(c, next, name...)
	if err != nil {
		return nil, err
	}
	out := &exportOutput{
		ContentType: f.mediaType, NoSniff: "nosniff", NextCursor: cursor, Body: f.body.Bytes(),
		Disposition: `attachment; filename="activity-` + c.Now.Format(time.DateOnly) + "." + in.Format + `"`,
	}
	if cursor != "" {
		out.Link = "<" + c.BaseURL + api.Prefix + path + "?" + s.query(in.Format, cursor) + `>; rel="next"`
	}
	return out, nil
}

// query is that of the next file's address.
func (s Filters) query(format, cursor string) string {
	q := url.Values{"format": {format}, "cursor": {cursor}}
	for name, value := range map[string]string{"actor": s.Actor, "target": s.Target, "action": s.Action} {
		if value != "" {
			q.Set(name, value)
		}
	}
	for name, at := range map[string]time.Time{"from": s.From, "to": s.To} {
		if !at.IsZero() {
			q.Set(name, at.UTC().Format(time.RFC3339Nano))
		}
	}
	return q.Encode()
}

// fill reads page by page until the file is full, or the selection's end.
func (s selection) fill(ctx context.Context, c *api.Call, f *file, after table.Position) (table.Position, error) {
	for first := true; ; first = false {
		items, next, err := s.read(ctx, c, exportPage, after)
		if err == nil && first && len(items) == 0 {
			err = s.mustExist(ctx, c)
		}
		if err != nil {
			return nil, err
		}
		kept, err := f.add(items)
		if err != nil {
			return nil, err
		}
		if kept < len(items) {
			return s.behind(items[:kept], after), nil
		}
		if next == nil || late(ctx) {
			return next, nil
		}
		after = next
	}
}

// behind is the position after the last of some items; where there are none,
// it is that before them.
func (s selection) behind(items []table.Item, before table.Position) table.Position {
	if len(items) == 0 {
		return before
	}
	return table.PositionOf(s.index(), items[len(items)-1])
}

// late tells whether the time for reading is over: what is left of the
// deadline is for the answer.
func late(ctx context.Context) bool {
	deadline, ok := ctx.Deadline()
	return ok && time.Until(deadline) < answerTime
}
