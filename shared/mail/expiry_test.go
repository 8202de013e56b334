package mail

import (
	"strings"
	"testing"
	"time"
)

func TestExpiryInWords(t *testing.T) {
	now := time.Date(2026, time.November, 27, 22, 30, 0, 0, time.FixedZone("", -3*60*60))
	for _, tc := range []struct {
		name string
		d    time.Duration
		want string
	}{
		{"a week, less the moment it took to write", 7*24*time.Hour - 20*time.Second, "in 7 days, on 5 December 2026"},
		{"thirty days", 30 * 24 * time.Hour, "in 30 days, on 28 December 2026"},
		{"one day", 24*time.Hour - time.Second, "in 1 day, on 29 November 2026"},
		{"tomorrow late", 46 * time.Hour, "in 1 day, on 29 November 2026"},
		{"below a day", 23*time.Hour + 30*time.Minute, "in 23 hours, on 29 November 2026"},
		{"one hour", time.Hour, "in 1 hour, on 28 November 2026"},
		{"a quarter", 15*time.Minute - 3*time.Second, "in 15 minutes, on 28 November 2026"},
		{"one minute", time.Minute, "in 1 minute, on 28 November 2026"},
		{"seconds", 2 * time.Second, "in 1 minute, on 28 November 2026"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			m := mustRender(t, "en", Invitation{Organization: "X", Link: "https://x.example", Expires: now.Add(tc.d)}, now)
			if want := "This invitation expires " + tc.want + "."; !strings.Contains(m.Text, want) {
				t.Errorf("want %q in:\n%s", want, m.Text)
			}
		})
	}
}

func TestWhatIsOverIsNotPromised(t *testing.T) {
	now := time.Date(2026, time.November, 27, 10, 0, 0, 0, time.UTC)
	for _, d := range []time.Duration{0, -time.Second, -48 * time.Hour} {
		m := mustRender(t, "en", Invitation{Organization: "X", Link: "https://x.example", Expires: now.Add(d)}, now)
		if !strings.Contains(m.Text, "This invitation expired on 2") || strings.Contains(m.Text, "expires") {
			t.Errorf("%s: %s", d, m.Text)
		}
	}
}

func TestDatesByLanguage(t *testing.T) {
	now := time.Date(2026, time.November, 27, 10, 0, 0, 0, time.UTC)
	for _, tc := range []struct {
		language string
		month    time.Month
		day      int
		want     string
	}{
		{"en", 12, 4, "on 4 December 2026"}, {"es", 12, 4, "el 4 de diciembre de 2026"}, {"fr", 12, 4, "le 4 décembre 2026"}, {"fr", 12, 1, "le 1er décembre 2026"},
		{"de", 12, 4, "am 4. Dezember 2026"}, {"pt", 12, 4, "em 4 de dezembro de 2026"}, {"pt", 12, 1, "em 1º de dezembro de 2026"},
		{"it", 12, 4, "il 4 dicembre 2026"}, {"it", 12, 8, "l’8 dicembre 2026"}, {"it", 12, 11, "l’11 dicembre 2026"}, {"it", 12, 1, "il 1º dicembre 2026"},
	} {
		m := mustRender(t, tc.language, Invitation{Organization: "X", Link: "https://x.example", Expires: time.Date(2026, tc.month, tc.day, 10, 0, 0, 0, time.UTC)}, now)
		if !strings.Contains(m.Text, tc.want+".") {
			t.Errorf("%s: want %q in:\n%s", tc.language, tc.want, m.Text)
		}
	}
}

type renderer interface {
	Render(language string, b Brand, now time.Time) (Message, error)
}

func mustRender(t *testing.T, language string, r renderer, now time.Time) Message {
	t.Helper()
	m, err := r.Render(language, Brand{Name: "X"}, now)
	if err != nil {
		t.Fatal(err)
	}
	return m
}
