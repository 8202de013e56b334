// Package text is what Atrium accepts as words from people: names in any
// script, notes, web addresses, e-mail addresses; and how two of them compare.
//
// Names are kept as typed, in Unicode's NFC. What can deceive or break a page,
// a mail header or a log line (control characters, bidirectional overrides,
// lone surrogates) is refused, with the field's place.
package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Squeeze trims s and makes each run of white space one space.
func Squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }

// Fold is what makes two names the same: NFC, trimmed, spaces collapsed, case
// folded. Accents count: Café and Cafe are two names.
func Fold(s string) string {
	folded := cases.Fold().String(norm.NFC.String(Squeeze(s)))
	return norm.NFC.String(folded)
}

// Plain is Fold without accents and other marks on Latin, Greek and Cyrillic
// letters: how names are searched and sorted, so that "lodz" finds Łódź.
func Plain(s string) string {
	folded := Fold(s)
	if isASCII(folded) {
		return folded
	}
	var b strings.Builder
	b.Grow(len(folded))
	alphabetic := false
	for _, r := range norm.NFD.String(folded) {
		if unicode.Is(unicode.Mn, r) && alphabetic {
			continue
		}
		alphabetic = unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic)
		if plain, ok := undecomposed[r]; ok {
			b.WriteString(plain)
			continue
		}
		b.WriteRune(r)
	}
	return norm.NFC.String(b.String())
}

// undecomposed are letters that people type without their stroke, hook or
// ligature, and that Unicode does not take apart.
var undecomposed = map[rune]string{
	'ł': "l", 'ø': "o", 'đ': "d", 'ħ': "h", 'ı': "i", 'ŧ': "t", 'ð': "d",
	'æ': "ae", 'œ': "oe", 'þ': "th", '’': "'", 'ʼ': "'",
}

// Words are the distinct words of s, plain, in their order. A word ends at
// anything but letters, their marks, digits and apostrophes.
func Words(s string) []string {
	words := strings.FieldsFunc(Plain(s), func(r rune) bool { return !isWordRune(r) })
	seen := make(map[string]bool, len(words))
	distinct := words[:0]
	for _, w := range words {
		w = strings.Trim(w, "'")
		if w != "" && !seen[w] {
			seen[w] = true
			distinct = append(distinct, w)
		}
	}
	return distinct
}

func isWordRune(r rune) bool {
	return r == '\'' || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// fault says what is wrong with s as text, or "" when nothing is. Line feeds
// may stand in blocks.
func fault(s string, block bool) string {
	if !utf8.ValidString(s) {
		return "must be UTF-8"
	}
	for _, r := range s {
		switch {
		case r == '\n' && block:
		case unicode.IsControl(r), r == '\u2028', r == '\u2029':
			return "must not hold control characters or lone surrogates"
		case r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069':
			return "must not hold bidirectional overrides"
		}
	}
	return ""
}

// visible tells whether s shows anything at all: marks, joiners and spaces alone do not.
func visible(s string) bool {
	for _, r := range s {
		if unicode.IsGraphic(r) && !unicode.IsSpace(r) && !unicode.IsMark(r) && r != '\u3164' && r != '\u2800' {
			return true
		}
	}
	return false
}
