package access_test

import (
	"testing"

	"pgregory.net/rapid"

	"atrium/shared/access"
)

// caller is a principal of the workspace ws.
func caller(kind access.Type, role access.Role, organization string, scopes ...access.Scope) access.Principal {
	return access.Principal{Type: kind, ID: "x", Role: role, Workspace: "ws", Organization: organization, Scopes: scopes}
}

var callers = map[string]access.Principal{
	"nobody":      {},
	"owner":       caller(access.Staff, access.Owner, ""),
	"admin":       caller(access.Staff, access.Admin, ""),
	"member":      caller(access.Staff, access.Member, ""),
	"org_admin":   caller(access.Client, access.OrgAdmin, "org_1"),
	"user":        caller(access.Client, access.User, "org_1"),
	"writing key": caller(access.APIKey, access.Key, "", access.UsersWrite),
	"reading key": caller(access.APIKey, access.Key, "", access.UsersRead),
	"other key":   caller(access.APIKey, access.Key, "", access.TeamsWrite),
	"bare key":    caller(access.APIKey, access.Key, ""),
	"bound key":   caller(access.APIKey, access.Key, "org_1", access.UsersWrite),
	"unchosen":    caller(access.Unchosen, "", ""),
	// What no authorizer makes must not get in either.
	"staff without a role":    caller(access.Staff, "", ""),
	"staff with a user role":  caller(access.Staff, access.OrgAdmin, ""),
	"user with a staff role":  caller(access.Client, access.Owner, "org_1"),
	"user of no organization": caller(access.Client, access.OrgAdmin, ""),
	"an unknown family":       caller("robot", access.Owner, ""),
	"staff of no workspace":   {Type: access.Staff, Role: access.Owner},
}

// TestDecide goes through every caller for each shape of rule, where the path
// names the caller's organization, another one, and none.
func TestDecide(t *testing.T) {
	type verdicts struct{ own, other, none access.Verdict }
	all := func(v access.Verdict) verdicts { return verdicts{v, v, v} }
	yes, no, who := access.Allowed, access.Forbidden, access.Unauthenticated
	rules := map[string]struct {
		rule access.Rule
		want map[string]verdicts
	}{
		"public": {access.Rule{Public: true}, func() map[string]verdicts {
			open := map[string]verdicts{}
			for name := range callers {
				open[name] = all(yes)
			}
			return open
		}()},
		"whoever is signed in": {access.Rule{SignedIn: true}, func() map[string]verdicts {
			known := map[string]verdicts{}
			for name, p := range callers {
				switch {
				case !p.Known():
					known[name] = all(who)
				case p.Type == access.Client && p.Organization == "":
					known[name] = verdicts{access.NotFound, access.NotFound, yes}
				case p.Confined():
					known[name] = verdicts{yes, access.NotFound, yes}
				default:
					known[name] = all(yes)
				}
			}
			return known
		}()},
		"people themselves": {access.Rule{Self: true}, map[string]verdicts{
			"owner": all(yes), "admin": all(yes), "member": all(yes),
			"org_admin": {yes, access.NotFound, yes}, "user": {yes, access.NotFound, yes},
		}},
		"nobody named": {access.Rule{}, nil},
		"owners":       {access.Rule{Staff: access.Owner}, map[string]verdicts{"owner": all(yes)}},
		"admins": {access.Rule{Staff: access.Admin}, map[string]verdicts{
			"owner": all(yes), "admin": all(yes),
		}},
		"staff": {access.Rule{Staff: access.Member}, map[string]verdicts{
			"owner": all(yes), "admin": all(yes), "member": all(yes),
		}},
		"org_admins": {access.Rule{Client: access.OrgAdmin}, map[string]verdicts{
			"org_admin": {yes, access.NotFound, no},
		}},
		"users": {access.Rule{Client: access.User}, map[string]verdicts{
			"org_admin": {yes, access.NotFound, no}, "user": {yes, access.NotFound, no},
		}},
		"reading keys": {access.Rule{Scope: access.UsersRead}, map[string]verdicts{
			"writing key": all(yes), "reading key": all(yes), "bound key": {yes, access.NotFound, no},
		}},
		"writing keys": {access.Rule{Scope: access.UsersWrite}, map[string]verdicts{
			"writing key": all(yes), "bound key": {yes, access.NotFound, no},
		}},
		"admins, org_admins and keys": {access.Rule{Staff: access.Admin, Client: access.OrgAdmin, Scope: access.UsersWrite}, map[string]verdicts{
			"owner": all(yes), "admin": all(yes), "org_admin": {yes, access.NotFound, no},
			"writing key": all(yes), "bound key": {yes, access.NotFound, no},
		}},
	}
	// Who is not named by a rule is refused, and learns nothing of other organizations.
	refused := func(name string, p access.Principal) verdicts {
		switch {
		case name == "nobody" || name == "staff of no workspace":
			return all(who)
		case p.Confined():
			v := verdicts{no, access.NotFound, no}
			if p.Organization == "" {
				v.own = access.NotFound
			}
			return v
		default:
			return all(no)
		}
	}
	for ruleName, tc := range rules {
		for name, p := range callers {
			want, named := tc.want[name]
			if !named {
				want = refused(name, p)
			}
			got := verdicts{tc.rule.Decide(p, "org_1"), tc.rule.Decide(p, "org_2"), tc.rule.Decide(p, "")}
			if got != want {
				t.Errorf("%s, %s: got %v, want %v", ruleName, name, got, want)
			}
		}
	}
}

