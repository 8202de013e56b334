package dashboard_test

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestSigningInByALink(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.user(s.org, "ann@example.com")
	link := s.signIn("ann@example.com")
	b := s.open(t, link)
	b.sees("Sign in", "It works once.")
	b.picture("sign-in")
	b.press("Sign in")
	b.sees("Welcome, Ann Lee", "Café del Mar · User", "No agent has been assigned to you yet.")
	if strings.Contains(b.address(), "#") {
		t.Errorf("the code is still in %s", b.address())
	}
	late := s.open(t, link)
	late.press("Sign in")
	late.sees("This link has been used", "E-mail")
	late.picture("used")
	b.account()
	b.press("Sign out")
	b.sees("Enter your e-mail address")
	b.visit(b.address())
	b.sees("Enter your e-mail address")
	if kept := eval[int](b, "localStorage.length"); kept != 0 {
		t.Errorf("%d things are kept of who has signed out", kept)
	}
}

func TestADeadSignInLinkSaysWhy(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.user(s.org, "ann@example.com")
	link := s.signIn("ann@example.com")
	b := s.open(t, link[:len(link)-1])
	b.press("Sign in")
	b.sees("This link does not work", "E-mail")
	expired := s.open(t, link)
	s.later.Store(int64(time.Hour))
	expired.press("Sign in")
	expired.sees("This link has expired", "E-mail")
	s.later.Store(0)
	s.Owner().Patch("/organizations/"+s.org, `{"status":"suspended"}`).Want(http.StatusOK)
	shut := s.open(t, link)
	shut.press("Sign in")
	shut.sees("Your organization lets nobody in at the moment.")
	s.Owner().Patch("/organizations/"+s.org, `{"status":"active"}`).Want(http.StatusOK)
	shut.press("Sign in")
	shut.sees("Welcome,")
}

func TestWhoCanBeSeveralChooses(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	second, shut := s.client("Bodega Ruiz"), s.client("Closed Ltd")
	for _, org := range []string{s.org, second, shut} {
		s.user(org, "olga@agency.example")
	}
	s.Owner().Patch("/organizations/"+shut, `{"status":"suspended"}`).Want(http.StatusOK)
	b := s.open(t, s.signIn("olga@agency.example"))
	b.press("Sign in")
	b.sees("Where would you like to go?", "Brightside", "Owner", "Café del Mar", "Bodega Ruiz")
	b.picture("choose")
	if strings.Contains(b.text(), "Closed Ltd") {
		t.Error("what is closed can be chosen")
	}
	b.visit(b.address()) // the choice is still to be made
	b.press("Bodega Ruiz")
	b.sees("Welcome, Ann Lee", "Bodega Ruiz · User")
	b.account()
	b.press("Switch to Brightside")
	b.sees("Brightside", "Clients", "New Client")
	b.picture("in.staff")
}

func TestALinkIsAskedFor(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.user(s.org, "ann@example.com")
	b := s.open(t, s.url+"/sign-in")
	b.sees("Enter your e-mail address")
	b.picture("ask")
	b.write("email", "ann@")
	b.press("Send link")
	b.sees("Enter an e-mail address such as ann@example.com.")
	b.write("email", "nobody@example.com")
	b.press("Send link")
	b.sees("If nobody@example.com is known here")
	b.picture("sent")
	b.press("Use another address")
	if got := eval[string](b, "document.getElementById('email').value"); got != "nobody@example.com" {
		t.Errorf("what was typed is now %q", got)
	}
	b.write("email", "ann@example.com")
	b.press("Send link")
	b.sees("If ann@example.com is known here")
	s.mailed("ann@example.com")
	for range 9 {
		s.Nobody().Post("/sign-in", `{"email":"ann@example.com"}`).Want(http.StatusAccepted)
	}
	b.press("Use another address")
	b.press("Send link")
	b.sees("There were too many tries. Please try again in")
	b.picture("often")
}

// Who was signed in and no longer is gets the form, and no riddle.
func TestASessionThatEndedAsksForALink(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.user(s.org, "ann@example.com")
	b := s.open(t, s.signIn("ann@example.com"))
	b.press("Sign in")
	b.sees("Welcome,")
	s.later.Store(int64(31 * 24 * time.Hour))
	b.visit(b.address())
	b.sees("Enter your e-mail address")
}

// An access token lives for a quarter of an hour: the page goes on by itself.
func TestASessionGoesOn(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.user(s.org, "ann@example.com")
	b := s.open(t, s.signIn("ann@example.com"))
	b.press("Sign in")
	b.sees("Welcome,")
	token := eval[string](b, "localStorage.getItem('session')")
	s.later.Store(int64(time.Hour))
	b.visit(b.address())
	b.sees("Welcome,")
	if next := eval[string](b, "localStorage.getItem('session')"); next == token || next == "" {
		t.Error("the refresh token is the same")
	}
}

// Who cannot be signed out is told, and stays in.
func TestSigningOutMayFail(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.user(s.org, "ann@example.com")
	b := s.open(t, s.signIn("ann@example.com"))
	b.press("Sign in")
	b.sees("Welcome,")
	b.account()
	b.until("what one can do about oneself", "Boolean(document.querySelector('[role=menuitem]'))")
	b.offline(true)
	b.press("Sign out")
	b.sees("We cannot reach the server.")
	b.offline(false)
	b.account()
	b.press("Sign out")
	b.sees("Enter your e-mail address")
}

// Before anybody has signed in, the page is the agency's whose host it is.
func TestTheHostsBrandIsWorn(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	host := strings.Replace(strings.TrimPrefix(s.url, "http://"), "127.0.0.1", "localhost", 1)
	s.Owner().Patch("/workspace", map[string]any{"language": "de", "dashboardHost": host, "brand": map[string]any{
		"primaryColor": "#7c3aed", "footer": "Brightside Digital Ltd\n12 Harbour Street, Dublin", "privacyUrl": "https://agency.example/privacy",
	}}).Want(http.StatusOK)
	b := s.open(t, "http://"+host+"/sign-in")
	b.sees("Anmeldung bei Brightside")
	b.picture("host")
	if got := eval[string](b, "document.querySelector('footer').innerText"); !strings.Contains(got, "12 Harbour Street") || !strings.Contains(got, "Datenschutz") {
		t.Errorf("below it says %q", got)
	}
}
