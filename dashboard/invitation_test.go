package dashboard_test

import (
	"net/http"
	"strings"
	"testing"

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
	b.sees("You’re in", "Ann Lee-Ruiz", "Café del Mar", "Conversations", "Can edit", "Reservations")
	b.picture("in")
	if strings.Contains(b.address(), "#") {
		t.Errorf("the token is still in %s", b.address())
	}
	if got := s.Owner().Get(s.invitation(id)).Want(http.StatusOK).At("state"); got != "accepted" {
		t.Errorf("the invitation is %v", got)
	}
	b.visit(b.address())
	b.sees("You’re in") // the session is kept
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
	b.until("the dialog is closed", "!document.querySelector('dialog[open]')")
	b.do(chromedp.Focus(chromedp.CSS("#name")), chromedp.KeyEvent(kb.Enter))
	b.sees("You’re in", "Ann Lee")
	if got := eval[string](b, "document.activeElement.innerText"); got != "You’re in" {
		t.Errorf("the focus is on %q", got)
	}
}
