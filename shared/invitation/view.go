package invitation

import (
	"context"
	"net/http"
	"time"

	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/letterhead"
)

// View shows an invitation to whoever has its link.
var View = api.Operation{
	Name: "view-invitation", Method: http.MethodGet, Path: "/invitations/{token}", Tag: "Invitations",
	Summary:     "Look at an invitation",
	Description: "Shows who invites to what, for the page that a link leads to. It changes nothing, however often it is asked. An invitation to the agency's staff has `workspace` instead of `organization`. A dead link is 410, with a code that says why.",
	May:         access.Rule{Public: true},
	Refuses:     []int{http.StatusNotFound, http.StatusGone},
	Handler:     api.Func[Link, viewOutput](view),
}

// Link is part of the input of whoever comes by one.
type Link struct {
	Token string `path:"token" maxLength:"200" doc:"What the link carries."`
}

// Face is an invitation as its link shows it.
type Face struct {
	Email        string      `json:"email" example:"ann@example.com"`
	Name         string      `json:"name" example:"Ann Lee"`
	Organization *Host       `json:"organization,omitempty" doc:"To which one; absent where it is to the agency's staff."`
	Workspace    *Host       `json:"workspace,omitempty" doc:"The agency, where it is to its staff."`
	InvitedBy    Inviter     `json:"invitedBy"`
	Role         access.Role `json:"role" enum:"org_admin,user,owner,admin,member"`
	Language     string      `json:"language" example:"es"`
	ExpiresAt    time.Time   `json:"expiresAt"`
}

// Host is who invites: the organization, or the agency.
type Host struct {
	Name    string           `json:"name" example:"Café del Mar"`
	LogoURL *string          `json:"logoUrl" nullable:"true"`
	Brand   letterhead.Brand `json:"brand"`
}

// Inviter is the person who does.
type Inviter struct {
	Name string `json:"name" example:"Olga Marin"`
}

type viewOutput struct{ Body Face }

func view(ctx context.Context, c *api.Call, in *Link) (*viewOutput, error) {
	o, err := open(ctx, c, in.Token)
	if err != nil {
		return nil, err
	}
	host := &Host{Name: o.head.Name(), LogoURL: o.head.LogoURL(c), Brand: o.head.Brand()}
	face := Face{
		Email: o.record.Email, Name: o.record.Name, InvitedBy: Inviter{o.record.InvitedBy.Name}, Role: o.record.Role,
		Language: o.language(), ExpiresAt: o.record.ExpiresAt,
	}
	if o.record.Staff != "" {
		face.Workspace = host
	} else {
		face.Organization = host
	}
	return &viewOutput{Body: face}, nil
}

// language is that of mails and pages.
func (o *opened) language() string {
	if o.record.Language != "" {
		return o.record.Language
	}
	return o.head.Language()
}
