// Package table has a key for every kind of item.
//
// # Keys
//
// Every partition key starts with the workspace, so that no code path can
// reach another tenant's items by mistake. {ws} is a workspace id, {org} an
// organization id, and so on. gs1, gs2 and gs3 are the table's global secondary
// indexes; each projects whole items, so that a list is one Query. {name} is a
// name as text.Plain has it, {word} one of its words; # is spelled out.
//
//	kind              pk                        sk                   question it answers
//	workspace         {ws}                      workspace            get-workspace
//	staff             {ws}#staff                {stf}                list-staff, is the actor still staff?
//	staff e-mail      {ws}#staff-email          {email}              one address, one member of staff
//	host              host#{host}               host                 get-branding: whose host is this?
//	organization      {ws}#org                  {org}                get; list by -createdAt
//	   gs1            {ws}#org                  {name} #{org}        list by name (deleted ones are not in it)
//	   gs2            {ws}#org#{status}         {name} #{org}        list of a status by name
//	   gs3            {ws}#org#{status}         {org}                list of a status by -createdAt
//	org name          {ws}#org-word             {word}#={folded}     one name, one organization; and its first word
//	org word          {ws}#org-word             {word}#{org}         search by the start of any word
//	agent             {ws}#agent                {agt}                get; list by -createdAt
//	   gs1            {ws}#agent                {name} #{agt}        list by name
//	   gs2            {ws}#agent#{state}        {name} #{agt}        list by name; state is status and assigned or free
//	   gs3            {ws}#agent#{state}        {agt}                list by -createdAt
//	agent word        {ws}#agent-word           {word}#{agt}         search
//	assignment        {ws}#{org}#agent          {agt}                agents of an organization
//	   gs1            {ws}#{agt}#org            {name} #{org}        organizations of an agent by name
//	   gs2            {ws}#{agt}#org            {org}                organizations of an agent by -createdAt
//	user              {ws}#{org}#user           {usr}                get
//	   gs1            {ws}#{org}#user           {name} #{usr}        list by name
//	user e-mail       {ws}#{org}#user-word      {email}#=            one address, one user; search by e-mail
//	user word         {ws}#{org}#user-word      {word}#{usr}         search
//	team              {ws}#{org}#team           {key}                get, list, route a handoff
//	invitation        {ws}#{org}#invitation     {inv}                get, list, and what a link is for; {org} is staff for the agency's own
//	pending           {ws}#{org}#pending        {email}              one address, one pending invitation
//	notice            {ws}#{org}#notice         {usr}                what a user was last told of their access
//	suppressed        {ws}#suppressed           {email}              does this address take our mail?
//	session           {ws}#session              {ses}                authorize, refresh
//	sign-in           {ws}#sign-in              {sgn}                what a sign-in link is for
//	sign-in request   sign-in#{person}          {window}             how often was this address asked for; person is a hash of it
//	requests of an IP sign-in-from#{ip}         {window}             how often did this one ask
//	logo              {ws}#{owner}#logo         {hash}               get-logo; owner is {org} or workspace
//	external id       {ws}#external-{kind}      {external id}        one id, one organization or agent
//	                  {ws}#{org}#external-user  {external id}        one id, one user
//	activity          {ws}#activity#{yyyy-mm}   {act}                list of a workspace, newest first
//	   gs1            {ws}#{org}#activity       {act}                list of an organization
//	   gs2            {ws}#actor#{id}           {act}                what one actor did
//	   gs3            {ws}#target#{id}          {act}                what was done to one thing
//	API key           {ws}#key                  {key}                authorize, list-api-keys, may the key still act?
//	idempotency       {ws}#once#{sha256}        once                 has this request been made before? (public# where nobody is signed in)
//
// Two questions come from who is not signed in, and so has no workspace yet:
// gs2 lists users and staff under person#{person}, in the order of {ws}#{id};
// and gs1 lists workspaces by the issuer that their staff sign in with, under
// oidc#{hash of issuer and client}. And gs3 lists what is to be mailed later,
// under outbox, by when: only deliver-mail asks that.
//
// A partition takes 1,000 write units a second, an item of up to 1 KB in a
// transaction costs two, and each index it stands in another one. So, per
// second and workspace: 500 new organizations or agents (their ids rise, and a
// rising sort key is not split), 500 changes of any kind (activity, bucketed by
// month). Per second and organization: 500 changes that count something, as
// all of them touch the organization's item. Per team: 1,000 handoffs of teams
// up to 1 KB (about 4 members on duty, and the notes of who came and went). An
// organization with long texts of its own, canned responses above all, costs as
// many times as it has kilobytes, in its item and three indexes: at 6 KB, 80
// such changes a second.
package table

