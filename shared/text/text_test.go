package text_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"atrium/shared/text"
)

func TestFold(t *testing.T) {
	for name, same := range map[string][2]string{
		"case":          {"CAFÉ", "café"},
		"spaces":        {"  a \u00a0 b　c ", "a b c"},
		"composition":   {"cafe\u0301", "café"},
		"sharp s":       {"STRASSE", "straße"},
		"final sigma":   {"ΟΔΟΣ", "οδος"},
		"full ligature": {"ﬁn", "fin"},
	} {
		t.Run(name, func(t *testing.T) {
			if a, b := text.Fold(same[0]), text.Fold(same[1]); a != b {
				t.Errorf("%q and %q fold to %q and %q", same[0], same[1], a, b)
			}
		})
	}
	if text.Fold("café") == text.Fold("cafe") {
		t.Error("accents do not count")
	}
}

func TestPlain(t *testing.T) {
	for in, want := range map[string]string{
		"Łódź": "lodz", "Ørsted": "orsted", "Ærø": "aero", "Ünïcödé": "unicode", "Ǆ": "ǆ", "ЙОГА": "иога",
		"हिन्दी": "हिन्दी", "한국어": "한국어", "O’Neill": "o'neill", "İstanbul": "istanbul",
	} {
		if got := text.Plain(in); got != want {
			t.Errorf("Plain(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestWords(t *testing.T) {
	for in, want := range map[string][]string{
		"Café del Mar":     {"cafe", "del", "mar"},
		"O'Neill’s bar":    {"o'neill's", "bar"},
		"'quoted' -- x/y2": {"quoted", "x", "y2"},
		"Del del DEL":      {"del"},
		"हिन्दी समाचार":    {"हिन्दी", "समाचार"},
		"東京カフェ 2号":         {"東京カフェ", "2号"},
		"🍕 & !":            {},
	} {
		if got := text.Words(in); !slices.Equal(got, want) {
			t.Errorf("Words(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"Café del Mar", "ΐ", "ﬃ\u0301", "İ", "\u200d", "a\u0315\u0300\u05ae\u0300b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			t.Skip()
		}
		once := text.Fold(s)
		if twice := text.Fold(once); twice != once {
			t.Errorf("Fold(%q) = %q, and folded again %q", s, once, twice)
		}
		for _, w := range text.Words(s) {
			if w == "" || strings.ContainsAny(w, " #") {
				t.Errorf("Words(%q) has %q", s, w)
			}
		}
	})
}
