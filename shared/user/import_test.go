package user_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"atrium/shared/access"
	"atrium/shared/apitest"
	"atrium/shared/id"
	"atrium/shared/problem"
	"atrium/shared/table"
)

var asCSV = apitest.Headers{"Content-Type": "text/csv; charset=utf-8"}

func (a agency) imports() string { return a.users() + "/import" }

// report is an import's answer.
type report struct {
	Created, Updated, Failed int
	Rows                     []struct {
		Row           int
		Email, Status string
		Problem       *problem.Problem
	}
}

func reported(answer *apitest.Answer) report {
	answer.T.Helper()
	var r report
	answer.Want(http.StatusOK).Into(&r)
	return r
}

// statuses are those of the rows, with the code and place of what failed.
func (r report) statuses() string {
	var all []string
	for i, row := range r.Rows {
		s := row.Status
		if row.Row != i+1 {
			s = fmt.Sprintf("row %d: %s", row.Row, s)
		}
		if row.Problem != nil {
			s = fmt.Sprintf("%s %d", row.Problem.Code, row.Problem.Status)
			for _, f := range row.Problem.Errors {
				s += " " + f.Location
			}
		}
		all = append(all, s)
	}
	return strings.Join(all, "; ")
}

func TestImportOfAFile(t *testing.T) {
	a := newAgency(t)
	a.teams("support", "after_sales")
	bot, other := a.agent("Bot", nil), a.agent("Other", nil)
	file := "\ufeffEmail, name ,agents,teams,role,language\r\n" +
		"ANN@example.com,\"Lee, \"\"Ann\"\"\",all,support; after_sales,org_admin,fr\r\n" +
		"\r\n" +
		"ben@bücher.example,Ben,\"" + bot + ";" + other + "\",,,\r\n" +
		"cem@example.com,e\u0301va,,,user,"
	got := reported(a.orgAdmin().Post(a.imports(), file, asCSV))
	if got.Created != 3 || got.Updated+got.Failed != 0 || got.statuses() != "created; created; created" || got.Rows[1].Email != "ben@xn--bcher-kva.example" {
		t.Fatalf("%+v", got)
	}
	for q, want := range map[string]map[string]any{
		"ann": {"name": `Lee, "Ann"`, "role": "org_admin", "language": "fr", "agents": "all", "teams.0": "after_sales", "teams.1": "support", "status": "active", "sections.home": "view"},
		"ben": {"role": "user", "agents.0": bot, "agents.1": other, "teams.0": nil, "language": ""},
		"cem": {"name": "éva"},
	} {
		found := a.Admin().Get(a.users() + "?q=" + q + "@")
		for path, value := range want {
			if got := found.At("items.0." + path); got != value {
				t.Errorf("%s: %s = %v, want %v", q, path, got, value)
			}
		}
	}
	if r := a.roster("support"); r.Size != 1 {
		t.Errorf("roster %+v", r)
	}
	a.counted(3)
	if n := len(a.activities()); n != 6+3-1 {
		// Opened, two agents assigned, two teams made, three users added.
		t.Errorf("%d activities", n)
	}
}

