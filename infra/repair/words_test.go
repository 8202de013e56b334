package main

import (
	"net/http"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"atrium/shared/table"
)

// edit changes an attribute of an item behind everybody's back; nil removes it.
func (b *bench) edit(key table.Key, name string, value types.AttributeValue) {
	b.T.Helper()
	item := b.dump()[key]
	if item == nil {
		b.T.Fatalf("there is no item %v", key)
	}
	if item[name] = value; value == nil {
		delete(item, name)
	}
	b.set(key, item)
}

func word(s string) types.AttributeValue     { return &types.AttributeValueMemberS{Value: s} }
func number(s string) types.AttributeValue   { return &types.AttributeValueMemberN{Value: s} }
func words(s ...string) types.AttributeValue { return &types.AttributeValueMemberSS{Value: s} }

func counts(users string) types.AttributeValue {
	return &types.AttributeValueMemberM{Value: table.Item{
		"agents": number("1"), "users": number(users), "teams": number("1"), "pendingInvitations": number("0"),
	}}
}

// opened is an agency with a client that has one of everything.
func opened(t *testing.T) *agency {
	a := newAgency(t)
	for _, step := range steps[:9] {
		step(a)
	}
	a.logo(a.org("Café del Mar"), pixel)
	return a
}

func TestFindingsAreSaidInWords(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		spoil func(a *agency, org, agent, user string)
		want  string
	}{
		"a count of users": {func(a *agency, org, _, _ string) {
			a.edit(table.OrganizationKey(a.Workspace, org), "counts", counts("3"))
		}, "organization {org} counts 3 users, and has 1"},
		"the names of teams": {func(a *agency, org, _, _ string) {
			a.edit(table.OrganizationKey(a.Workspace, org), "teamKeys", words("sales", "support"))
		}, "organization {org} names the teams [sales support], and has [support]"},
		"a place in lists": {func(a *agency, org, _, _ string) {
			a.edit(table.OrganizationKey(a.Workspace, org), "gs1sk", word("zebra #"+org))
		}, "organization {org} is not where it belongs: gs1sk"},
		"a place in lists that is missing": {func(a *agency, org, _, _ string) {
			a.edit(table.OrganizationKey(a.Workspace, org), "gs2pk", nil)
		}, "organization {org} is not where it belongs: gs2pk"},
		"a time to be swept": {func(a *agency, org, _, _ string) {
			a.edit(table.OrganizationKey(a.Workspace, org), "ttl", number("1"))
		}, "organization {org} is not where it belongs: ttl"},
		"a claim of a name": {func(a *agency, _, _, _ string) {
			a.set(table.Key{PK: table.OrganizationWords(a.Workspace), SK: "cafe#=café del mar"}, nil)
		}, "cafe#=café del mar in {ws}#org-word follows from organization {org}, and is not there"},
		"a word of a name": {func(a *agency, org, _, _ string) {
			a.edit(table.Key{PK: table.OrganizationWords(a.Workspace), SK: "mar#" + org}, "word", word("sea"))
		}, "mar#{org} in {ws}#org-word follows from organization {org}, and is not what it must be"},
		"a word of nobody": {func(a *agency, _, agent, _ string) {
			a.set(table.Key{PK: table.AgentWords(a.Workspace), SK: "ghost#" + agent}, table.Item{
				"pk": word(table.AgentWords(a.Workspace)), "sk": word("ghost#" + agent), "id": word(agent)})
		}, "ghost#{agt} in {ws}#agent-word follows from no agent"},
		"a claim that names nobody": {func(a *agency, org, _, _ string) {
			key := table.UserEmailKey(a.Workspace, org, "x@client.example")
			a.set(key, table.Item{"pk": word(key.PK), "sk": word(key.SK)})
		}, "x@client.example#= in {ws}#{org}#user-word follows from no user"},
		"an external id": {func(a *agency, org, _, _ string) {
			a.set(table.ExternalKey(a.Workspace+"#"+org, "user", "u Ann Lee"), nil)
		}, "u Ann Lee in {ws}#{org}#external-user follows from user {usr} of organization {org}, and is not there"},
		"a count of organizations": {func(a *agency, _, agent, _ string) {
			a.edit(table.AgentKey(a.Workspace, agent), "organizationCount", number("0"))
		}, "agent {agt} counts 0 organizations, and is assigned to 1"},
		"an assignment of no agent": {func(a *agency, _, agent, _ string) {
			a.set(table.AgentKey(a.Workspace, agent), nil)
		}, "assignment {agt} of organization {org} is of an agent that is not there"},
		"an assignment under an old name": {func(a *agency, org, agent, _ string) {
			a.edit(table.AssignmentKey(a.Workspace, org, agent), "gs1sk", word("old #"+org))
		}, "assignment {agt} of organization {org} is not where it belongs: gs1sk"},
		"a team that is closed": {func(a *agency, org, _, _ string) {
			a.edit(table.TeamKey(a.Workspace, org, "support"), "closed", &types.AttributeValueMemberBOOL{Value: true})
		}, "team support of organization {org} is closed to handoffs: true, and must be: false"},
		"a team's size": {func(a *agency, org, _, _ string) {
			a.edit(table.TeamKey(a.Workspace, org, "support"), "size", number("7"))
		}, "team support of organization {org} counts 7 members, and has 1"},
		"a member who is no user": {func(a *agency, org, _, user string) {
			a.set(table.UserKey(a.Workspace, org, user), nil)
		}, "team support of organization {org} has the member {usr}, who is no user"},
		"a member with an old address": {func(a *agency, org, _, user string) {
			a.edit(table.UserKey(a.Workspace, org, user), "email", word("ann@new.example"))
		}, "team support of organization {org} has user {usr} as the user was before"},
		"a team that a user does not know of": {func(a *agency, org, _, user string) {
			a.edit(table.UserKey(a.Workspace, org, user), "teams", nil)
		}, "user {usr} of organization {org} names the teams [], and is on [support]"},
		"a team that does not know of a user": {func(a *agency, org, _, user string) {
			a.edit(table.UserKey(a.Workspace, org, user), "teams", words("sales", "support"))
		}, "user {usr} of organization {org} names the teams [sales support], and is on [support]"},
		"a user's place in lists": {func(a *agency, org, _, user string) {
			a.edit(table.UserKey(a.Workspace, org, user), "gs1sk", word("zebra"))
		}, "user {usr} of organization {org} is not where it belongs: gs1sk"},
		"a logo that is lost": {func(a *agency, org, _, _ string) {
			a.edit(table.OrganizationKey(a.Workspace, org), "logo", word("4f2a"))
		}, "logo 4f2a of {org} is not there, but "},
		"a logo that nobody wears": {func(a *agency, org, _, _ string) {
			a.edit(table.OrganizationKey(a.Workspace, org), "logo", nil)
		}, " of {org} is worn by nobody"},
		"the agency's logo, about to go": {func(a *agency, _, _, _ string) {
			hash := a.dump()[table.WorkspaceKey(a.Workspace)].String("logo")
			a.edit(table.LogoKey(a.Workspace, "workspace", hash), "ttl", number("1"))
		}, " of workspace is worn, and is about to go"},
		"a host": {func(a *agency, _, _, _ string) {
			a.set(table.HostKey("clients.agency.example"), nil)
		}, "host in host#clients.agency.example follows from workspace, and is not there"},
		"a host of nobody": {func(a *agency, _, _, _ string) {
			a.edit(table.WorkspaceKey(a.Workspace), "dashboardHost", word(""))
		}, "host in host#clients.agency.example follows from no workspace"},
		"an address of the staff": {func(a *agency, _, _, _ string) {
			a.set(table.StaffEmailKey(a.Workspace, "olga@agency.example"), nil)
		}, "olga@agency.example in {ws}#staff-email follows from member of staff {stf}, and is not there"},
		"a count of owners": {func(a *agency, _, _, _ string) {
			a.edit(table.WorkspaceKey(a.Workspace), "owners", number("1"))
		}, "workspace counts 1 owners, and has 2"},
		"an invitation without its address": {func(a *agency, org, _, _ string) {
			a.invite("Café del Mar", "Fay")
			a.set(table.PendingKey(a.Workspace, org, address("Fay")), nil)
		}, " is pending, and has not its address"},
		"an address taken for an invitation that is over": {func(a *agency, org, _, _ string) {
			a.invite("Café del Mar", "Fay")
			a.edit(table.InvitationKey(a.Workspace, org, a.id("invitation to Fay")), "state", word("revoked"))
		}, "fay@client.example is taken for invitation "},
		"two invitations to an address that is taken for neither": {func(a *agency, org, _, _ string) {
			a.invite("Café del Mar", "Fay")
			a.set(table.PendingKey(a.Workspace, org, address("Fay")), nil)
			a.invite("Café del Mar", "Fay")
			a.set(table.PendingKey(a.Workspace, org, address("Fay")), nil)
		}, ", a later one to the same address"},
		"an address taken for less than its invitation": {func(a *agency, org, _, _ string) {
			a.invite("Café del Mar", "Fay")
			a.edit(table.PendingKey(a.Workspace, org, address("Fay")), "expiresAt", word("2020-01-01T00:00:00Z"))
		}, "fay@client.example is taken until 2020-01-01T00:00:00Z for invitation inv_"},
		"an address whose time is over, taken for another": {func(a *agency, org, _, _ string) {
			a.invite("Café del Mar", "Fay")
			claim := table.PendingKey(a.Workspace, org, address("Fay"))
			a.edit(claim, "expiresAt", word("2020-01-01T00:00:00Z"))
			a.edit(claim, "id", word("inv_00000000000000000000000000"))
		}, "fay@client.example is taken for invitation inv_00000000000000000000000000, which is not pending"},
		"an invitation of a user who is gone": {func(a *agency, org, _, user string) {
			a.invite("Café del Mar", "Fay")
			a.edit(table.InvitationKey(a.Workspace, org, a.id("invitation to Fay")), "user", word("usr_00000000000000000000000000"))
		}, " is for user usr_00000000000000000000000000, who is not there, or has another address"},
		"an invitation of a user with another address": {func(a *agency, org, _, user string) {
			a.invite("Café del Mar", "Fay")
			a.edit(table.InvitationKey(a.Workspace, org, a.id("invitation to Fay")), "user", word(user))
		}, " is for user {usr}, who is not there, or has another address"},
		"an organization that is gone": {func(a *agency, org, _, _ string) {
			a.set(table.OrganizationKey(a.Workspace, org), nil)
		}, "organization {org} is not there, but has left 8 items behind"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := opened(t)
			org, agent, user := a.id("Café del Mar"), a.id("Concierge"), a.id("Ann Lee")
			tc.spoil(a, org, agent, user)
			want := strings.NewReplacer("{ws}", a.Workspace, "{org}", org, "{agt}", agent, "{usr}", user, "{stf}", a.owner()).Replace(tc.want)
			spoilt := a.dump()
			wrong, said := a.check()
			if !wrong || !strings.Contains(said, want) {
				t.Errorf("want %q in\n%s", want, said)
			}
			if len(spoilt.differing(a.dump())) > 0 {
				t.Error("looking has changed something")
			}
			if wrong, said := a.mend(); wrong || !strings.Contains(said, "mended: ") || !strings.Contains(said, want) {
				t.Errorf("want %q mended in\n%s", want, said)
			}
			mended := a.dump()
			if wrong, said := a.mend(); wrong || strings.Contains(said, "mended: ") || len(mended.differing(a.dump())) > 0 {
				t.Errorf("mended twice:\n%s", said)
			}
			a.agrees()
			a.sparesNeighbours(spoilt)
		})
	}
}

