package dashboard_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

func TestAnInvitationIsAcceptedByAClick(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	agent := s.Owner().Post("/agents", `{"name":"Reservations","description":"Takes bookings, day and night"}`).Want(http.StatusCreated).ID()
	s.Owner().Put("/organizations/"+s.org+"/agents/"+agent, `{}`).Want(http.StatusCreated)
	id, link := s.invite("ann@example.com", map[string]any{"role": "org_admin"})
	b := s.open(t, link)
	b.sees("Sam owner has invited you to Café del Mar", "ann@example.com", "Administrator", "in 7 days")
	if got := eval[string](b, "document.title + document.documentElement.lang + document.getElementById('name').value"); got != "Sam owner has invited you to Café del MarenAnn Lee" {
		t.Errorf("title, language and name are %q", got)
	}
	b.picture("invitation")
	b.write("name", "Ann Lee-Ruiz")
	b.press("Accept")
	b.sees("Welcome, Ann Lee-Ruiz", "Café del Mar", "Conversations", "Can edit", "Reservations")
	b.picture("in")
	if strings.Contains(b.address(), "#") {
		t.Errorf("the token is still in %s", b.address())
	}
	if got := s.Owner().Get(s.invitation(id)).Want(http.StatusOK).At("state"); got != "accepted" {
		t.Errorf("the invitation is %v", got)
	}
	b.visit(b.address())
	b.sees("Welcome,") // the session is kept
}

func TestAnInvitationIsAcceptedByKeyboard(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, link := s.invite("ann@example.com", nil)
	b := s.open(t, link)
	b.sees("has invited you")
	for _, want := range []string{"name", "Accept invitation", "Decline"} {
		b.do(chromedp.KeyEvent(kb.Tab))
		got := eval[string](b, "document.activeElement.id || document.activeElement.innerText")
		if got != want || eval[string](b, "getComputedStyle(document.activeElement).outlineStyle") == "none" {
			t.Errorf("the focus is on %q, want %q, and visible", got, want)
		}
	}
	b.do(chromedp.KeyEvent(kb.Enter))
	b.sees("Decline this invitation?")
	b.do(chromedp.KeyEvent(kb.Escape))
	b.until("the dialog is closed", "!document.querySelector('[role=dialog]')")
	b.do(chromedp.Focus(chromedp.CSS("#name")), chromedp.KeyEvent(kb.Enter))
	b.sees("Welcome,", "Ann Lee")
	if got := eval[string](b, "document.activeElement.innerText"); got != "Welcome, Ann Lee" {
		t.Errorf("the focus is on %q", got)
	}
}

func TestAnInvitationIsDeclined(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	id, link := s.invite("ann@example.com", nil)
	state := func() any { return s.Owner().Get(s.invitation(id)).Want(http.StatusOK).At("state") }
	b := s.open(t, link)
	b.press("Decline")
	b.sees("Decline this invitation?", "Sam owner will see that you declined")
	b.picture("declining")
	b.press("Go back")
	if got := state(); got != "pending" {
		t.Errorf("before it is confirmed, the invitation is %v", got)
	}
	b.press("Decline")
	b.press("Decline invitation")
	b.sees("You have declined")
	b.picture("declined")
	if got := state(); got != "declined" {
		t.Errorf("the invitation is %v", got)
	}
	b.visit("about:blank")
	b.visit(link)
	b.sees("This invitation was declined")
}

func TestStaffAreInvited(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.Owner().Post("/staff", `{"email":"bo@agency.example","name":"Bo Ruiz","role":"admin"}`).Want(http.StatusCreated)
	b := s.open(t, s.mailed("bo@agency.example"))
	b.sees("Sam owner has invited you to join Brightside", "You manage clients, agents, staff and settings.")
	b.picture("staff")
	b.press("Accept")
	b.sees("Brightside", "Clients", "Café del Mar")
}

func TestADeadInvitationSaysWhy(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	ends := map[string]struct {
		sees string
		end  func(id, token string)
	}{
		"revoked":  {"This invitation was taken back", func(id, _ string) { s.Owner().Post(s.invitation(id)+"/revoke", nil).Want(http.StatusOK) }},
		"replaced": {"There is a newer invitation", func(id, _ string) { s.Owner().Post(s.invitation(id)+"/resend", nil).Want(http.StatusOK) }},
		"declined": {"This invitation was declined", func(_, token string) {
			s.Nobody().Post("/invitations/"+token+"/decline", nil).Want(http.StatusNoContent)
		}},
		"accepted": {"This invitation has been accepted", func(_, token string) {
			s.Nobody().Post("/invitations/"+token+"/accept", `{}`).Want(http.StatusOK)
		}},
		"expired": {"This invitation has expired", func(string, string) { s.later.Store(int64(8 * 24 * time.Hour)) }},
	}
	for name, dies := range ends {
		id, link := s.invite(name+"@example.com", nil)
		early := s.open(t, link)
		early.write("name", "Anna")
		_, token, _ := strings.Cut(link, "#")
		dies.end(id, token)
		late := s.open(t, link)
		late.sees(dies.sees)
		late.picture("dead." + name)
		early.press("Accept")
		early.sees(dies.sees)
		s.later.Store(0)
	}
}

func TestWhatIsNoInvitation(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, link := s.invite("ann@example.com", nil)
	b := s.open(t, link[:len(link)-1])
	b.sees("This link does not work")
	b.picture("forged")
	b.visit(s.url + "/invitation#" + strings.Repeat("a/?%\"<b>", 100))
	b.sees("This link does not work")
	b.visit(s.url + "/invitation")
	b.sees("Open your invitation from the mail")
	b.picture("unlinked")
	b.visit(link) // the same page, with another fragment
	b.sees("has invited you")
	b.press("Accept")
	b.sees("Welcome,")
}

