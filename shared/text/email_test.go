package text_test

import (
	"strings"
	"testing"

	"atrium/shared/text"
)

func TestEmail(t *testing.T) {
	for in, want := range map[string]string{
		"Bob@X.com":                  "bob@x.com",
		" ann+news@example.co.uk ":   "ann+news@example.co.uk",
		"grüße@example.com":          "",
		"info@bücher.example":        "info@xn--bcher-kva.example",
		"info@XN--BCHER-KVA.example": "info@xn--bcher-kva.example",
		"a@b.example.":               "a@b.example",
		"o'brien@example.com":        "o'brien@example.com",
		"\u00a0a@b.example\u3000":    "a@b.example",
		"\ta@b.example":              "",
		"\u0085a@b.example":          "",
		"a@b.example\n":              "",
		"a@b.example\u2028":          "",
		"nobody":                     "",
		"@example.com":               "",
		"a@":                         "",
		"a@b":                        "",
		"a@b@c.example":              "",
		"a b@c.example":              "",
		"a\r\nBcc: x@y.example":      "",
		".a@b.example":               "",
		"a..b@c.example":             "",
		`"a b"@c.example`:            "",
		"a@[192.0.2.1]":              "",
		"a@192.0.2.1":                "",
		"a@-b.example":               "",
		"a@b_c.example":              "",
		"a@b..example":               "",
		"a@" + strings.Repeat("b", 64) + ".example":                       "",
		strings.Repeat("a", 65) + "@b.example":                            "",
		"a@" + strings.Repeat(strings.Repeat("b", 60)+".", 5) + "example": "",
	} {
		got, err := text.Email(in)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("Email(%q) = %q, %v, want %q", in, got, err, want)
		}
	}
}

func FuzzEmail(f *testing.F) {
	for _, s := range []string{"Bob@X.com", "info@bücher.example", "a@b@c", "\"x\"@y.z", "a@\u202e.com"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, err := text.Email(s)
		if err != nil {
			return
		}
		if again, err := text.Email(got); err != nil || again != got {
			t.Errorf("Email(%q) = %q, and again %q, %v", s, got, again, err)
		}
		if len(got) > 254 || strings.ContainsAny(got, " \r\n\t<>,;:\"") || strings.Count(got, "@") != 1 || got != strings.ToLower(got) {
			t.Errorf("Email(%q) = %q", s, got)
		}
	})
}
