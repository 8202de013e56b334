// Package workspace is the agency itself, the tenant: what one is, and the
// operations on it.
package workspace

import (
	"fmt"
	"net/url"

	"atrium/shared/access"
	"atrium/shared/activity"
	"atrium/shared/api"
	"atrium/shared/text"
)

// Brand is how the agency looks to its clients.
type Brand struct {
	PrimaryColor string `json:"primaryColor" required:"false" maxLength:"7" example:"#1a73e8" doc:"#rrggbb; empty for the built-in one."`
	DarkMode     bool   `json:"darkMode" required:"false" doc:"Whether the dashboard begins in its dark theme."`
	Font         string `json:"font" required:"false" maxLength:"80" example:"Inter" doc:"A font's name; empty for the built-in one."`
	Footer       string `json:"footer" required:"false" maxLength:"500" example:"Agency Ltd, 1 Main Street" doc:"Stands below every mail; may have several lines."`
	WebsiteURL   string `json:"websiteUrl" required:"false" maxLength:"500" example:"https://agency.example"`
	PrivacyURL   string `json:"privacyUrl" required:"false" maxLength:"500" example:"https://agency.example/privacy"`
	TermsURL     string `json:"termsUrl" required:"false" maxLength:"500" example:"https://agency.example/terms"`
}

// SenderStatus is whether mail can be sent from the agency's own address.
type SenderStatus string

// The statuses. Until its address is verified, mail goes out from the deployment's own.
const (
	Pending  SenderStatus = "pending"
	Verified SenderStatus = "verified"
)

// Sender is whom the agency's mails come from.
type Sender struct {
	Name    string       `json:"name" required:"false" maxLength:"120" example:"Agency" doc:"Empty for the workspace's name."`
	Address string       `json:"address" required:"false" maxLength:"254" example:"hello@agency.example" doc:"Empty for the deployment's own."`
	ReplyTo string       `json:"replyTo" required:"false" maxLength:"254" example:"support@agency.example"`
	Status  SenderStatus `json:"status" required:"false" enum:"pending,verified" doc:"Read-only: pending until the address is verified; a new address is pending again."`
}

// OIDC is an OpenID Connect issuer that staff sign in with.
type OIDC struct {
	Issuer   string `json:"issuer" required:"false" maxLength:"500" example:"https://login.agency.example" doc:"As its tokens name it."`
	ClientID string `json:"clientId" required:"false" maxLength:"200" example:"atrium" doc:"The audience that tokens must be for."`
}

// Tab is a page of the agency's own in its clients' dashboards.
type Tab struct {
	Key           string `json:"key" maxLength:"40" example:"reports" doc:"Names its section, tab:<key>: a lower-case letter, then letters, digits, _ or -."`
	Title         string `json:"title" maxLength:"60" example:"Reports"`
	Icon          string `json:"icon" required:"false" maxLength:"60" example:"chart"`
	URL           string `json:"url" maxLength:"1000" example:"https://reports.agency.example"`
	AlwaysVisible bool   `json:"alwaysVisible" required:"false" doc:"Whether everybody sees it, whatever their grants."`
}

// Section is the tab's, which grants name.
func (t Tab) Section() access.Section { return access.TabPrefix + t.Key }

// Fields are what can be changed of a workspace.
type Fields struct {
	Name          string            `json:"name" maxLength:"120" example:"Agency Ltd"`
	SupportEmail  string            `json:"supportEmail" required:"false" maxLength:"254" example:"support@agency.example" doc:"Whom clients write to when they need help."`
	Brand         Brand             `json:"brand" required:"false"`
	Sender        Sender            `json:"sender" required:"false"`
	OIDC          OIDC              `json:"oidc" required:"false"`
	DashboardHost string            `json:"dashboardHost" required:"false" maxLength:"253" example:"clients.agency.example" doc:"Where clients find their dashboard, with a port if need be; it belongs to one workspace only."`
	CustomTabs    []Tab             `json:"customTabs" required:"false" maxItems:"20"`
	Language      string            `json:"language" required:"false" enum:"en,es,fr,de,pt,it" doc:"en unless said otherwise."`
	Metadata      map[string]string `json:"metadata" required:"false" doc:"Your own notes: at most 50 keys of 40 characters, values of 500."`
	ExternalID    string            `json:"externalId" required:"false" maxLength:"200" example:"crm-4711" doc:"Your own id of it."`
	// LogoURL can only be taken away here; put-logo sets it.
	LogoURL *string `json:"logoUrl" required:"false" nullable:"true" doc:"Where its logo is; null when it has none. Set with PUT /workspace/logo, removed with null."`
}