// An organization that is closed takes nobody in, and its invitation waits.
func TestAClosedOrganizationTakesNobodyIn(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, link := s.invite("ann@example.com", nil)
	s.Owner().Patch("/organizations/"+s.org, `{"status":"suspended"}`).Want(http.StatusOK)
	b := s.open(t, link)
	b.write("name", "Anna Maria")
	b.press("Accept")
	b.sees("Café del Mar lets nobody in at the moment")
	b.picture("closed")
	s.Owner().Patch("/organizations/"+s.org, `{"status":"active"}`).Want(http.StatusOK)
	b.press("Accept")
	b.sees("Welcome,", "Anna Maria")
}

// Whatever comes between, what was typed stays, and the next try may succeed.
func TestWhatWasTypedStays(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, link := s.invite("ann@example.com", nil)
	b := s.open(t, link)
	b.write("name", "Anna Maria")
	hindered := func(sentence string) {
		b.t.Helper()
		b.press("Accept")
		b.sees(sentence)
		if got := eval[string](b, "document.querySelector('form [role=alert]').innerText + document.getElementById('name').value"); !strings.Contains(got, sentence) || !strings.HasSuffix(got, "Anna Maria") {
			t.Errorf("it is said, and typed: %q", got)
		}
	}
	b.offline(true)
	hindered("We cannot reach the server.")
	b.picture("offline")
	b.offline(false)
	s.refuse(http.StatusTooManyRequests, "rate_limited", http.Header{"Retry-After": {"300"}})
	hindered("Please try again in 5 minutes.")
	s.refuse(http.StatusServiceUnavailable, "throttled", nil)
	hindered("We cannot answer right now. Please try again in a moment.")
	s.refuse(http.StatusInternalServerError, "internal", nil)
	hindered("req-7")
	s.allow()
	eval[string](b, `document.getElementById('name').value = %s`, "Anna\u202eMaria")
	b.press("Accept")
	b.sees("There is something in this name that cannot be seen.")
	b.picture("fault")
	b.write("name", "Anna Maria")
	b.press("Accept")
	b.sees("Welcome,", "Anna Maria")
}

// An answer that is lost on the way has let one in all the same: the second
// press gets it again.
func TestAnAnswerThatIsLostIsGivenAgain(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, link := s.invite("ann@example.com", nil)
	b := s.open(t, link)
	b.sees("has invited you")
	lose := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.ServeHTTP(httptest.NewRecorder(), r)
		panic(http.ErrAbortHandler)
	})
	s.instead.Store(&lose)
	b.press("Accept")
	b.sees("We cannot reach the server.")
	s.allow()
	b.press("Accept")
	b.sees("Welcome,", "Ann Lee")
}

func TestAPageThatCannotReachTheServerIsTriedAgain(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, link := s.invite("ann@example.com", nil)
	s.refuse(http.StatusServiceUnavailable, "throttled", http.Header{"Retry-After": {"20"}})
	b := s.open(t, link)
	b.sees("This does not work at the moment", "in 20 seconds")
	b.picture("unavailable")
	s.allow()
	b.press("Try again")
	b.sees("has invited you")
}

func TestEveryLanguageInvites(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for language, sentences := range map[string][]string{
		"en": {"Sam owner has invited you to Café del Mar", "It expires in 7 days."},
		"es": {"Sam owner le ha invitado a Café del Mar", "Caduca dentro de 7 días."},
		"fr": {"Sam owner vous invite à rejoindre Café del Mar", "Elle expire dans 7 jours."},
		"de": {"Sam owner hat Sie zu Café del Mar eingeladen", "Sie läuft in 7 Tagen ab."},
		"pt": {"Sam owner enviou-lhe um convite para Café del Mar", "Expira em 7 dias."},
		"it": {"Sam owner Le ha inviato un invito a Café del Mar", "Scade tra 7 giorni."},
	} {
		_, link := s.invite(language+"@example.com", map[string]any{"language": language, "role": "org_admin"})
		b := s.open(t, link)
		b.sees(sentences...)
		b.picture("language." + language)
		if got := eval[string](b, "document.documentElement.lang"); got != language {
			t.Errorf("%s: the page is %s to browsers", language, got)
		}
	}
}

// Names are text, whatever is in them, and however long.
func TestHostileNamesAreNames(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.org = s.client(`<img src=x onerror=alert(1)>` + strings.Repeat("漢字が続く會社名👩🏽‍🚀", 7))
	s.Owner().Patch("/workspace", map[string]any{"brand": map[string]any{
		"font": "Comic Sans MS", "footer": "</footer><script>alert(1)</script>\n" + strings.Repeat("unbreakable", 30), "websiteUrl": "https://agency.example", "darkMode": true,
	}}).Want(http.StatusOK)
	_, link := s.invite(strings.Repeat("a", 60)+"@"+strings.Repeat("b", 60)+".example", map[string]any{"name": `"><b>` + strings.Repeat("W", 110)})
	b := s.open(t, link)
	b.sees("<img src=x onerror=alert(1)>漢字")
	b.picture("hostile")
	if got := eval[string](b, "document.documentElement.dataset.theme + getComputedStyle(document.body).colorScheme + document.querySelectorAll('main b, main img, footer script').length"); got != "darkdark0" {
		t.Errorf("theme, scheme and elements of names: %s", got)
	}
	b.press("Accept")
	b.sees("Welcome,")
}
