// Package sample is every mail in every language, plain and branded, with good
// names and with hostile ones. The tests of the mails compare these with what
// they were, and `make mail` shows the same ones to people.
package sample

import (
	_ "embed" // of the logo
	"fmt"
	"strings"
	"time"

	"atrium/shared/mail"
	"atrium/shared/text"
)

// Now is when the samples are written.
var Now = time.Date(2026, time.November, 27, 10, 30, 0, 0, time.UTC)

// Logo is the picture at LogoURL, which is nowhere.
//
//go:embed logo.png
var Logo []byte

// LogoURL is where the samples say that their logo is.
const LogoURL = "https://clients.brightside.example/v1/organizations/org_2x4y6z/logo/1c0ffee.png"

// Link is what the samples lead to.
const Link = "https://clients.brightside.example/invitation#3gEBohlDT9uBYi5m0ZpA4c7vN1wQkXyJr8fLsPd2Hx6EoTbVnKaC"

// Mail is one sample.
type Mail struct {
	// Kind is invitation, staff_invitation, sign_in or access_changed; Case is
	// plain or brand, and hostile or not.
	Kind, Language, Case string
	mail.Message
}

// Name is the sample's, and its files'.
func (m Mail) Name() string { return fmt.Sprintf("%s.%s.%s", m.Kind, m.Language, m.Case) }

// Names are whom a mail is from, to and about. What may be left out is missing
// in bare ones.
type names struct{ To, By, Organization, Agency, Tab, Note string }

var (
	bare = names{Organization: "Café del Mar", Agency: "Brightside", Tab: "Reports"}
	good = names{
		To: "Ann Lee", By: "Olga Marin", Organization: "Café del Mar", Agency: "Brightside", Tab: "Reports",
		Note: "Welcome aboard! Your assistant has been live since Monday.\n\nHave a look at the conversations first, and write to me if anything is unclear.",
	}
	hostile = names{
		To:           `<b>Ann</b> "O'Neil" & Sons <script>alert(1)</script>`,
		By:           "Olga\r\nBcc: eve@evil.example\r\n\r\n\u202egpj.exe\u202c",
		Organization: strings.Repeat("漢字が続く會社名👩🏽‍🚀", 10),
		Agency:       "شركة النور للوكلاء \u2067(123)\u2069 🏴󠁧󠁢󠁳󠁣󠁴󠁿",
		Tab:          `</td></table><img src=x onerror=alert(1)>` + strings.Repeat("W", 19),
		Note:         "</blockquote><script>alert(1)</script>\r\n.\r\n{{.Link}} ${x} %s\u2028שלום, עולם!\r\n" + strings.Repeat("unbreakable", 30),
	}
)

// Cases are the kinds of samples there are of each mail in each language.
var cases = []struct {
	name string
	names
	brand func(name, logo string) mail.Brand
}{
	{"plain", bare, plain}, {"brand", good, brand},
	{"plain-hostile", hostile, plain}, {"brand-hostile", hostile, brand},
}

func plain(name, _ string) mail.Brand { return mail.Brand{Name: name} }

func brand(name, logo string) mail.Brand {
	return mail.Brand{
		Name: name, LogoURL: logo, Color: "#0f9d8a", Font: "Inter", Support: "help@brightside.example",
		Footer:  "Brightside Digital Ltd\n12 Harbour Street, Dublin 2, Ireland",
		Website: "https://brightside.example", Privacy: "https://brightside.example/privacy", Terms: "https://brightside.example/terms",
	}
}

// All are all samples.
func All() ([]Mail, error) {
	var all []Mail
	for _, language := range text.Languages {
		for _, c := range cases {
			for _, k := range c.kinds() {
				m, err := k.Render(language, c.brand(k.from, k.logo), Now)
				if err != nil {
					return nil, fmt.Errorf("%s in %s, %s: %w", k.name, language, c.name, err)
				}
				all = append(all, Mail{Kind: k.name, Language: language, Case: c.name, Message: m})
			}
		}
	}
	return all, nil
}

// Kind is one of the mails, and whose name and logo stand at its head.
type kind struct {
	name, from, logo string
	renderer
}

type renderer interface {
	Render(language string, b mail.Brand, now time.Time) (mail.Message, error)
}

func (n names) kinds() []kind {
	week, quarter := Now.AddDate(0, 0, 7), Now.Add(15*time.Minute)
	before := []mail.Section{{Key: "home", Grant: "view"}, {Key: "conversations", Grant: "view"}, {Key: "prompt", Grant: "edit"}}
	after := []mail.Section{
		{Key: "home", Grant: "view"}, {Key: "conversations", Grant: "edit"}, {Key: "analytics", Grant: "view"}, {Key: "tab:reports", Title: n.Tab, Grant: "view"},
	}
	return []kind{
		{"invitation", n.Organization, LogoURL, mail.Invitation{
			To: n.To, Inviter: n.By, Organization: n.Organization, Agency: n.Agency, Note: n.Note, Role: "org_admin", Sections: after, Link: Link, Expires: week,
		}},
		{"staff_invitation", n.Agency, "", mail.StaffInvitation{To: n.To, Inviter: n.By, Agency: n.Agency, Role: "admin", Link: Link, Expires: week}},
		{"sign_in", n.Agency, "", mail.SignIn{To: n.To, Link: Link, Expires: quarter}},
		{"access_changed", n.Organization, LogoURL, mail.AccessChanged{
			To: n.To, Organization: n.Organization, By: n.By, Role: "user", RoleBefore: "org_admin", Before: before, After: after, Agents: "3", AgentsBefore: "all", Link: Link,
		}},
	}
}
