// Package letterhead is under whose name something goes out to people: a mail,
// or a page that is shown to who has not signed in. It is the organization's,
// else the agency's, and never ours.
package letterhead

import (
	"cmp"
	"context"

	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/logo/address"
	"atrium/shared/mail"
	"atrium/shared/problem"
	"atrium/shared/table"
	"atrium/shared/token"
)

// The pages of the dashboard that links lead to. What opens something follows
// in the fragment, which browsers send to nobody.
const (
	InvitationPage = "/invitation"
	SignInPage     = "/sign-in"
)

// Brand is how pages look.
type Brand struct {
	PrimaryColor string `json:"primaryColor" example:"#1a73e8"`
	DarkMode     bool   `json:"darkMode"`
	Font         string `json:"font" example:"Inter"`
	Footer       string `json:"footer" example:"Agency Ltd, 1 Main Street"`
	WebsiteURL   string `json:"websiteUrl"`
	PrivacyURL   string `json:"privacyUrl"`
	TermsURL     string `json:"termsUrl"`
}

// Workspace is what is asked of a workspace's item.
type Workspace struct {
	ID            string `json:"id"`
	Name          string `json:"name"`
	SupportEmail  string `json:"supportEmail"`
	Brand         Brand  `json:"brand"`
	Logo          string `json:"logo"`
	DashboardHost string `json:"dashboardHost"`
	Language      string `json:"language"`
	Sender        struct {
		Name    string `json:"name"`
		Address string `json:"address"`
		ReplyTo string `json:"replyTo"`
		Status  string `json:"status"`
	} `json:"sender"`
	CustomTabs []struct {
		Key   string `json:"key"`
		Title string `json:"title"`
	} `json:"customTabs"`
}

// Organization is what is asked of an organization's item.
type Organization struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Brand    Brand  `json:"brand"`
	Logo     string `json:"logo"`
	Language string `json:"language"`
	Status   string `json:"status"`
	// Ceiling and TeamKeys are for who comes in.
	Ceiling  access.Sections `json:"ceiling"`
	TeamKeys []string        `json:"teamKeys"`
}

// Head is a letterhead.
type Head struct {
	Workspace    Workspace
	Organization Organization
}

// Wants are what to read for a letterhead; without an organization it is the agency's.
func (h *Head) Wants(ws, org string) []*table.Want {
	wants := []*table.Want{{Key: table.WorkspaceKey(ws), Into: &h.Workspace}}
	if org != "" {
		wants = append(wants, &table.Want{Key: table.OrganizationKey(ws, org), Into: &h.Organization})
	}
	return wants
}

// Load reads the letterhead of an organization, or of the agency where it is
// empty, in one round trip.
func Load(ctx context.Context, c *api.Call, org string) (Head, error) {
	var h Head
	err := c.Table.Fetch(ctx, h.Wants(c.Workspace(), org)...)
	if err == nil && (h.Workspace.ID == "" || org != "" && h.Organization.ID == "") {
		err = problem.NotFoundf("organization")
	}
	return h, err
}

// Name is the organization's, or the agency's.
func (h Head) Name() string { return cmp.Or(h.Organization.Name, h.Workspace.Name) }

// Language is what to write in to who has not said.
func (h Head) Language() string { return cmp.Or(h.Organization.Language, h.Workspace.Language, "en") }

// LogoURL is where the logo is; nil without one.
func (h Head) LogoURL(c *api.Call) *string {
	if h.Organization.Logo != "" {
		return address.Of(c, "/organizations/"+h.Organization.ID, h.Organization.Logo)
	}
	return address.Of(c, "/workspace", h.Workspace.Logo)
}

// Brand is the organization's over the agency's.
func (h Head) Brand() Brand {
	b := h.Workspace.Brand
	if h.Organization.ID != "" {
		own := h.Organization.Brand
		b.PrimaryColor, b.Font = cmp.Or(own.PrimaryColor, b.PrimaryColor), cmp.Or(own.Font, b.Font)
		b.DarkMode = own.DarkMode || b.DarkMode
	}
	return b
}

// Mail is the brand of a mail.
func (h Head) Mail(c *api.Call) mail.Brand {
	b := h.Brand()
	m := mail.Brand{
		Name: h.Name(), Color: b.PrimaryColor, Font: b.Font, Support: h.Workspace.SupportEmail, Footer: b.Footer,
		Website: b.WebsiteURL, Privacy: b.PrivacyURL, Terms: b.TermsURL,
	}
	if logo := h.LogoURL(c); logo != nil {
		m.LogoURL = *logo
	}
	return m
}

// Dashboard is where the workspace's dashboard is, without a slash at its end.
func (w Workspace) Dashboard(c *api.Call) string {
	if w.DashboardHost == "" {
		return c.Config.DashboardURL
	}
	return "https://" + w.DashboardHost
}

// Link is the link to a page of the workspace's dashboard with what make makes
// of the deployment's keys.
func (w Workspace) Link(c *api.Call, page string, make func(*token.Keys) (string, error)) (string, error) {
	text, err := make(c.Config.Keys)
	return w.Dashboard(c) + page + "#" + text, err
}

// Link is Workspace.Link where the workspace has not been read.
func Link(ctx context.Context, c *api.Call, page string, make func(*token.Keys) (string, error)) (string, error) {
	h, err := Load(ctx, c, "")
	if err != nil {
		return "", err
	}
	return h.Workspace.Link(c, page, make)
}

// Sections are grants as a mail tells of them: those that are any, the built-in
// sections first, and then the workspace's own tabs by their titles.
func (h Head) Sections(grants access.Sections) []mail.Section {
	var told []mail.Section
	for _, section := range access.BuiltIn {
		if grant := grants[section]; grant != "" && grant != access.None {
			told = append(told, mail.Section{Key: section, Grant: string(grant)})
		}
	}
	for _, tab := range h.Workspace.CustomTabs {
		key := access.TabPrefix + tab.Key
		if grant := grants[key]; grant != "" && grant != access.None {
			told = append(told, mail.Section{Key: key, Title: tab.Title, Grant: string(grant)})
		}
	}
	return told
}
