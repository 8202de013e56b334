package dashboard_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// Scanners of mail fetch a link, follow it in a browser with scripts, and wait
// for what happens. Nothing may: not until a person presses the button.
func TestAScannerOpensNothing(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.user(s.org, "ann@example.com")
	_, invitation := s.invite("bo@example.com", nil)
	for _, link := range []struct{ address, waits, button string }{
		{invitation, "has invited you", "Accept"}, {s.signIn("ann@example.com"), "It works once.", "Sign in"},
	} {
		before := s.items()
		s.fetch(http.MethodHead, link.address)
		for range 10 {
			s.fetch(http.MethodGet, link.address)
		}
		scanner := s.open(t, link.address)
		scanner.sees(link.waits)
		scanner.do(chromedp.Sleep(2 * time.Second)) // whatever runs by itself has had its time
		scanner.sees(link.waits)
		if kept := eval[int](scanner, "localStorage.length + sessionStorage.length + document.cookie.length"); kept != 0 {
			t.Errorf("%s: the scanner's browser keeps something", link.waits)
		}
		if after := s.items(); after != before {
			t.Errorf("%s: the table had %d items, and has %d", link.waits, before, after)
		}
		person := s.open(t, link.address)
		person.press(link.button)
		person.sees("Welcome,")
		if s.items() <= before {
			t.Errorf("%s: a session leaves no item, so that counting them proves nothing", link.waits)
		}
	}
}

// fetch asks for a link as programs do that run no scripts.
func (s *site) fetch(method, address string) {
	s.T.Helper()
	r, err := http.NewRequestWithContext(s.T.Context(), method, address, nil)
	if err != nil {
		s.T.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		s.T.Fatal(err)
	}
	_ = answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		s.T.Errorf("%s: %d", method, answer.StatusCode)
	}
}
