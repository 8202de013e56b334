package dashboard_test

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"atrium/infra/browser"
	"atrium/infra/local/dynamo"
	"atrium/shared/apitest"
)

// What is tried here is tried in a Chromium, against all operations.

var pictures = flag.String("pictures", "", "write a picture of every state into this folder, to look at")

// chromium is the one browser of all tests, each of which has a profile of its own in it.
var chromium struct {
	sync.Once
	context context.Context
	done    func()
	err     error
}

func TestMain(m *testing.M) {
	code := m.Run()
	if chromium.done != nil {
		chromium.done()
	}
	os.Exit(code)
}

// needBrowser starts the browser. Where there is none a person's own tests go
// on without, and say so; those of a change may not.
func needBrowser(t *testing.T) {
	t.Helper()
	chromium.Do(func() { chromium.context, chromium.done, chromium.err = browser.Start(context.Background()) })
	switch {
	case chromium.err == nil:
	case errors.Is(chromium.err, exec.ErrNotFound) && os.Getenv("CI") != "true":
		t.Skip("There is no Chromium on the PATH to try the pages in: run infra/tools/need-chromium.")
	default:
		t.Fatal(chromium.err)
	}
}

// site is a world behind its pages, as one host, with an agency and a client in it.
type site struct {
	*apitest.World
	url  string
	org  string
	post *apitest.Postbox
	// later is how much later it is in this world.
	later atomic.Int64
	// instead, when set, answers what pages ask of the API.
	instead atomic.Pointer[http.HandlerFunc]
}

func newSite(t *testing.T) *site {
	t.Helper()
	needBrowser(t)
	s := &site{World: apitest.NewStreamed(t), post: &apitest.Postbox{}}
	s.Now = func() time.Time { return time.Now().Add(time.Duration(s.later.Load())) }
	mux := http.NewServeMux()
	mux.Handle("/", app(t))
	mux.HandleFunc("/v1/", func(w http.ResponseWriter, r *http.Request) {
		if instead := s.instead.Load(); instead != nil {
			(*instead)(w, r)
			return
		}
		s.ServeHTTP(w, r)
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	s.url = server.URL
	s.Workspace = s.Nobody().Post("/workspaces", `{"name":"Brightside","owner":{"name":"Olga Marin","email":"olga@agency.example"}}`).Want(http.StatusCreated).ID()
	s.org = s.client("Café del Mar")
	return s
}

func (s *site) client(name string) string {
	s.T.Helper()
	return s.Owner().Post("/organizations", map[string]any{"name": name, "brand": map[string]any{"primaryColor": "#0f9d8a"}}).Want(http.StatusCreated).ID()
}

func (s *site) user(org, email string) {
	s.T.Helper()
	s.Owner().Post("/organizations/"+org+"/users", map[string]string{"name": "Ann Lee", "email": email}).Want(http.StatusCreated)
}

// invite sends an invitation, and returns its id and the link in its mail.
func (s *site) invite(email string, more map[string]any) (id, link string) {
	s.T.Helper()
	body := map[string]any{"email": email, "name": "Ann Lee", "language": "en", "sections": map[string]string{"home": "view", "conversations": "edit"}}
	for name, value := range more {
		body[name] = value
	}
	id = s.Owner().Post("/organizations/"+s.org+"/invitations", body).Want(http.StatusCreated).ID()
	return id, s.mailed(email)
}

func (s *site) invitation(id string) string {
	return "/organizations/" + s.org + "/invitations/" + id
}

// signIn asks for a sign-in link, and returns the one that is mailed.
func (s *site) signIn(email string) string {
	s.T.Helper()
	s.Nobody().Post("/sign-in", map[string]string{"email": email}).Want(http.StatusAccepted)
	return s.mailed(email)
}

var button = regexp.MustCompile(`https://dashboard\.example(/(?:invitation|sign-in)#\S+)`)

// mailed has the mails sent, and is the link in the last one to an address.
func (s *site) mailed(email string) (link string) {
	s.T.Helper()
	courier := s.Courier(s.post)
	for range 2 { // a request for a link first makes the link
		s.Deliver(courier)
	}
	for _, mail := range s.post.Mails() {
		found := button.FindStringSubmatch(mail.Get("Message.Body.Text.Data"))
		if found != nil && mail.Get("Destination.ToAddresses.member.1") == email {
			link = s.url + found[1]
		}
	}
	if link == "" {
		s.T.Fatalf("%s got no link in %d mails", email, len(s.post.Mails()))
	}
	return link
}

// items is how many the table holds, of all kinds.
func (s *site) items() (n int32) {
	s.T.Helper()
	pages := dynamodb.NewScanPaginator(dynamo.Client(s.Endpoint), &dynamodb.ScanInput{TableName: aws.String(s.TableName), Select: types.SelectCount})
	for pages.HasMorePages() {
		page, err := pages.NextPage(s.T.Context())
		if err != nil {
			s.T.Fatal(err)
		}
		n += page.Count
	}
	return n
}

// refuse makes the API answer everything with a problem; allow ends that.
func (s *site) refuse(status int, code string, header http.Header) {
	answer := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		for name, values := range header {
			w.Header()[name] = values
		}
		w.Header().Set("Content-Type", "application/problem+json")
		w.WriteHeader(status)
		_, _ = fmt.Fprintf(w, `{"status":%d,"code":%q,"instance":"req-7"}`, status, code)
	})
	s.instead.Store(&answer)
}

func (s *site) allow() { s.instead.Store(nil) }

