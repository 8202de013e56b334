package mail

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestLineKeepsWhatIsRead(t *testing.T) {
	for in, want := range map[string]string{
		"Ann  Lee ":                  "Ann Lee",
		"Olga\r\nBcc: eve@x.example": "Olga Bcc: eve@x.example",
		"a\u202egpj.exe\u202c":       "agpj.exe",
		"شركة \u2067النور\u2069":     "شركة النور",
		"👩🏽‍🚀 می\u200cخواهم":         "👩🏽‍🚀 می\u200cخواهم",
		"\ufeffx\u00ad\x00\x7fy":     "xy",
		"bad \xff bytes":             "bad bytes",
		"a\u2028b\u2029c":            "a b c",
	} {
		if got := line(in); got != want {
			t.Errorf("line(%q) is %q; want %q", in, got, want)
		}
	}
}

func TestBlockKeepsItsLines(t *testing.T) {
	got := block("\r\n one \r two\n\n\u2028three\n \n")
	if want := []string{"one", "two", "", "", "three"}; !slices.Equal(got, want) {
		t.Errorf("got %q; want %q", got, want)
	}
}

func TestCutLeavesNoHalves(t *testing.T) {
	for _, tc := range []struct {
		in   string
		most int
		want string
	}{
		{"short", 5, "short"}, {"longer", 5, "long…"}, {"two words", 5, "two…"},
		{"ab👩🏽‍🚀c", 5, "ab…"}, {"cafe\u0301 x", 5, "caf…"}, {"", 5, ""}, {"a👍🏽bc", 3, "a…"},
	} {
		if got := cut(tc.in, tc.most); got != tc.want {
			t.Errorf("cut(%q, %d) is %q; want %q", tc.in, tc.most, got, tc.want)
		}
	}
}

// TestNothingHiddenGetsThrough draws any text for each of the names.
func TestNothingHiddenGetsThrough(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := cut(line(rapid.String().Draw(t, "name")), 60)
		if n := utf8.RuneCountInString(s); n > 60 || !utf8.ValidString(s) {
			t.Fatalf("%q has %d characters", s, n)
		}
		if strings.ContainsFunc(s, func(r rune) bool {
			return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029'
		}) {
			t.Fatalf("%q holds what is not to be read", s)
		}
	})
}

func TestWebTakesOnlyHTTPS(t *testing.T) {
	for in, want := range map[string]string{
		"https://a.example/x#y":     "https://a.example/x#y",
		"http://localhost:3000/x#y": "http://localhost:3000/x#y",
		"http://127.0.0.1:3000":     "http://127.0.0.1:3000",
		"http://a.example":          "", "http://localhost.evil.example": "", "javascript:alert(1)": "", "data:text/html,x": "",
		"//a.example": "", "https://": "", "https://u:p@a.example": "", "https://a.example/ x": "", "https://a.example/\u202e": "", "": "", "mailto:a@b.example": "",
		`https://a.example/"><b>`: "https://a.example/%22%3E%3Cb%3E",
	} {
		if got := web(in); got != want {
			t.Errorf("web(%q) is %q; want %q", in, got, want)
		}
	}
}

func TestMailtoTakesOnlyAnAddress(t *testing.T) {
	for in, want := range map[string]string{
		"help@a.example":       "mailto:help@a.example",
		"a+b@a.example":        "mailto:a+b@a.example",
		"a?bcc=eve@x.example":  "mailto:a%3Fbcc=eve@x.example",
		"Ann <ann@a.example>":  "",
		"a@b.example, c@d.org": "", "nobody": "", "": "", "a@b.example\r\nBcc: c@d.org": "",
	} {
		if got := mailto(in); got != want {
			t.Errorf("mailto(%q) is %q; want %q", in, got, want)
		}
	}
}

func TestFontIsOnlyAName(t *testing.T) {
	for in, want := range map[string]string{"Open Sans": "Open Sans", "X'; color:red": "", "a\\b": "", "Noto Sans JP-2_x": "Noto Sans JP-2_x", "": ""} {
		if got := font(in); got != want {
			t.Errorf("font(%q) is %q; want %q", in, got, want)
		}
	}
}