func TestImportUpdatesInTheColumnsGiven(t *testing.T) {
	a := newAgency(t)
	a.teams("one", "two")
	user := a.add("Ann", "ann@example.com", map[string]any{"role": "org_admin", "teams": []string{"one"}, "language": "de", "availability": "online", "sections": map[string]string{"prompt": "edit"}})
	for _, step := range []struct {
		file string
		want map[string]any
	}{
		{"name,email\nAnna,Ann@Example.com\n", map[string]any{"version": 2.0, "name": "Anna", "role": "org_admin", "teams.0": "one", "language": "de", "sections.prompt": "edit", "availability": "online"}},
		{"name,email,teams,role\nAnna,ann@example.com,two;one,\n", map[string]any{"version": 3.0, "role": "org_admin", "teams.0": "one", "teams.1": "two"}},
		{"name,email,teams\nAnna,ann@example.com,two\n", map[string]any{"version": 4.0, "teams.0": "two", "teams.1": nil}},
		{"name,email,teams\nAnna,ann@example.com,\n", map[string]any{"version": 4.0, "teams.0": "two"}},
	} {
		if got := reported(a.Admin().Post(a.imports()+"?invite=true", step.file, asCSV)); got.Updated != 1 || got.statuses() != "updated" {
			t.Fatalf("%+v", got)
		}
		got := a.Admin().Get(a.user(user))
		for path, want := range step.want {
			if got.At(path) != want {
				t.Errorf("%s: %s = %v, want %v", step.file, path, got.At(path), want)
			}
		}
	}
	if one, two := a.roster("one"), a.roster("two"); one.Has(user) || two.OnDuty[user].Name != "Anna" {
		t.Errorf("rosters %+v and %+v", one, two)
	}
	a.counted(1)
}

func TestImportFailsRowByRow(t *testing.T) {
	a := newAgency(t)
	other := a.another()
	other.teams("theirs")
	theirs := other.agent("Theirs", nil)
	a.patch(`{"ceiling":{"prompt":"view"}}`)
	a.add("Has", "has@example.com", map[string]any{"externalId": "taken"})
	users := []string{
		`{"name":"Good","email":"good@example.com"}`,
		`{"name":"","email":"bad"}`,
		`{"name":"No address"}`,
		`{"name":"Boss","email":"boss@example.com","role":"owner"}`,
		`{"name":"High","email":"high@example.com","sections":{"prompt":"edit"}}`,
		`{"name":"Team","email":"team@example.com","teams":["theirs"]}`,
		`{"name":"Agent","email":"agent@example.com","agents":["` + theirs + `"]}`,
		`{"name":"Good again","email":"GOOD@example.com"}`,
		`{"name":"Claims","email":"claims@example.com","externalId":"taken"}`,
		`{"name":"Twin","email":"twin@example.com","externalId":"twins"}`,
		`{"name":"Twin","email":"twin2@example.com","externalId":"twins"}`,
		`{"name":"Odd","email":"odd@example.com","nickname":"O"}`,
		`"nobody"`,
		`null`,
		`{"name":"Half \ud800","email":"half@example.com"}`,
		`{"name":"Has","email":"has@example.com","sections":{"prompt":"edit"}}`,
		`{"name":"In","email":"in@example.com","status":"invited"}`,
		`{"name":"List","email":"list@example.com","teams":[[]]}`,
		`{"name":"Object","email":"object@example.com","agents":[{"a":1}]}`,
		`{"name":"Last","email":"last@example.com"}`,
	}
	want := []string{
		"created",
		"invalid 422 body.users[1].name body.users[1].email",
		"invalid 422 body.users[2].email",
		"invalid 422 body.users[3].role",
		"invalid 422 body.users[4].sections.prompt",
		"invalid 422 body.users[5].teams[0]",
		"invalid 422 body.users[6].agents[0]",
		"email_taken 409 body.users[7].email",
		"external_id_taken 409 body.users[8].externalId",
		"created",
		"external_id_taken 409 body.users[10].externalId",
		"invalid 422 body.users[11].nickname",
		"invalid 422 body.users[12]",
		"invalid 422 body.users[13]",
		"invalid 422 body.users[14].name",
		"invalid 422 body.users[15].sections.prompt",
		"invalid 422 body.users[16].status",
		"invalid 422 body.users[17].teams[0]",
		"invalid 422 body.users[18].agents",
		"created",
	}
	answer := a.Admin().Post(a.imports(), `{"users":[`+strings.Join(users, ",")+`]}`)
	got := reported(answer)
	if got.Created != 3 || got.Updated != 0 || got.Failed != 17 || got.statuses() != strings.Join(want, "; ") {
		t.Errorf("%d, %d, %d\ngot  %s\nwant %s", got.Created, got.Updated, got.Failed, got.statuses(), strings.Join(want, "; "))
	}
	if detail := got.Rows[7].Problem.Detail; !strings.Contains(detail, "Row 1 ") {
		t.Errorf("the repeated row's problem names no first one: %s", detail)
	}
	a.counted(4)
}

