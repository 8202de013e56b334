package dashboard_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"testing"

	"atrium/infra/browser"
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
			for _, selector := range []string{"button.strong", "span.initial"} {
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
	var logo bytes.Buffer
	picture := image.NewNRGBA(image.Rect(0, 0, 320, 96))
	for i := range picture.Pix {
		picture.Pix[i] = color.NRGBA{R: 15, G: 157, B: 138, A: 255}.B
	}
	if err := png.Encode(&logo, picture); err != nil {
		t.Fatal(err)
	}
	s.Owner().Put("/organizations/"+s.org+"/logo", logo.Bytes(), apitest.Headers{"Content-Type": "image/png"}).Want(http.StatusOK)
	_, link := s.invite("ann@example.com", nil)
	b := s.open(t, link)
	b.sees("has invited you")
	b.until("the logo", "document.querySelector('img.logo')?.naturalWidth === 320")
	b.picture("logo")
	s.Owner().Patch("/organizations/"+s.org, `{"logoUrl":null}`).Want(http.StatusOK)
}
