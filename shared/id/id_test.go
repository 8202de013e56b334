package id_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"atrium/shared/id"
)

func TestIDsSortByTime(t *testing.T) {
	at := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	before, after := id.New(id.Activity, at), id.New(id.Activity, at.Add(time.Millisecond))
	if before >= after {
		t.Errorf("%s is not below %s", before, after)
	}
}

// Floor parts what was made before a time from what was made at it or later.
func TestFloorParts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ms := rapid.Int64Range(1, 1<<45).Draw(t, "ms")
		at := time.UnixMilli(ms)
		floor := id.Floor(id.Activity, at)
		if made := id.New(id.Activity, at); made < floor {
			t.Errorf("%s, made at %d, is below %s", made, ms, floor)
		}
		if made := id.New(id.Activity, at.Add(-time.Millisecond)); made >= floor {
			t.Errorf("%s, made before %d, is not below %s", made, ms, floor)
		}
	})
}

func TestTimeIsThatOfTheID(t *testing.T) {
	at := time.Date(2026, 11, 24, 9, 0, 0, 123e6, time.UTC)
	if got := id.Time(id.New(id.User, at)); !got.Equal(at) {
		t.Errorf("%s, want %s", got, at)
	}
}

func TestIs(t *testing.T) {
	for s, want := range map[string]bool{
		id.New(id.Organization, time.Now()): true,
		id.New(id.User, time.Now()):         false,
		"org_":                              false,
		"org_x":                             false,
		"org_01jd6v0c8ge2rs2k9v2q1m4t7x#t":  false,
		"org_01JD6V0C8GE2RS2K9V2Q1M4T7X":    false,
		"":                                  false,
	} {
		if got := id.Is(id.Organization, s); got != want {
			t.Errorf("Is(org, %q) = %v", s, got)
		}
	}
}
