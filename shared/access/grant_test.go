package access_test

import (
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"atrium/shared/access"
)

var grants = []access.Grant{access.None, access.View, access.Edit}

func explain(s access.Standing, section access.Section) access.Explanation {
	return s.Explain()[section]
}

// TestExplainEveryCombination: n is none, v view, e edit; the columns are
// ceiling, assignment and user, then what is effective and who decides.
func TestExplainEveryCombination(t *testing.T) {
	letters := map[byte]access.Grant{'n': access.None, 'v': access.View, 'e': access.Edit}
	want := map[string]access.Decider{
		"nnn n": access.ByCeiling, "nnv n": access.ByCeiling, "nne n": access.ByCeiling,
		"nvn n": access.ByCeiling, "nvv n": access.ByCeiling, "nve n": access.ByCeiling,
		"nen n": access.ByCeiling, "nev n": access.ByCeiling, "nee n": access.ByCeiling,
		"vnn n": access.ByAssignment, "vnv n": access.ByAssignment, "vne n": access.ByAssignment,
		"vvn n": access.ByUser, "vvv v": access.ByCeiling, "vve v": access.ByCeiling,
		"ven n": access.ByUser, "vev v": access.ByCeiling, "vee v": access.ByCeiling,
		"enn n": access.ByAssignment, "env n": access.ByAssignment, "ene n": access.ByAssignment,
		"evn n": access.ByUser, "evv v": access.ByAssignment, "eve v": access.ByAssignment,
		"een n": access.ByUser, "eev v": access.ByUser, "eee e": access.ByCeiling,
	}
	if len(want) != 27 {
		t.Fatalf("%d combinations, want 27", len(want))
	}
	for row, decider := range want {
		ceiling, assignment, user := letters[row[0]], letters[row[1]], letters[row[2]]
		s := access.Standing{
			Ceiling: access.Sections{"home": ceiling}, Assignment: access.Sections{"home": assignment}, User: access.Sections{"home": user},
			HasAgent: true, Active: true,
		}
		e := access.Explanation{Effective: letters[row[4]], Ceiling: ceiling, Assignment: assignment, User: user, DecidedBy: decider}
		if got := explain(s, "home"); got != e {
			t.Errorf("%s: got %+v, want %+v", row, got, e)
		}
		for name, tc := range map[string]struct {
			hasAgent, active bool
			decider          access.Decider
		}{
			"without the agent": {false, true, access.ByAgents},
			"not active":        {true, false, access.ByStatus},
			"neither":           {false, false, access.ByStatus},
		} {
			s.HasAgent, s.Active = tc.hasAgent, tc.active
			e.Effective, e.DecidedBy = access.None, tc.decider
			if got := explain(s, "home"); got != e {
				t.Errorf("%s, %s: got %+v, want %+v", row, name, got, e)
			}
		}
	}
}

// TestWhatIsLeftOut: ceiling and assignment are open, a user's grants are closed.
func TestWhatIsLeftOut(t *testing.T) {
	s := access.Standing{HasAgent: true, Active: true, User: access.Sections{"prompt": access.Edit}}
	if got := explain(s, "prompt"); got != (access.Explanation{Effective: access.Edit, Ceiling: access.Edit, Assignment: access.Edit, User: access.Edit, DecidedBy: access.ByCeiling}) {
		t.Errorf("prompt: %+v", got)
	}
	if got := explain(s, "home"); got != (access.Explanation{Effective: access.None, Ceiling: access.Edit, Assignment: access.Edit, User: access.None, DecidedBy: access.ByUser}) {
		t.Errorf("home: %+v", got)
	}
}

func TestExplainNamesEverySection(t *testing.T) {
	s := access.Standing{
		Ceiling: access.Sections{"tab:a": access.View}, Assignment: access.Sections{"tab:b": access.View}, User: access.Sections{"tab:c": access.View},
		Tabs: []access.Section{"tab:c", "tab:d"},
	}
	want := append(slices.Clone(access.BuiltIn), "tab:a", "tab:b", "tab:c", "tab:d")
	slices.Sort(want)
	if got := slices.Sorted(maps.Keys(s.Explain())); !slices.Equal(got, want) {
		t.Errorf("sections %v, want %v", got, want)
	}
}

func TestGrantAbove(t *testing.T) {
	for i, g := range grants {
		for j, other := range grants {
			if got := g.Above(other); got != (i > j) {
				t.Errorf("%s above %s: %v", g, other, got)
			}
		}
	}
}

func TestSectionsCheck(t *testing.T) {
	long := access.TabPrefix + "a23456789012345678901234567890123456789"
	for section, valid := range map[access.Section]bool{
		"home": true, "conversations": true, "analytics": true, "knowledge_base": true, "channels": true, "prompt": true, "settings": true,
		"tab:reports": true, "tab:a-1_b": true, long + "0": true,
		"": false, "Home": false, "billing": false, "tab:": false, "tab:1a": false, "tab:_a": false, "tab:-": false, "tab:A": false, "tab:é": false, "tab:a b": false, "tab:a.b": false, long + "01": false,
	} {
		if faults := (access.Sections{section: access.View}).Check(); (len(faults) == 0) != valid {
			t.Errorf("%q: faults %v, want valid: %v", section, faults, valid)
		}
	}
	for _, grant := range []access.Grant{"", "admin", "Edit"} {
		if faults := (access.Sections{"home": grant}).Check(); faults["home"] == "" {
			t.Errorf("grant %q passes", grant)
		}
	}
}