func TestImportRefusesTheWhole(t *testing.T) {
	a := newAgency(t)
	rows := func(n int) string { return strings.Repeat("Ann,ann@example.com\n", n) }
	for name, tc := range map[string]struct {
		body    any
		headers apitest.Headers
		status  int
		code    problem.Code
		place   string
		says    string
	}{
		"no body":              {"", nil, 400, problem.Malformed, "", ""},
		"not JSON":             {`{"users":`, nil, 400, problem.Malformed, "body", ""},
		"no object":            {`[]`, nil, 422, problem.Invalid, "body", ""},
		"no users":             {`{"dryRun":true}`, nil, 422, problem.Invalid, "body.users", ""},
		"users of a kind":      {`{"users":{}}`, nil, 422, problem.Invalid, "body.users", ""},
		"null for users":       {`{"users":null}`, nil, 422, problem.Invalid, "body.users", ""},
		"unknown member":       {`{"users":[],"dry":true}`, nil, 422, problem.Invalid, "body.dry", ""},
		"dryRun of a kind":     {`{"users":[],"dryRun":"yes"}`, nil, 422, problem.Invalid, "body.dryRun", ""},
		"1,001 users":          {`{"users":[` + strings.Repeat(`{},`, 1000) + `{}]}`, nil, 422, problem.Invalid, "body.users", "1000"},
		"a large body":         {`{"users":["` + strings.Repeat("x", 5<<20) + `"]}`, nil, 413, problem.TooLarge, "", ""},
		"another type":         {"name,email\n", apitest.Headers{"Content-Type": "application/vnd.ms-excel"}, 415, problem.UnsupportedMedia, "header.Content-Type", "text/csv"},
		"another encoding":     {"name,email\n", apitest.Headers{"Content-Type": "text/csv; charset=iso-8859-1"}, 415, problem.UnsupportedMedia, "header.Content-Type", "UTF-8"},
		"1,001 rows":           {"name,email\n" + rows(1001), asCSV, 422, problem.Invalid, "body.users", "1000"},
		"only line ends":       {"\n\n", asCSV, 400, problem.InvalidFile, "body", "no header"},
		"no address column":    {"name,role\n" + rows(1), asCSV, 400, problem.InvalidFile, "body", "email"},
		"unknown column":       {"name,email,phone\n", asCSV, 400, problem.InvalidFile, "body", "phone"},
		"column twice":         {"name,email,Name\n", asCSV, 400, problem.InvalidFile, "body", "name twice"},
		"semicolons":           {"name;email\n", asCSV, 400, problem.InvalidFile, "body", "commas"},
		"no header":            {rows(2), asCSV, 400, problem.InvalidFile, "body", "Ann"},
		"UTF-16":               {"\xff\xfen\x00a\x00m\x00e\x00", asCSV, 400, problem.InvalidFile, "body", "UTF-16"},
		"UTF-16, no mark":      {"n\x00a\x00m\x00e\x00", asCSV, 400, problem.InvalidFile, "body", "UTF-16"},
		"Latin-1":              {"name,email\nAnn,ann@example.com\nRen\xe9,r@example.com\n", asCSV, 400, problem.InvalidFile, "body", "byte 35, in line 3: that looks like Latin-1"},
		"open quotation mark":  {"name,email\nAnn,ann@example.com\n\"Ben,ben@example.com\nCem,cem@example.com\n", asCSV, 400, problem.InvalidFile, "body", "line 3"},
		"query of a kind":      {"name,email\n", apitest.Headers{"Content-Type": "text/csv", "X": "dryRun=maybe"}, 422, problem.Invalid, "query.dryRun", ""},
		"unknown query member": {"name,email\n", apitest.Headers{"Content-Type": "text/csv", "X": "dry=true"}, 422, problem.Invalid, "query.dry", ""},
	} {
		t.Run(name, func(t *testing.T) {
			got := a.Admin().Post(a.imports()+"?"+tc.headers["X"], tc.body, tc.headers)
			if tc.place == "" {
				got.Refused(tc.status, tc.code)
			} else {
				got.Refused(tc.status, tc.code, tc.place)
			}
			if !strings.Contains(string(got.Body), tc.says) {
				t.Errorf("it does not say %q: %s", tc.says, got.Body)
			}
		})
	}
	a.counted(0)
}

