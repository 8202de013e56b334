package text

import (
	"errors"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// Limits of RFC 5321 and RFC 1035, in bytes.
const (
	maxAddress = 254
	maxLocal   = 64
	maxLabel   = 63
)

// Email is the one form of an address that is stored, compared and written
// to: lower case, its domain in punycode. It refuses what Amazon SES cannot
// deliver to, quoted and non-ASCII local parts among it.
func Email(s string) (string, error) {
	if message := fault(s, false); message != "" {
		return "", errors.New(message)
	}
	s = strings.TrimSpace(s)
	at := strings.LastIndexByte(s, '@')
	if at < 1 || at == len(s)-1 {
		return "", errors.New("must be an e-mail address such as ann@example.com")
	}
	local, err := localPart(s[:at])
	if err != nil {
		return "", err
	}
	domain, err := punycode(strings.TrimSuffix(s[at+1:], "."))
	if err != nil || !isDomain(domain) {
		return "", errors.New("the part after the @ is no domain that mail can be sent to")
	}
	address := local + "@" + domain
	if len(address) > maxAddress {
		return "", errors.New("an e-mail address has at most 254 bytes")
	}
	return address, nil
}

// punycode is a domain in ASCII. Some names turn into others when they are
// turned twice: those are refused, as an address must have one form.
func punycode(domain string) (string, error) {
	if !utf8.ValidString(domain) {
		return "", errors.New("not UTF-8")
	}
	once, err := idna.Lookup.ToASCII(domain)
	if err != nil {
		return "", err
	}
	twice, err := idna.Lookup.ToASCII(once)
	if err == nil && once != twice {
		err = errors.New("not a stable name")
	}
	for label := range strings.SplitSeq(once, ".") {
		if label == "" || len(label) > maxLabel {
			err = errors.New("a part between dots is empty or too long")
		}
	}
	return once, err
}

func localPart(s string) (string, error) {
	if len(s) > maxLocal {
		return "", errors.New("the part before the @ has at most 64 bytes")
	}
	if strings.HasPrefix(s, ".") || strings.HasSuffix(s, ".") || strings.Contains(s, "..") {
		return "", errors.New("the part before the @ has a dot in a wrong place")
	}
	for _, r := range s {
		if !isAtom(r) {
			return "", errors.New("the part before the @ has a character that mail cannot be sent to")
		}
	}
	return strings.ToLower(s), nil
}

func isAtom(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune(".!#$%&'*+/=?^_`{|}~-", r)
}

func isDomain(s string) bool {
	labels := strings.Split(s, ".")
	last := labels[len(labels)-1]
	return len(labels) >= 2 && len(s) <= 253 && strings.Trim(last, "0123456789") != ""
}