func TestAboveCeiling(t *testing.T) {
	ceiling := access.Sections{"home": access.View, "prompt": access.None}
	asked := access.Sections{"home": access.Edit, "prompt": access.View, "channels": access.Edit, "settings": access.None}
	if got := slices.Sorted(maps.Keys(asked.AboveCeiling(ceiling))); !slices.Equal(got, []string{"home", "prompt"}) {
		t.Errorf("above the ceiling: %v, want home and prompt", got)
	}
	for _, ceiling := range grants {
		for _, asked := range grants {
			faults := access.Sections{"home": asked}.AboveCeiling(access.Sections{"home": ceiling})
			if (len(faults) > 0) != asked.Above(ceiling) {
				t.Errorf("%s under a ceiling of %s: %v", asked, ceiling, faults)
			}
		}
	}
}

// someSections draws grants for some sections, custom tabs among them.
func someSections(t *rapid.T, name string) access.Sections {
	names := append(slices.Clone(access.BuiltIn), "tab:reports", "tab:shop")
	return access.Sections(rapid.MapOf(rapid.SampledFrom(names), rapid.SampledFrom(grants)).Draw(t, name))
}

func TestEffectiveIsNeverAboveAnyOfTheThree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := access.Standing{
			Ceiling: someSections(t, "ceiling"), Assignment: someSections(t, "assignment"), User: someSections(t, "user"),
			HasAgent: rapid.Bool().Draw(t, "has agent"), Active: rapid.Bool().Draw(t, "active"),
		}
		explained, effective := s.Explain(), s.Effective()
		if len(effective) != len(explained) {
			t.Fatalf("%d sections, and %d explained", len(effective), len(explained))
		}
		for section, e := range explained {
			if effective[section] != e.Effective {
				t.Fatalf("%s: %s, and explained as %+v", section, effective[section], e)
			}
			for _, limit := range []access.Grant{e.Ceiling, e.Assignment, e.User} {
				if e.Effective.Above(limit) {
					t.Fatalf("%s: %+v is above one of its limits", section, e)
				}
			}
			open := s.HasAgent && s.Active
			if !open && e.Effective != access.None {
				t.Fatalf("%s: %+v though shut", section, e)
			}
			decided := map[access.Decider]access.Grant{
				access.ByCeiling: e.Ceiling, access.ByAssignment: e.Assignment, access.ByUser: e.User,
				access.ByAgents: access.None, access.ByStatus: access.None,
			}
			if e.Effective != decided[e.DecidedBy] {
				t.Fatalf("%s: %+v: who decided says otherwise", section, e)
			}
			if open == (e.DecidedBy == access.ByAgents || e.DecidedBy == access.ByStatus) {
				t.Fatalf("%s: %+v decided by %s", section, e, e.DecidedBy)
			}
		}
	})
}

// TestStoredFormsSayTheSame: what goes without saying can be left out.
func TestStoredFormsSayTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := someSections(t, "sections")
		for _, section := range access.BuiltIn {
			if s.Limits().Opened()[section] != s.Opened()[section] || s.Given().Closed()[section] != s.Closed()[section] {
				t.Fatalf("%s is another grant once stored", section)
			}
		}
		for _, grant := range s.Limits() {
			if grant == access.Edit {
				t.Fatalf("limits %v name edit", s.Limits())
			}
		}
		for _, grant := range s.Given() {
			if grant == access.None {
				t.Fatalf("grants %v name none", s.Given())
			}
		}
	})
}

// TestHighest: neither side's grant is above it, and it is one of theirs.
func TestHighest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := someSections(t, "a"), someSections(t, "b")
		was := maps.Clone(a)
		highest := a.Highest(b)
		if !maps.Equal(a, was) {
			t.Fatalf("%v has become %v", was, a)
		}
		for section, grant := range highest {
			if grant != a[section] && grant != b[section] || a[section].Above(grant) || b[section].Above(grant) {
				t.Fatalf("%s: %s is the highest of %q and %q", section, grant, a[section], b[section])
			}
		}
		for _, side := range []access.Sections{a, b} {
			for section := range side {
				if highest[section] == "" {
					t.Fatalf("%s of %v is not in %v", section, side, highest)
				}
			}
		}
	})
	if got := access.Sections(nil).Highest(nil); got == nil || len(got) != 0 {
		t.Errorf("the highest of nothing is %v, want nothing", got)
	}
}

func TestThroughout(t *testing.T) {
	got := access.Throughout(access.View, []access.Section{"tab:shop"})
	if len(got) != len(access.BuiltIn)+1 || got["tab:shop"] != access.View || got["home"] != access.View {
		t.Errorf("%v, want view in each of the seven and the tab", got)
	}
}
