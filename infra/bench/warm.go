package main

import (
	"context"
	"fmt"
	"log"
)

// maxOfBare is how long an operation may take, compared with the bare calls of
// the SDK that it makes.
const maxOfBare = 1.15

// warm measures what operations take once they are running, from the event
// that API Gateway sends to the answer, beside the bare calls they make.
func (b *bench) warm(ctx context.Context) (chapter, error) {
	s := section{
		title: "Warm", unit: milliseconds, measured: "Atrium", against: []string{"bare calls"},
		about: "From API Gateway's event to the answer, one caller, beside the same calls made with the bare SDK client: " +
			"equal items, conditions and limits, in the same table of the same local server. Without a bound: for information.",
	}
	l, stop, err := b.newLab(ctx, "warm.db")
	if err != nil {
		return s, err
	}
	defer stop()
	own, taken, err := l.furnishAlike(ctx)
	if err != nil {
		return s, err
	}
	bare := taken.warmRows()
	for i, r := range own.warmRows() {
		log.Printf("warm: %s", r.name)
		times, err := alternate(ctx, b.calls, own.handled(r.next), taken.bare(bare[i].next))
		if err != nil {
			return s, fmt.Errorf("%s: %w", r.name, err)
		}
		s.results = append(s.results, result{r.name, inMilliseconds(times[0]), []reference{{inMilliseconds(times[1]), r.bound}}})
	}
	return s, nil
}

func (f *furnished) warmRows() []row {
	return []row{
		{"create-organization", atMost(maxOfBare), f.createOrganization},
		{"get-organization", atMost(maxOfBare), f.getOrganization},
		{"list-organizations, 50", atMost(maxOfBare), f.listOrganizations("limit=50")},
		{"list-organizations, 200", atMost(maxOfBare), f.listOrganizations("limit=200")},
		{"list-users, 50", bound{}, f.listUsers("limit=50")},
		{"explain-access", bound{}, f.explainAccess},
	}
}
