package mail

import (
	"net/mail"
	"net/url"
	"strings"
	"unicode"
)

// LongestName is how many characters of a name are shown, and subjectName how
// many in a subject, of which phones show forty.
const (
	longestName = 120
	subjectName = 60
)

// hidden tells what may not be in a line: what controls a header, turns the
// order of what follows, or is not there to be seen. Joiners hold letters and
// emoji together, and stay.
func hidden(r rune) bool {
	switch r {
	case '\u200c', '\u200d': // the joiners
		return false
	case '\u2028', '\u2029', '\u00ad', unicode.ReplacementChar:
		return true
	}
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) && (r < 0xe0000 || r > 0xe007f) // flags are made of these
}

// line makes one line of s, with nothing hidden in it.
func line(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case hidden(r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	return strings.Join(strings.Fields(s), " ")
}

// block is line for several of them; empty ones at the ends go.
func block(s string) []string {
	lines := strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n").Replace(s), "\n")
	for i := range lines {
		lines[i] = line(lines[i])
	}
	for len(lines) > 0 && lines[0] == "" {
		lines = lines[1:]
	}
	for len(lines) > 0 && lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}

// cut shortens a line to so many characters, the last of which says so, and
// leaves no half of a character that is made of several.
func cut(s string, most int) string {
	runes := []rune(s)
	if len(runes) <= most {
		return s
	}
	end := most - 1
	for end > 0 && (joins(runes[end]) || runes[end-1] == '\u200d') {
		end--
	}
	return strings.TrimRight(string(runes[:end]), " ") + "…"
}

// joins tells whether r belongs to the character before it.
func joins(r rune) bool {
	return unicode.Is(unicode.M, r) || unicode.Is(unicode.Cf, r) || r >= 0x1f3fb && r <= 0x1f3ff // skin
}

// initial is what stands for a name in a small square: its first letter or
// digit, if it has one.
func initial(name string) string {
	for _, r := range name {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return string(unicode.ToUpper(r))
		}
	}
	return ""
}

// web is an address that a mail may lead to, in its usual spelling; "" for any
// other. http is for a dashboard on this machine.
func web(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.User != nil || u.Hostname() == "" || strings.ContainsFunc(address, func(r rune) bool { return unicode.IsSpace(r) || hidden(r) }) {
		return ""
	}
	local := u.Hostname() == "localhost" || u.Hostname() == "127.0.0.1"
	if u.Scheme == "https" || u.Scheme == "http" && local {
		return u.String()
	}
	return ""
}

// mailto is the link to an e-mail address; "" if it is none.
func mailto(address string) string {
	parsed, err := mail.ParseAddress(address)
	if err != nil || parsed.Address != address {
		return ""
	}
	at := strings.LastIndex(address, "@")
	return "mailto:" + url.PathEscape(address[:at]) + "@" + url.PathEscape(address[at+1:])
}
