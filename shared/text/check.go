package text

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"

	"atrium/shared/problem"
)

// Check collects what is wrong with the fields of one input, all of it, each
// with its place below At (such as "body").
type Check struct {
	At     string
	Faults []problem.Field
}

// Fault adds one.
func (c *Check) Fault(field, message string) {
	c.Faults = append(c.Faults, problem.Field{Location: c.At + "." + field, Message: message})
}

// Err is a 422 with all faults, or nil.
func (c *Check) Err() error { return problem.AtFields(c.Faults) }

// Name squeezes a name in place; it must show something and be a line.
func (c *Check) Name(field string, name *string) {
	if message := fault(*name, false); message != "" {
		c.Fault(field, message)
		return
	}
	*name = Squeeze(*name)
	if !visible(*name) {
		c.Fault(field, "must not be empty")
	}
}

// Line refuses what no single line of text may hold.
func (c *Check) Line(field, s string) {
	if message := fault(s, false); message != "" {
		c.Fault(field, message)
	}
}

// Block is Line for text of several lines.
func (c *Check) Block(field, s string) {
	if message := fault(s, true); message != "" {
		c.Fault(field, message)
	}
}

// Passage is Block for text that must say something.
func (c *Check) Passage(field, s string) {
	c.Block(field, s)
	if !visible(s) {
		c.Fault(field, "must not be empty")
	}
}

// Font wants nothing, or a font's name: it ends in style sheets, where other
// signs would mean something.
func (c *Check) Font(field, s string) {
	for _, r := range s {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune(" -_", r) {
			c.Fault(field, "must be a font's name: letters, digits, spaces, - and _")
			return
		}
	}
}

// MaxSize is the most bytes that a resource may come to, as JSON. DynamoDB
// takes 400 KB an item, and the activity log's shows a change's before and after.
const MaxSize = 150_000

// Size wants a resource of no more than MaxSize in all.
func (c *Check) Size(resource any) {
	encoded, err := json.Marshal(resource)
	if err == nil && len(encoded) > MaxSize {
		c.Faults = append(c.Faults, problem.Field{
			Location: c.At, Message: fmt.Sprintf("comes to %d bytes in all; at most %d are kept", len(encoded), MaxSize),
		})
	}
}

// OneOf wants one of the allowed values.
func (c *Check) OneOf(field, s string, allowed ...string) {
	if !slices.Contains(allowed, s) {
		c.Fault(field, "must be one of "+strings.Join(allowed, ", "))
	}
}

// Languages are those that mails and dashboards are written in.
var Languages = []string{"en", "es", "fr", "de", "pt", "it"}

// IsLanguage tells whether s is a language in its usual spelling, such as en or pt-BR.
func IsLanguage(s string) bool {
	tag, err := language.Parse(s)
	return err == nil && tag.String() == s
}

// Language wants one of Languages.
func (c *Check) Language(field, s string) { c.OneOf(field, s, Languages...) }

// URL wants nothing, or an absolute https address (http on this machine) without a password.
func (c *Check) URL(field, s string) {
	if s == "" {
		return
	}
	c.Line(field, s)
	u, err := url.Parse(s)
	if err != nil || strings.ContainsAny(s, " \"<>\\^`{|}") || u.Host == "" || u.User != nil || !(u.Scheme == "https" || u.Scheme == "http" && (u.Hostname() == "localhost" || u.Hostname() == "127.0.0.1")) {
		c.Fault(field, "must be an address that starts with https://")
	}
}

// Color wants nothing, or #rrggbb.
func (c *Check) Color(field, s string) {
	if s == "" {
		return
	}
	if hex, ok := strings.CutPrefix(s, "#"); !ok || len(hex) != 6 || strings.Trim(hex, "0123456789abcdefABCDEF") != "" {
		c.Fault(field, "must be a colour such as #1a73e8")
	}
}

// Email normalizes an address in place, or says what is wrong with it.
func (c *Check) Email(field string, address *string) {
	normal, err := Email(*address)
	if err != nil {
		c.Fault(field, err.Error())
		return
	}
	*address = normal
}

// The limits of metadata, as the API's description gives them.
const (
	MetadataKeys  = 50
	MetadataKey   = 40
	MetadataValue = 500
)

// Metadata are the caller's own notes on a resource: at most 50 keys of 40
// characters, values of 500.
func (c *Check) Metadata(field string, metadata map[string]string) {
	if len(metadata) > MetadataKeys {
		c.Fault(field, fmt.Sprintf("has %d keys; at most %d are kept", len(metadata), MetadataKeys))
		return
	}
	for key, value := range metadata {
		place := field + "." + Printable(key, MetadataKey)
		switch {
		case !visible(key) || fault(key, false) != "":
			c.Fault(place, "the key must be visible text")
		case utf8.RuneCountInString(key) > MetadataKey:
			c.Fault(place, "the key is longer than "+strconv.Itoa(MetadataKey)+" characters")
		case utf8.RuneCountInString(value) > MetadataValue:
			c.Fault(place, "the value is longer than "+strconv.Itoa(MetadataValue)+" characters")
		default:
			c.Line(place, value)
		}
	}
}

// ExternalID wants nothing, or a line without spaces at its ends.
func (c *Check) ExternalID(field, s string) {
	if s == "" {
		return
	}
	if s != strings.TrimSpace(s) {
		c.Fault(field, "must not begin or end with a space")
	}
	c.Line(field, s)
}

// Printable is what a caller sent as a name, as it may stand in an answer.
func Printable(name string, longest int) string {
	if fault(name, false) != "" {
		name = strconv.QuoteToASCII(name)
	}
	if utf8.RuneCountInString(name) > longest {
		name = string([]rune(name)[:longest]) + "…"
	}
	return name
}