// tab is somebody's browser.
type tab struct {
	t   *testing.T
	ctx context.Context
}

// open opens a link in a browser of its own.
func (s *site) open(t *testing.T, link string) *tab {
	t.Helper()
	ctx, done := chromedp.NewContext(chromium.context, chromedp.WithNewBrowserContext())
	t.Cleanup(done)
	ctx, stop := context.WithTimeout(ctx, 3*time.Minute)
	t.Cleanup(stop)
	b := &tab{t, ctx}
	b.watch()
	b.do(chromedp.EmulateViewport(1440, 900))
	b.visit(link)
	return b
}

// watch fails the test at whatever a page complains of, its policy above all;
// but for refusals of the API, which browsers tell of, too.
func (b *tab) watch() {
	messages := chromedp.Console(b.ctx)
	go func() {
		for m, err := range messages {
			if err != nil {
				return
			}
			if m.Source != "network" {
				b.t.Errorf("the console says: %s", m)
			}
		}
	}()
}

func (b *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.t.Fatal(err)
	}
}

func (b *tab) visit(link string) {
	b.t.Helper()
	b.do(chromedp.Navigate(link))
}

// evaluate is what an expression comes to in the page. It fails while the page gives
// way to another one.
func evaluate[T any](b *tab, expression string, values ...any) (T, error) {
	quoted := make([]any, len(values))
	for i, value := range values {
		quoted[i] = quote(value)
	}
	return chromedp.Run(b.ctx, chromedp.Evaluate[T](fmt.Sprintf(expression, quoted...)))
}

// eval is evaluate where the page stays.
func eval[T any](b *tab, expression string, values ...any) T {
	b.t.Helper()
	got, err := evaluate[T](b, expression, values...)
	if err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
	return got
}

// quote is a value as JavaScript writes it.
func quote(value any) string {
	encoded, err := json.Marshal(value)
	if err != nil {
		panic(err) // tests quote texts and numbers
	}
	return string(encoded)
}

// text is what the page shows.
func (b *tab) text() string {
	b.t.Helper()
	text, _ := evaluate[string](b, `(document.querySelector('[role=dialog]') ?? document.body)?.innerText ?? ''`)
	return text
}

// until waits for something to be so in the page.
func (b *tab) until(what, expression string, values ...any) {
	b.t.Helper()
	b.await(func() bool {
		so, err := evaluate[bool](b, expression, values...)
		return so && err == nil
	}, func() string { return "never: " + what })
}

func (b *tab) await(so func() bool, otherwise func() string) {
	b.t.Helper()
	deadline := time.Now().Add(time.Minute)
	for !so() {
		if time.Now().After(deadline) {
			b.t.Fatal(otherwise())
		}
		time.Sleep(30 * time.Millisecond)
	}
}

// sees waits until the page shows all of these, and none of it goes off the
// smallest screen.
func (b *tab) sees(sentences ...string) {
	b.t.Helper()
	for _, sentence := range sentences {
		b.await(func() bool { return strings.Contains(b.text(), sentence) }, func() string {
			return fmt.Sprintf("the page does not say %q, but:\n%s", sentence, b.text())
		})
	}
	if err := browser.Fits(b.ctx, 320); err != nil {
		b.t.Errorf("%q: %v", sentences[0], err)
	}
	b.do(chromedp.EmulateViewport(1440, 900))
}

const find = `[...document.querySelectorAll('button, a, [role=menuitem]')].find((e) => e.checkVisibility() && e.innerText.trim().startsWith(%s))`

// press clicks a button or link by what it says.
func (b *tab) press(label string) {
	b.t.Helper()
	b.until(label, "Boolean("+find+")", label)
	b.do(chromedp.Click(chromedp.JSPath(fmt.Sprintf(find, quote(label)))))
}

// write types over what stands in a field.
func (b *tab) write(name, text string) {
	b.t.Helper()
	b.until("field "+name, "Boolean(document.getElementById(%s))", name)
	eval[bool](b, "document.getElementById(%s).select() ?? true", name)
	b.do(chromedp.SendKeys(chromedp.CSS("#"+name), text))
}

// account opens the menu of what one can do about oneself.
func (b *tab) account() {
	b.t.Helper()
	const button = "[...document.querySelectorAll('button[aria-haspopup=menu]')].find((e) => e.checkVisibility())"
	b.until("the account's menu", "Boolean("+button+")")
	b.do(chromedp.Click(chromedp.JSPath(button)))
}

func (b *tab) address() string { b.t.Helper(); return eval[string](b, "location.href") }

// offline cuts the page off, or connects it again.
func (b *tab) offline(cut bool) {
	b.t.Helper()
	b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{
			MatchedNetworkConditions: []*network.Conditions{{Offline: cut, DownloadThroughput: -1, UploadThroughput: -1}},
		})
		return err
	}))
}

// picture draws the page in all views, where that was asked for.
func (b *tab) picture(name string) {
	b.t.Helper()
	if *pictures == "" {
		return
	}
	for _, width := range []int64{1440, 390} {
		for _, scheme := range []string{"light", "dark"} {
			b.do(chromedp.EmulateViewport(width, 844), browser.Prefer(scheme))
			png, err := browser.Shot(b.ctx)
			if err == nil {
				err = os.WriteFile(filepath.Join(*pictures, fmt.Sprintf("%s.%d.%s.png", name, width, scheme)), png, 0o600)
			}
			if err != nil {
				b.t.Fatal(err)
			}
		}
	}
	b.do(chromedp.EmulateViewport(1440, 900), browser.Prefer("light"))
}
