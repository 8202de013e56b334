package text_test

import (
	"strings"
	"testing"

	"atrium/shared/text"
)

func TestHostHasOneForm(t *testing.T) {
	for given, want := range map[string]string{
		"clients.example.com":     "clients.example.com",
		"Clients.EXAMPLE.com.":    "clients.example.com",
		"münchen.example":         "xn--mnchen-3ya.example",
		"MÜNCHEN.example":         "xn--mnchen-3ya.example",
		"localhost:3000":          "localhost:3000",
		"clients.example.com:443": "clients.example.com",
		"clients.example.com:80":  "clients.example.com",
		"127.0.0.1:3000":          "127.0.0.1:3000",
	} {
		got, err := text.Host(given)
		if err != nil || got != want {
			t.Errorf("Host(%q) = %q, %v; want %q", given, got, err, want)
		}
		again, err := text.Host(got)
		if err != nil || again != got {
			t.Errorf("Host(%q) = %q, %v; it was in its form already", got, again, err)
		}
	}
}

func TestHostRefuses(t *testing.T) {
	for name, given := range map[string]string{
		"nothing":         "",
		"a dot":           ".",
		"an address":      "https://example.com",
		"a path":          "example.com/x",
		"a space":         "exam ple.com",
		"an underscore":   "a_b.example.com",
		"an empty label":  "a..example.com",
		"a sharp":         "a#b",
		"a line feed":     "example.com\nx",
		"an empty port":   "example.com:",
		"port zero":       "example.com:0",
		"port 65536":      "example.com:65536",
		"a signed port":   "example.com:+80",
		"a padded port":   "example.com:0080",
		"a port's name":   "example.com:http",
		"IPv6":            "[::1]:3000",
		"254 characters":  strings.Repeat("a.", 126) + "ab",
		"a label too big": strings.Repeat("a", 64) + ".example",
		"not UTF-8":       "a\xff.example",
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := text.Host(given); err == nil {
				t.Errorf("Host(%q) = %q, want an error", given, got)
			}
		})
	}
}