func TestImportOfNobody(t *testing.T) {
	a := newAgency(t)
	for _, body := range []string{`{"users":[]}`, "name,email\n", "name,email"} {
		headers := asCSV
		if body[0] == '{' {
			headers = nil
		}
		got := a.Admin().Post(a.imports(), body, headers).Want(http.StatusOK)
		if string(got.Body) != `{"created":0,"updated":0,"failed":0,"rows":[]}`+"\n" {
			t.Errorf("%q: %s", body, got.Body)
		}
	}
}

func TestImportOfARaggedFile(t *testing.T) {
	a := newAgency(t)
	file := "name,email,role\n" +
		"Ann,ann@example.com,user\n" +
		"Ben,ben@example.com\n" +
		"Cem,cem@example.com,user,more\n" +
		"D\"an,dan@example.com,user\n" +
		",,\n" +
		"Eve,eve@example.com,user\n"
	got := reported(a.Admin().Post(a.imports(), file, asCSV))
	want := "created; invalid 422 body.users[1]; invalid 422 body.users[2]; invalid 422 body.users[3]; invalid 422 body.users[4].name body.users[4].email; created"
	if got.statuses() != want {
		t.Errorf("got  %s\nwant %s", got.statuses(), want)
	}
	for i, email := range []string{"ann@example.com", "ben@example.com", "cem@example.com", "", "", "eve@example.com"} {
		if got.Rows[i].Email != email {
			t.Errorf("row %d is of %q, want %q", i+1, got.Rows[i].Email, email)
		}
	}
	a.counted(2)
}

// TestImportInvitesNobodySuspended: who is in the organization already is
// suspended all the same.
func TestImportInvitesNobodySuspended(t *testing.T) {
	a := newAgency(t)
	ann := a.add("Ann", "ann@example.com")
	body := `{"users":[{"name":"Ann","email":"ann@example.com","status":"suspended"},{"name":"Ben","email":"ben@example.com","status":"suspended"},
		{"name":"Cem","email":"cem@example.com","status":"active"}],"invite":true}`
	if got := reported(a.Admin().Post(a.imports(), body)).statuses(); got != "updated; invalid 422 body.users[1].status; created" {
		t.Errorf("%s", got)
	}
	if got := a.Admin().Get(a.user(ann)).At("status"); got != "suspended" {
		t.Errorf("she is %v", got)
	}
}

func TestImportInvites(t *testing.T) {
	a := newAgency(t)
	a.add("Ann", "ann@example.com")
	file := "name,email\nAnn,ann@example.com\nBen,ben@example.com\n"
	if got := reported(a.Admin().Post(a.imports()+"?invite=true", file, asCSV)); got.statuses() != "updated; created" {
		t.Errorf("%+v", got)
	}
	if got := a.Admin().Get(a.users() + "?status=invited").Each("name"); len(got) != 1 || got[0] != "Ben" {
		t.Errorf("invited are %v", got)
	}
}