// owner is the id of the workspace's owner.
func (a *agency) owner() string {
	for key, item := range a.dump() {
		if key.PK == table.StaffKey(a.Workspace, "").PK && item.String("name") == "Olga" {
			return key.SK
		}
	}
	return ""
}

func TestAllThatFollowsIsMadeAnew(t *testing.T) {
	t.Parallel()
	a := newAgency(t)
	a.live()
	before := a.dump()
	lost := 0
	for key := range before {
		if strings.HasPrefix(key.PK, a.Workspace) && (strings.Contains(key.PK, "-word") || strings.Contains(key.PK, "#external") || strings.HasSuffix(key.PK, "-email")) {
			a.set(key, nil)
			lost++
		}
	}
	a.set(table.HostKey("app.agency.example"), nil)
	if wrong, said := a.mend(); wrong {
		t.Error(said)
	}
	if left := before.differing(a.dump()); lost < 20 || len(left) > 0 {
		t.Errorf("of %d lost, these are not as they were: %v", lost+1, left)
	}
}

// A restore may hold an invitation as it was before it was revoked, and the
// address as it was then, beside the invitation that came after.
func TestOfTwoInvitationsTheLaterStays(t *testing.T) {
	t.Parallel()
	for name, claimed := range map[string]bool{"the address is the later one's": false, "the address is the earlier one's": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := opened(t)
			path := a.org("Café del Mar") + "/invitations/"
			a.invite("Café del Mar", "Fay")
			earlier, before := a.id("invitation to Fay"), a.dump()
			a.Owner().Post(path+earlier+"/revoke", nil).Want(http.StatusOK)
			a.invite("Café del Mar", "Fay")
			later := a.id("invitation to Fay")
			back := []table.Key{table.InvitationKey(a.Workspace, a.id("Café del Mar"), earlier)}
			if claimed {
				back = append(back, table.PendingKey(a.Workspace, a.id("Café del Mar"), address("Fay")))
			}
			for _, key := range back {
				a.set(key, before[key])
			}

			want := "invitation " + earlier + " is pending, and so is " + later
			if wrong, said := a.mend(); wrong || !strings.Contains(said, want) {
				t.Errorf("want %q in\n%s", want, said)
			}
			for id, state := range map[string]string{earlier: "revoked", later: "pending"} {
				if got := a.Owner().Get(path + id).Want(http.StatusOK).At("state"); got != state {
					t.Errorf("%s is %v, not %s", id, got, state)
				}
			}
			if wrong, said := a.check(); wrong {
				t.Error(said)
			}
			a.agrees()
		})
	}
}