import (
	"time"
)

// ByName is the place of a thing among others in the order of their names. The
// space sorts before what names go on with: Eric stands before Eric B.
func ByName(plain, id string) string { return plain + " #" + id }

// WorkspaceKey is the workspace itself.
func WorkspaceKey(ws string) Key { return Key{ws, "workspace"} }

// StaffKey is one of the agency's people.
func StaffKey(ws, id string) Key { return Key{ws + "#staff", id} }

// StaffEmailKey claims an address among the staff.
func StaffEmailKey(ws, email string) Key { return Key{ws + "#staff-email", email} }

// HostKey claims a host name among all workspaces; but for the requests of
// nobody, the one key that is not below a workspace.
func HostKey(host string) Key { return Key{"host#" + host, "host"} }

// Organizations is the partition of a workspace's organizations, and in gs1 of those not deleted.
func Organizations(ws string) string { return ws + "#org" }

// OrganizationsOf is the partition of those of one status, in gs2 and gs3.
func OrganizationsOf(ws, status string) string { return ws + "#org#" + status }

// OrganizationKey is an organization.
func OrganizationKey(ws, org string) Key { return Key{Organizations(ws), org} }

// OrganizationWords is the partition of words to find organizations by.
func OrganizationWords(ws string) string { return ws + "#org-word" }

// Agents is the partition of a workspace's agents, in the table and in gs1.
func Agents(ws string) string { return ws + "#agent" }

// AgentsOf is the partition of agents of one state, in gs2 and gs3.
func AgentsOf(ws, state string) string { return ws + "#agent#" + state }

// AgentKey is an agent.
func AgentKey(ws, agent string) Key { return Key{Agents(ws), agent} }

// AgentWords is the partition of words to find agents by.
func AgentWords(ws string) string { return ws + "#agent-word" }

// Assignments is the partition of an organization's agents.
func Assignments(ws, org string) string { return ws + "#" + org + "#agent" }

// AssignmentKey is an agent's assignment to an organization.
func AssignmentKey(ws, org, agent string) Key { return Key{Assignments(ws, org), agent} }

// OrganizationsWith is the partition of an agent's assignments, in gs1 and gs2.
func OrganizationsWith(ws, agent string) string { return ws + "#" + agent + "#org" }

// UserSuffix ends the partitions of users.
const UserSuffix = "#user"

// Users is the partition of an organization's users, in the table and in gs1.
func Users(ws, org string) string { return ws + "#" + org + UserSuffix }

// UserKey is a user.
func UserKey(ws, org, user string) Key { return Key{Users(ws, org), user} }

// UserWords is the partition of words and addresses to find users by.
func UserWords(ws, org string) string { return ws + "#" + org + "#user-word" }

// UserEmailKey claims an address within an organization.
func UserEmailKey(ws, org, email string) Key { return Key{UserWords(ws, org), email + "#="} }

// Teams is the partition of an organization's teams.
func Teams(ws, org string) string { return ws + "#" + org + "#team" }

// TeamKey is a team.
func TeamKey(ws, org, team string) Key { return Key{Teams(ws, org), team} }

// StaffOrganization stands where a key names an organization, for what is the agency's own.
const StaffOrganization = "staff"

// Invitations is the partition of an organization's invitations, or of those to the staff.
func Invitations(ws, org string) string {
	if org == "" {
		org = StaffOrganization
	}
	return ws + "#" + org + "#invitation"
}