func TestDryRunStoresNothing(t *testing.T) {
	a := newAgency(t)
	a.add("Ann", "ann@example.com")
	items, activities := a.left(), len(a.activities())
	body := `{"users":[{"name":"Anna","email":"ann@example.com"},{"name":"Ben","email":"ben@example.com"},{"name":"Ben","email":"ben@example.com"}],"dryRun":true}`
	for range 2 {
		answer := a.Admin().Post(a.imports(), body, apitest.Headers{"Idempotency-Key": "k"})
		if got := reported(answer); got.statuses() != "updated; created; email_taken 409 body.users[2].email" || answer.Header.Get("Idempotent-Replayed") != "" {
			t.Errorf("%+v", got)
		}
	}
	if a.left() != items || len(a.activities()) != activities {
		t.Error("something was stored")
	}
	a.counted(1)
}

func TestImportWhereItMay(t *testing.T) {
	a := newAgency(t)
	body := `{"users":[{"name":"Ann","email":"ann@example.com"}]}`
	a.stranger().Post(a.imports(), body).Refused(404, problem.NotFound)
	a.Admin().Post("/organizations/x/users/import", body).Refused(404, problem.NotFound)
	a.Admin().Post("/organizations/"+id.New(id.Organization, time.Now())+"/users/import", body).Refused(404, problem.NotFound)
	a.Client(access.OrgAdmin, id.New(id.Organization, time.Now()), "usr_x").Post(a.imports(), body).Refused(404, problem.NotFound)
	a.Client(access.User, a.org, "usr_x").Post(a.imports(), body).Refused(403, problem.Forbidden)
	a.Member().Post(a.imports(), body).Refused(403, problem.Forbidden)
	a.patch(`{"status":"archived"}`)
	a.Admin().Post(a.imports(), body).Refused(409, problem.ReadOnly)
	a.counted(0)
}

// TestLargeImport is of several transactions, for users known and unknown, on two teams.
func TestLargeImport(t *testing.T) {
	a := newAgency(t)
	a.teams("even", "odd")
	file := func(person string, to int) string {
		var b strings.Builder
		b.WriteString("name,email,teams\n")
		for i := range to {
			fmt.Fprintf(&b, "%s Number%d,p%d@example.com,%s\n", person, i, i, []string{"even", "odd"}[i%2])
		}
		return b.String()
	}
	if most := reported(a.Admin().Post(a.imports()+"?dryRun=true", file("Person", 1000), asCSV)); most.Created != 1000 {
		t.Errorf("of 1,000 rows %d would be created", most.Created)
	}
	first := reported(a.Admin().Post(a.imports(), file("Person", 40), asCSV))
	second := reported(a.Admin().Post(a.imports(), file("Human", 200), asCSV))
	if first.Created != 40 || second.Created != 160 || second.Updated != 40 || second.Failed != 0 {
		t.Errorf("%d; %d, %d and %d", first.Created, second.Created, second.Updated, second.Failed)
	}
	a.counted(200)
	if even, odd := a.roster("even"), a.roster("odd"); even.Size != 100 || odd.Size != 100 || len(odd.OffDuty) != 100 {
		t.Errorf("rosters of %d and %d", even.Size, odd.Size)
	}
	if n := len(a.Admin().All(a.users()+"?q=human&limit=200", "id")); n != 200 {
		t.Errorf("%d are found by their new name", n)
	}
}

// TestImportFillsATeam up to the last place, and stores those who are on no team.
func TestImportFillsATeam(t *testing.T) {
	a := newAgency(t)
	a.teams("support")
	a.crowd("support", 498)
	var file strings.Builder
	file.WriteString("name,email,teams\n")
	for i := range 6 {
		fmt.Fprintf(&file, "User %d,u%d@example.com,%s\n", i, i, []string{"support", ""}[i%2])
	}
	if got := reported(a.Admin().Post(a.imports(), file.String(), asCSV)).statuses(); got != "created; created; created; created; limit_reached 409; created" {
		t.Errorf("%s", got)
	}
	a.counted(5)
}

