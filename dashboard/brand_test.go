package dashboard_test

import (
	"net/http"
	"strings"
	"testing"

	"atrium/infra/browser"
	"atrium/infra/mails/sample"
	"atrium/shared/apitest"
)

// contrast is WCAG's, of an element's text on what is behind it, and the least
// between a button's edge and the card.
const contrast = `((selector) => {
	const luminance = (text) => {
		const [r, g, b] = text.match(/\d+/g).map((n) => (n / 255 <= 0.04045 ? n / 255 / 12.92 : ((n / 255 + 0.055) / 1.055) ** 2.4));
		return 0.2126 * r + 0.7152 * g + 0.0722 * b;
	};
	const ratio = (a, b) => (Math.max(luminance(a), luminance(b)) + 0.05) / (Math.min(luminance(a), luminance(b)) + 0.05);
	const style = getComputedStyle(document.querySelector(selector));
	const card = getComputedStyle(document.querySelector('main')).backgroundColor;
	return [ratio(style.color, style.backgroundColor), ratio(style.borderTopColor, card)];
})(%s)`

func TestEveryBrandsButtonCanBeRead(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, link := s.invite("ann@example.com", nil)
	b := s.open(t, link)
	for _, primary := range []string{"#000000", "#ffffff", "#808080", "#ffff00", "#0000ff", "#ff0000", "#00ff00", "#1a73e8", "#0f9d8a", "#222244", "#ffe4e1", ""} {
		s.Owner().Patch("/organizations/"+s.org, map[string]any{"brand": map[string]any{"primaryColor": primary}}).Want(http.StatusOK)
		for _, scheme := range []string{"light", "dark"} {
			b.do(browser.Prefer(scheme))
			b.visit("about:blank")
			b.visit(link)
			b.sees("has invited you")
			for _, selector := range []string{"button[type=submit]", "span.initial"} {
				got := eval[[2]float64](b, contrast, selector)
				if got[0] < 4.5 || got[1] < 3 {
					t.Errorf("%s of %q, %s: text has %.2f and its edge %.2f", selector, primary, scheme, got[0], got[1])
				}
			}
		}
	}
}

// A logo is shown, and where it cannot be had, the name is.
func TestALogoIsShown(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.Owner().Put("/organizations/"+s.org+"/logo", sample.Logo, apitest.Headers{"Content-Type": "image/png"}).Want(http.StatusOK)
	_, link := s.invite("ann@example.com", nil)
	b := s.open(t, link)
	b.sees("has invited you")
	b.until("the logo", "document.querySelector('img.logo')?.naturalWidth > 0")
	b.picture("logo")
	lost := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.Contains(r.URL.Path, "/logo/") {
			http.NotFound(w, r)
			return
		}
		s.ServeHTTP(w, r)
	})
	s.instead.Store(&lost)
	other := s.open(t, link)
	other.sees("Café del Mar\n") // as a line of its own
}