func TestOneOfTwoYields(t *testing.T) {
	t.Parallel()
	a := opened(t)
	a.open("Hotel Sol")
	a.register("Porter")
	a.add("Café del Mar", "Bob Ray", fields{"teams": []string{"support"}, "availability": "online"})
	later := table.OrganizationKey(a.Workspace, a.id("Hotel Sol"))
	a.edit(later, "name", word("Café del MAR"))
	a.edit(later, "externalId", word("crm Café del Mar"))
	a.edit(table.AgentKey(a.Workspace, a.id("Porter")), "externalId", word("bot Concierge"))
	bob := table.UserKey(a.Workspace, a.id("Café del Mar"), a.id("Bob Ray"))
	a.edit(bob, "email", word(address("Ann Lee")))
	a.edit(bob, "externalId", word("u Ann Lee"))
	a.edit(table.WorkspaceKey(a.Workspace), "dashboardHost", word("neighbour.example"))
	broken := a.dump()

	wrong, said := a.mend()
	if wrong {
		t.Error(said)
	}
	for _, want := range []string{
		"has the name of another one, and is \"Café del MAR (", "has the external id \"crm Café del Mar\" of another one",
		"has the external id \"bot Concierge\" of another one", "has the address of another one, ann.lee@client.example",
		"has the external id \"u Ann Lee\" of another one", "has the host neighbour.example of another one",
	} {
		if !strings.Contains(said, want) {
			t.Errorf("want %q in\n%s", want, said)
		}
	}
	if wrong, said := a.check(); wrong {
		t.Error(said)
	}
	a.agrees()
	a.sparesNeighbours(broken)
	if name, _ := a.Owner().Get(a.org("Café del Mar")).Want(http.StatusOK).At("name").(string); name != "Café del Mar" {
		t.Errorf("who had the name first has %q", name)
	}
}