// InvitationKey is an invitation.
func InvitationKey(ws, org, invitation string) Key { return Key{Invitations(ws, org), invitation} }

// PendingSuffix ends the partitions of pending invitations.
const PendingSuffix = "#pending"

// PendingKey claims an address for a pending invitation to an organization.
func PendingKey(ws, org, email string) Key { return Key{ws + "#" + org + PendingSuffix, email} }

// SuppressedKey says that an address does not take a workspace's mail.
func SuppressedKey(ws, email string) Key { return Key{ws + "#suppressed", email} }

// Notices is the partition of an organization's notices.
func Notices(ws, org string) string { return ws + "#" + org + "#notice" }

// NoticeKey is what a user was last told of a change of their access.
func NoticeKey(ws, org, user string) Key { return Key{Notices(ws, org), user} }

// APIKeys is the partition of a workspace's API keys.
func APIKeys(ws string) string { return ws + "#key" }

// APIKeyKey is an API key.
func APIKeyKey(ws, key string) Key { return Key{APIKeys(ws), key} }

// SessionKey is a session.
func SessionKey(ws, session string) Key { return Key{ws + "#session", session} }

// SignIns is the partition of a workspace's sign-in links.
func SignIns(ws string) string { return ws + "#sign-in" }

// SignInKey is what a sign-in link is for.
func SignInKey(ws, signIn string) Key { return Key{SignIns(ws), signIn} }

// SignInRequests is the partition of the requests for a sign-in link of an
// address, by its hash (token.Person), or of what is no address, by its own.
func SignInRequests(person string) string { return "sign-in#" + person }

// SignInRequestKey counts them in a window of time.
func SignInRequestKey(person, window string) Key { return Key{SignInRequests(person), window} }

// SignInSourceKey counts those of one IP address.
func SignInSourceKey(ip, window string) Key { return Key{"sign-in-from#" + ip, window} }

// Person is the partition of all that a person is, in gs2: users and staff, by {ws}#{id}.
func Person(person string) string { return "person#" + person }

// Principal is the place of one of the things that a person is, in gs2.
func Principal(ws, id string) string { return ws + "#" + id }

// Issuer is the partition of the workspaces whose staff sign in with an issuer, in gs1.
func Issuer(hash string) string { return "oidc#" + hash }

// Outbox is the partition of what is to be mailed later, in gs3, by when.
const Outbox = "outbox"

// Logos is the partition of the logos of an owner: an organization, or `workspace`.
func Logos(ws, owner string) string { return ws + "#" + owner + "#logo" }

// LogoKey is a logo by the hash of its bytes.
func LogoKey(ws, owner, hash string) Key { return Key{Logos(ws, owner), hash} }

// ExternalKey claims an external id; below is the workspace, or workspace#organization for users.
func ExternalKey(below, kind, id string) Key { return Key{below + "#external-" + kind, id} }

// Within are the partitions of what is an organization's alone, and goes when
// it does. Assignments are not among them: their agents count them. Nor is its
// activity: that is the workspace's, and stays.
func Within(ws, org string) []string {
	return []string{
		Users(ws, org), UserWords(ws, org), ExternalKey(ws+"#"+org, "user", "").PK,
		Teams(ws, org), Logos(ws, org), Invitations(ws, org), PendingKey(ws, org, "").PK,
		Notices(ws, org),
	}
}

// Activity is the partition of a workspace's activity in one month.
func Activity(ws string, at time.Time) string { return ws + "#activity#" + at.UTC().Format("2006-01") }

// ActivityOf is the partition of an organization's activity, in gs1.
func ActivityOf(ws, org string) string { return ws + "#" + org + "#activity" }

// ActivityBy is the partition of what an actor did, in gs2.
func ActivityBy(ws, actor string) string { return ws + "#actor#" + actor }

// ActivityOn is the partition of what was done to a thing, in gs3.
func ActivityOn(ws, target string) string { return ws + "#target#" + target }

// IdempotencyKey is the record of a request under an Idempotency-Key; ws is
// public where nobody is signed in.
func IdempotencyKey(ws, hash string) Key { return Key{ws + "#once#" + hash, "once"} }