// Workspace is the agency.
type Workspace struct {
	api.Resource
	Fields
}

// Party is the workspace in the activity log.
func (w Workspace) Party() activity.Party {
	return activity.Party{Type: "workspace", ID: w.ID, Name: w.Name}
}

// settle fills in what was left out, and returns all that is wrong with the rest.
func (f *Fields) settle() error {
	f.complete()
	c := text.Check{At: "body"}
	c.Name("name", &f.Name)
	optionalEmail(&c, "supportEmail", &f.SupportEmail)
	f.Brand.check(&c)
	c.Line("sender.name", f.Sender.Name)
	optionalEmail(&c, "sender.address", &f.Sender.Address)
	optionalEmail(&c, "sender.replyTo", &f.Sender.ReplyTo)
	f.OIDC.check(&c)
	c.Host("dashboardHost", &f.DashboardHost)
	f.checkTabs(&c)
	c.Language("language", f.Language)
	c.Metadata("metadata", f.Metadata)
	c.ExternalID("externalId", f.ExternalID)
	c.Size(f)
	return c.Err()
}

func (f *Fields) complete() {
	if f.Sender.Status == "" {
		f.Sender.Status = Pending
	}
	if f.CustomTabs == nil {
		f.CustomTabs = []Tab{}
	}
	if f.Language == "" {
		f.Language = text.Languages[0]
	}
	if f.Metadata == nil {
		f.Metadata = map[string]string{}
	}
}

// defaults are the fields of a workspace of which nothing was said.
func defaults() (f Fields) {
	f.complete()
	return f
}

func optionalEmail(c *text.Check, field string, address *string) {
	if *address != "" {
		c.Email(field, address)
	}
}

func (b Brand) check(c *text.Check) {
	c.Color("brand.primaryColor", b.PrimaryColor)
	c.Font("brand.font", b.Font)
	c.Block("brand.footer", b.Footer)
	c.URL("brand.websiteUrl", b.WebsiteURL)
	c.URL("brand.privacyUrl", b.PrivacyURL)
	c.URL("brand.termsUrl", b.TermsURL)
}

// check wants issuer and client both or neither: a token of an issuer counts
// only if it was made for this client.
func (o OIDC) check(c *text.Check) {
	c.URL("oidc.issuer", o.Issuer)
	c.Line("oidc.clientId", o.ClientID)
	if u, err := url.Parse(o.Issuer); err == nil && (u.RawQuery != "" || u.Fragment != "") {
		c.Fault("oidc.issuer", "must have no query and no fragment")
	}
	if o.Issuer == "" && o.ClientID != "" {
		c.Fault("oidc.issuer", "is missing; issuer and clientId go together")
	}
	if o.Issuer != "" && o.ClientID == "" {
		c.Fault("oidc.clientId", "is missing; issuer and clientId go together")
	}
}

func (f *Fields) checkTabs(c *text.Check) {
	seen := map[string]bool{}
	for i := range f.CustomTabs {
		tab, place := &f.CustomTabs[i], fmt.Sprintf("customTabs[%d].", i)
		switch {
		case !access.ValidTabKey(tab.Key):
			c.Fault(place+"key", "must be a lower-case letter, then letters, digits, _ or -")
		case seen[tab.Key]:
			c.Fault(place+"key", "is the key of another tab; each has its own")
		}
		seen[tab.Key] = true
		c.Name(place+"title", &tab.Title)
		c.Line(place+"icon", tab.Icon)
		if tab.URL == "" {
			c.Fault(place+"url", "must not be empty")
		}
		c.URL(place+"url", tab.URL)
	}
}
