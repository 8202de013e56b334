package lambdahttp

import (
	"strconv"
	"strings"

	"atrium/shared/access"
)

// The members of the authorizer's answer. API Gateway passes them on as they
// are; each is a text, so that reading them costs next to nothing.
const (
	memberType         = "type"
	memberID           = "id"
	memberName         = "name"
	memberEmail        = "email"
	memberRole         = "role"
	memberWorkspace    = "workspace"
	memberOrganization = "organization"
	memberScopes       = "scopes"
	memberSession      = "session"
	memberUnproven     = "unproven"
	memberRefusal      = "refusal"
	memberActorID      = "actorId"
	memberActorName    = "actorName"
	memberActorEmail   = "actorEmail"
	memberActorRole    = "actorRole"
	memberActorReason  = "actorReason"
	memberActorWrite   = "actorWrite"
)

// Context is what the authorizer answers for a principal.
func Context(p access.Principal) map[string]any {
	scopes := make([]string, len(p.Scopes))
	for i, scope := range p.Scopes {
		scopes[i] = string(scope)
	}
	members := map[string]any{
		memberType: string(p.Type), memberID: p.ID, memberName: p.Name, memberEmail: p.Email, memberRole: string(p.Role),
		memberWorkspace: p.Workspace, memberOrganization: p.Organization, memberScopes: strings.Join(scopes, " "),
		memberSession: p.Session, memberRefusal: p.Refusal,
	}
	if p.Unproven {
		members[memberUnproven] = "true"
	}
	if a := p.Actor; a != nil {
		members[memberActorID], members[memberActorName], members[memberActorEmail] = a.ID, a.Name, a.Email
		members[memberActorRole], members[memberActorReason], members[memberActorWrite] = string(a.Role), a.Reason, strconv.FormatBool(a.Write)
	}
	return members
}

// PrincipalOf reads such an answer. What is missing, or no text, is empty: and
// without a type and a workspace, nobody is there.
func PrincipalOf(context map[string]any) access.Principal {
	text := func(member string) string {
		value, _ := context[member].(string)
		return value
	}
	p := access.Principal{
		Type: access.Type(text(memberType)), ID: text(memberID), Name: text(memberName), Email: text(memberEmail), Role: access.Role(text(memberRole)),
		Workspace: text(memberWorkspace), Organization: text(memberOrganization),
		Session: text(memberSession), Unproven: text(memberUnproven) == "true", Refusal: text(memberRefusal),
	}
	if actor := text(memberActorID); actor != "" {
		p.Actor = &access.Actor{
			ID: actor, Name: text(memberActorName), Email: text(memberActorEmail), Role: access.Role(text(memberActorRole)),
			Reason: text(memberActorReason), Write: text(memberActorWrite) == "true",
		}
	}
	for scope := range strings.FieldsSeq(text(memberScopes)) {
		p.Scopes = append(p.Scopes, access.Scope(scope))
	}
	return p
}
