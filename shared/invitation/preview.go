package invitation

import (
	"context"
	"net/http"

	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/id"
	"atrium/shared/letterhead"
	"atrium/shared/mail"
	"atrium/shared/problem"
)

// Preview shows the mail of an invitation before it is sent.
var Preview = api.Operation{
	Name: "preview-invitation", Method: http.MethodPost, Path: "/organizations/{o}/invitations/preview", Tag: "Invitations",
	Summary:     "Preview an invitation's mail",
	Description: "Shows the mail that `send-invitation` would send for the same body: of several, the first one's. Nothing is sent, and nothing stored; the link in it opens nothing.",
	May:         access.Rule{Staff: access.Admin, Client: access.OrgAdmin, Scope: access.InvitationsWrite},
	Handler:     api.Func[previewInput, previewOutput](preview),
}

type previewInput struct {
	api.Idempotent
	Organization string `path:"o" doc:"The organization's id."`
	Body         Request
}

// Mail is a mail, before it is sent.
type Mail struct {
	Subject string `json:"subject" example:"Olga Marin invited you to Café del Mar"`
	HTML    string `json:"html"`
	Text    string `json:"text"`
}

type previewOutput struct{ Body Mail }

func preview(ctx context.Context, c *api.Call, in *previewInput) (*previewOutput, error) {
	if !id.Is(id.Organization, in.Organization) {
		return nil, problem.NotFoundf("organization")
	}
	draft, err := in.Body.first()
	if err != nil {
		return nil, err
	}
	head, err := letterhead.Load(ctx, c, in.Organization)
	if err != nil {
		return nil, err
	}
	r := newRecord(c, in.Organization, draft)
	// A link of no generation: what is shown here opens nothing.
	r.Generation = 0
	m, err := r.Mail(c, head)
	if err != nil {
		return nil, err
	}
	return &previewOutput{Body: Mail(m)}, nil
}

// first is the draft that the mail is shown of.
func (r Request) first() (Draft, error) {
	if r.Invitations == nil {
		return r.single()
	}
	rows, err := r.several()
	if err == nil {
		err = rows[0].err
	}
	if err != nil {
		return Draft{}, err
	}
	return rows[0].draft, nil
}

// Mail is the mail of the invitation as it is now.
func (r Record) Mail(c *api.Call, head letterhead.Head) (mail.Message, error) {
	link, err := head.Workspace.Link(c, letterhead.InvitationPage, r.Token)
	if err != nil {
		return mail.Message{}, err
	}
	o := opened{record: r, head: head}
	if r.Staff != "" {
		m := mail.StaffInvitation{To: r.Name, Inviter: r.InvitedBy.Name, Agency: head.Name(), Role: string(r.Role), Link: link, Expires: r.ExpiresAt}
		return m.Render(o.language(), head.Mail(c), c.Now)
	}
	m := mail.Invitation{
		To: r.Name, Inviter: r.InvitedBy.Name, Organization: head.Name(), Agency: head.Workspace.Name, Note: r.Note, Role: string(r.Role),
		Sections: head.Sections(r.Sections), Link: link, Expires: r.ExpiresAt,
	}
	return m.Render(o.language(), head.Mail(c), c.Now)
}