// asked is how many calls to the table something takes, refused ones included.
func (a agency) asked(do func()) int64 {
	var calls atomic.Int64
	a.Fault = func(*http.Request) (*http.Response, error) {
		calls.Add(1)
		return nil, nil //nolint:nilnil // counted, not broken
	}
	defer a.Mend()
	do()
	return calls.Load()
}

// TestImportIntoAFullTeamAsksForNothing of those for whom there is no room, be
// they new or there already, and says so in a dry run.
func TestImportIntoAFullTeamAsksForNothing(t *testing.T) {
	a := newAgency(t)
	a.teams("support", "sales")
	a.crowd("support", 500)
	a.crowd("sales", 490)
	rows := func(team string) string {
		var file strings.Builder
		file.WriteString("name,email,teams\n")
		for i := range 90 {
			fmt.Fprintf(&file, "User,u%d@example.com,%s\n", i, team)
		}
		return file.String()
	}
	for _, tc := range []struct {
		team, query     string
		created, failed int
		calls           int64
	}{
		{"support", "?dryRun=true", 0, 90, 2},
		{"support", "", 0, 90, 2},
		{"sales", "?dryRun=true", 10, 80, 2},
		{"", "?dryRun=true", 90, 0, 1},
		{"sales", "", 10, 80, 3},
		{"sales", "", 0, 80, 2},
	} {
		var got report
		calls := a.asked(func() { got = reported(a.Admin().Post(a.imports()+tc.query, rows(tc.team), asCSV)) })
		if got.Created != tc.created || got.Failed != tc.failed || calls != tc.calls {
			t.Errorf("%s%s: %d created, %d failed, %d calls; want %+v", tc.team, tc.query, got.Created, got.Failed, calls, tc)
		}
	}
	if p := reported(a.Admin().Post(a.imports(), rows("sales"), asCSV)).Rows[89].Problem; p.Code != problem.LimitReached {
		t.Errorf("failed for %+v", p)
	}
}

// TestImportIntoATeamThatFillsMeanwhile looks once at what is left, and stores
// just those who fit.
func TestImportIntoATeamThatFillsMeanwhile(t *testing.T) {
	a := newAgency(t)
	a.teams("support")
	var file strings.Builder
	file.WriteString("name,email,teams\n")
	for i := range 60 {
		fmt.Fprintf(&file, "User,u%d@example.com,support\n", i)
	}
	calls := 0
	a.Fault = func(r *http.Request) (*http.Response, error) {
		if calls++; calls == 3 { // the first batch; this one is not counted again
			calls++
			a.crowd("support", 495)
		}
		return nil, nil //nolint:nilnil // not broken
	}
	got := reported(a.Admin().Post(a.imports(), file.String(), asCSV))
	a.Mend()
	if got.Created != 5 || got.Failed != 55 || calls > 8 {
		t.Errorf("%d created, %d failed, %d calls", got.Created, got.Failed, calls)
	}
	if size := a.roster("support").Size; size != 500 {
		t.Errorf("a team of %d", size)
	}
}

// TestImportLosesNoRowToARace: two imports at once of the same addresses, each
// with some of its own. Every address is stored once, and who comes second to
// one changes the user who has it by then.
func TestImportLosesNoRowToARace(t *testing.T) {
	a := newAgency(t)
	a.teams("support")
	var group sync.WaitGroup
	reports := make([]report, 3)
	for i := range reports {
		group.Go(func() {
			var users []map[string]any
			for n := range 10 {
				users = append(users,
					map[string]any{"name": nth("Shared %d", n), "email": nth("shared%d@example.com", n), "teams": []string{"support"}},
					map[string]any{"name": nth("Own %d", n), "email": fmt.Sprintf("own%d-%d@example.com", i, n), "teams": []string{"support"}})
			}
			reports[i] = reported(a.Admin().Post(a.imports(), map[string]any{"users": users}))
		})
	}
	group.Wait()
	created, updated := 0, 0
	for _, r := range reports {
		created, updated = created+r.Created, updated+r.Updated
		if r.Failed > 0 {
			t.Errorf("%s", r.statuses())
		}
	}
	if created != 40 || updated != 20 {
		t.Errorf("created %d and updated %d, want 10 shared and 30 own, and 20 shared", created, updated)
	}
	a.counted(40)
	if r := a.roster("support"); r.Size != 40 || len(r.Members()) != 40 {
		t.Errorf("roster of %d with %d members", r.Size, len(r.Members()))
	}
}

