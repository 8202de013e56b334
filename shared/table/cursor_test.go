package table_test

import (
	"maps"
	"testing"
	"time"

	"atrium/shared/problem"
	"atrium/shared/table"
)

func sealing() *table.Table {
	return table.Open(table.Config{Name: "none", Region: "us-east-1", CursorKey: []byte("a key of the test, long enough to be one")})
}

func TestCursorOpensForItsListOnly(t *testing.T) {
	tb, now := sealing(), time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	after := table.Position{"pk": "ws#org", "sk": "org_1"}
	sealed, err := tb.Seal("list-organizations\x00ws", after, now)
	if err != nil {
		t.Fatal(err)
	}
	got, err := tb.Open("list-organizations\x00ws", sealed, now.Add(time.Hour))
	if err != nil || !maps.Equal(got, after) {
		t.Errorf("opened %v, %v", got, err)
	}
	other := table.Open(table.Config{Name: "none", Region: "us-east-1", CursorKey: []byte("another key, of another deployment")})
	for name, open := range map[string]func() (table.Position, error){
		"another list": func() (table.Position, error) { return tb.Open("list-agents\x00ws", sealed, now) },
		"a day later": func() (table.Position, error) {
			return tb.Open("list-organizations\x00ws", sealed, now.Add(25*time.Hour))
		},
		"another key":    func() (table.Position, error) { return other.Open("list-organizations\x00ws", sealed, now) },
		"cut short":      func() (table.Position, error) { return tb.Open("list-organizations\x00ws", sealed[:20], now) },
		"with an ending": func() (table.Position, error) { return tb.Open("list-organizations\x00ws", sealed+"A", now) },
	} {
		if got, err := open(); !problem.Is(err, problem.InvalidCursor) {
			t.Errorf("%s: opened %v, %v", name, got, err)
		}
	}
}

func TestTheEndOfAListHasNoCursor(t *testing.T) {
	if sealed, err := sealing().Seal("l", nil, time.Now()); sealed != "" || err != nil {
		t.Errorf("sealed %q, %v", sealed, err)
	}
}

func FuzzCursor(f *testing.F) {
	tb, now := sealing(), time.Now()
	after := table.Position{"pk": "p", "sk": "s"}
	good, err := tb.Seal("l", after, now)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add("")
	f.Add("AAAA")
	f.Add(good + "\n")
	f.Fuzz(func(t *testing.T, sealed string) {
		got, err := tb.Open("l", sealed, now)
		switch {
		case sealed == "" && (err != nil || got != nil):
			t.Errorf("no cursor: %v, %v", got, err)
		case err != nil && !problem.Is(err, problem.InvalidCursor):
			t.Errorf("%q: %v", sealed, err)
		// What opens was sealed here: another process of this test may have
		// sealed it, with a nonce of its own.
		case err == nil && sealed != "" && !maps.Equal(got, after):
			t.Errorf("%q opened as %v", sealed, got)
		}
	})
}