func TestScopeIncludes(t *testing.T) {
	for _, tc := range []struct {
		held, asked access.Scope
		want        bool
	}{
		{access.UsersRead, access.UsersRead, true},
		{access.UsersWrite, access.UsersWrite, true},
		{access.UsersWrite, access.UsersRead, true},
		{access.UsersRead, access.UsersWrite, false},
		{access.UsersWrite, access.TeamsRead, false},
		{access.HandoffsWrite, access.TeamsRead, false},
		{"", access.UsersRead, false},
		{"users", access.UsersRead, false},
		{"users:write:write", access.UsersRead, false},
	} {
		if got := tc.held.Includes(tc.asked); got != tc.want {
			t.Errorf("%q includes %q: %v, want %v", tc.held, tc.asked, got, tc.want)
		}
	}
}

// TestRisingNeverTakesAway: who may something still may with a higher role, or
// one more scope.
func TestRisingNeverTakesAway(t *testing.T) {
	ladders := map[access.Type][]access.Role{
		access.Staff: {access.Member, access.Admin, access.Owner}, access.Client: {access.User, access.OrgAdmin},
	}
	rapid.Check(t, func(t *rapid.T) {
		rule := access.Rule{
			Staff:  rapid.SampledFrom([]access.Role{"", access.Member, access.Admin, access.Owner}).Draw(t, "staff"),
			Client: rapid.SampledFrom([]access.Role{"", access.User, access.OrgAdmin}).Draw(t, "client"),
			Scope:  rapid.SampledFrom([]access.Scope{"", access.UsersRead, access.UsersWrite}).Draw(t, "scope"),
		}
		kind := rapid.SampledFrom([]access.Type{access.Staff, access.Client}).Draw(t, "family")
		ladder := ladders[kind]
		low := rapid.IntRange(0, len(ladder)-1).Draw(t, "low")
		high := rapid.IntRange(low, len(ladder)-1).Draw(t, "high")
		at := rapid.SampledFrom([]string{"", "org_1", "org_2"}).Draw(t, "organization")
		organization := ""
		if kind == access.Client {
			organization = "org_1"
		}
		before := rule.Decide(caller(kind, ladder[low], organization), at)
		after := rule.Decide(caller(kind, ladder[high], organization), at)
		if before == access.Allowed && after != access.Allowed {
			t.Fatalf("%+v allows %s, and tells %s %s", rule, ladder[low], ladder[high], after)
		}
		if kind == access.Client && at != "org_1" && after == access.Allowed {
			t.Fatalf("%+v lets a client's person out of their organization", rule)
		}
	})
}