// TestImportGoesOnWhatChangedMeanwhile: a user who is changed between reading
// and writing keeps that change.
func TestImportGoesOnWhatChangedMeanwhile(t *testing.T) {
	a := newAgency(t)
	user := a.add("Ann", "ann@example.com")
	var once sync.Once
	a.Fault = func(r *http.Request) (*http.Response, error) {
		if strings.HasSuffix(r.Header.Get("X-Amz-Target"), "TransactWriteItems") {
			once.Do(func() {
				a.Fault = nil
				a.Admin().Patch(a.user(user), `{"language":"it"}`).Want(http.StatusOK)
			})
		}
		return nil, nil //nolint:nilnil // not broken
	}
	file := "name,email\nAnna,ann@example.com\nBen,ben@example.com\n"
	if got := reported(a.Admin().Post(a.imports(), file, asCSV)); got.statuses() != "updated; created" {
		t.Errorf("%+v", got)
	}
	if got := a.Admin().Get(a.user(user)); got.At("name") != "Anna" || got.At("language") != "it" {
		t.Errorf("the user is %s", got.Body)
	}
	a.counted(2)
}

// TestImportGoesOnWhoCameMeanwhile: an address that somebody takes between
// reading and writing is in the organization already.
func TestImportGoesOnWhoCameMeanwhile(t *testing.T) {
	a := newAgency(t)
	a.teams("support")
	var once sync.Once
	user := ""
	a.Fault = func(r *http.Request) (*http.Response, error) {
		if strings.HasSuffix(r.Header.Get("X-Amz-Target"), "TransactWriteItems") {
			once.Do(func() {
				a.Fault = nil
				user = a.add("Ann", "ann@example.com", map[string]any{"language": "it"})
			})
		}
		return nil, nil //nolint:nilnil // not broken
	}
	file := "name,email,teams\nAnna,ann@example.com,support\nBen,ben@example.com,\n"
	if got := reported(a.Admin().Post(a.imports(), file, asCSV)); got.statuses() != "updated; created" {
		t.Errorf("%s", got.statuses())
	}
	if got := a.Admin().Get(a.user(user)); got.At("name") != "Anna" || got.At("language") != "it" || got.At("teams.0") != "support" {
		t.Errorf("the user is %s", got.Body)
	}
	a.counted(2)
}

// TestImportAsksLittleOfWhateverRowsName: rows may name more teams and agents
// than there can be.
func TestImportAsksLittleOfWhateverRowsName(t *testing.T) {
	a := newAgency(t)
	bot := a.agent("Bot", nil)
	users := make([]map[string]any, 90)
	for i := range users {
		agents, teams := []string{bot}, []string{}
		for n := range 20 {
			agents = append(agents, id.New(id.Agent, time.Now()))
			teams = append(teams, "t"+strings.Repeat("_", i%10)+string(rune('a'+n)))
		}
		users[i] = map[string]any{"name": nth("User %d", i), "email": nth("u%d@example.com", i), "agents": agents, "teams": teams}
	}
	users[0]["agents"], users[0]["teams"] = []string{bot}, []string{}
	a.Meter.Take()
	got := reported(a.Admin().Post(a.imports()+"?dryRun=true", map[string]any{"users": users}))
	if calls := a.Meter.Take(); got.Created != 1 || got.Failed != 89 || len(calls) != 2 {
		t.Errorf("%d created, %d failed, %d calls", got.Created, got.Failed, len(calls))
	}
}

func TestImportIsIdempotent(t *testing.T) {
	a := newAgency(t)
	once := apitest.Headers{"Idempotency-Key": "k", "Content-Type": "text/csv"}
	file := "name,email\nAnn,ann@example.com\nBen,bad\n"
	var group sync.WaitGroup
	var mu sync.Mutex
	replayed := 0
	for range 4 {
		group.Go(func() {
			answer := a.Admin().Post(a.imports(), file, once)
			got := reported(answer)
			if got.Created != 1 || got.Updated != 0 || got.Failed != 1 {
				t.Errorf("%+v", got)
			}
			mu.Lock()
			defer mu.Unlock()
			if answer.Header.Get("Idempotent-Replayed") == "true" {
				replayed++
				if len(got.Rows) != 0 {
					t.Errorf("a replay has rows: %+v", got.Rows)
				}
			}
		})
	}
	group.Wait()
	if replayed != 3 {
		t.Errorf("%d replays, want 3", replayed)
	}
	a.Admin().Post(a.imports(), file+"Cem,cem@example.com\n", once).Refused(422, problem.IdempotencyReused, "header.Idempotency-Key")
	a.Admin().Post(a.imports()+"?invite=true", file, once).Refused(422, problem.IdempotencyReused, "header.Idempotency-Key")
	// The same key of another caller is another key.
	if got := reported(a.Owner().Post(a.imports(), file, once)); got.Updated != 1 {
		t.Errorf("%+v", got)
	}
	a.counted(1)
}

func TestRefusedImportLeavesItsKeyFree(t *testing.T) {
	a := newAgency(t)
	once := apitest.Headers{"Idempotency-Key": "k"}
	body := `{"users":[{"name":"Ann","email":"ann@example.com"}]}`
	a.patch(`{"status":"archived"}`)
	a.Admin().Post(a.imports(), body, once).Refused(409, problem.ReadOnly)
	a.patch(`{"status":"active"}`)
	if got := reported(a.Admin().Post(a.imports(), body, once)); got.Created != 1 {
		t.Errorf("%+v", got)
	}
}

func TestImportSurvivesFaults(t *testing.T) {
	for _, fault := range apitest.Faults {
		for nth := range 4 {
			t.Run(fmt.Sprint(fault, " at call ", nth), func(t *testing.T) {
				a := newAgency(t)
				a.teams("support")
				a.add("Ann", "ann@example.com")
				a.Break(fault, nth, 1)
				body := `{"users":[{"name":"Anna","email":"ann@example.com","teams":["support"]},{"name":"Ben","email":"ben@example.com"}]}`
				got := reported(a.Admin().Post(a.imports(), body, apitest.Headers{"Idempotency-Key": "k"}))
				a.Mend()
				if got.statuses() != "updated; created" {
					t.Errorf("%+v", got)
				}
				a.counted(2)
				if n := a.roster("support").Size; n != 1 {
					t.Errorf("a team of %d", n)
				}
			})
		}
	}
}

// TestImportRecordsEachUser: one activity for each, in the transaction of the change.
func TestImportRecordsEachUser(t *testing.T) {
	a := newAgency(t)
	a.add("Ann", "ann@example.com")
	reported(a.Admin().Post(a.imports(), "name,email\nAnna,ann@example.com\nBen,ben@example.com\n", asCSV))
	var actions []string
	for _, item := range a.activities()[2:] {
		var got struct{ Target struct{ Name string } }
		if err := table.Item(item).Decode(&got); err != nil {
			t.Fatal(err)
		}
		actions = append(actions, item.String("action")+" "+got.Target.Name)
	}
	if got := strings.Join(actions, ", "); got != "user.updated Anna, user.added Ben" && got != "user.added Ben, user.updated Anna" {
		t.Errorf("recorded %s", got)
	}
}
