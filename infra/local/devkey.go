package main

import (
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
	"strings"
	"sync/atomic"

	"atrium/shared/access"
	"atrium/shared/id"
	"atrium/shared/problem"
)

// devKey opens the local stack to whoever sits at this machine: as the owner
// of the demonstration agency, or as anybody of any workspace, by headers.
//
//	Authorization: Bearer dev_…      the owner of the demonstration agency
//	Atrium-Workspace: ws_…           … of another workspace
//	Atrium-Role: admin               owner, admin or member of the staff; org_admin or user of …
//	Atrium-Organization: org_…       … this organization
//	Atrium-User: usr_…               … under this id
//
// It cannot exist in a deployed stack. It is part of this program, which
// nothing can import, and no package in functions/ or shared/ depends on
// anything below infra/ (a test proves it): there, only the authorizer says who
// a caller is.
type devKey struct {
	secret string
	// owner is whom the key stands for; nobody until there is an agency.
	owner atomic.Pointer[access.Principal]
}

func newDevKey(secret string, owner access.Principal) *devKey {
	k := &devKey{secret: secret}
	k.opens(owner)
	return k
}

// opens says for whom the key stands from now on.
func (k *devKey) opens(owner access.Principal) { k.owner.Store(&owner) }

// principal is who sent a request; nobody when the key is missing or wrong.
func (k *devKey) principal(h http.Header) (access.Principal, error) {
	if !k.fits(h.Get("Authorization")) {
		return access.Principal{}, nil
	}
	p := *k.owner.Load()
	if ws := h.Get("Atrium-Workspace"); ws != "" && ws != p.Workspace {
		if !id.Is(id.Workspace, ws) {
			return p, problem.AtField("header.Atrium-Workspace", "is no workspace id (ws_…)")
		}
		p = access.Principal{Type: access.Staff, ID: id.Staff + strings.TrimPrefix(ws, id.Workspace), Name: "Development key", Role: access.Owner, Workspace: ws}
	}
	return inRole(p, h)
}

func (k *devKey) fits(authorization string) bool {
	scheme, given, _ := strings.Cut(authorization, " ")
	// Hashes are of one length, so that the comparison tells nothing of the key's.
	a, b := sha256.Sum256([]byte(strings.TrimSpace(given))), sha256.Sum256([]byte(k.secret))
	return strings.EqualFold(scheme, "bearer") && subtle.ConstantTimeCompare(a[:], b[:]) == 1
}

// inRole is the owner in another role, of the staff or of an organization.
func inRole(p access.Principal, h http.Header) (access.Principal, error) {
	role := access.Role(h.Get("Atrium-Role"))
	switch role {
	case "", access.Owner:
		return p, nil
	case access.Admin, access.Member:
		p.Role = role
		return p, nil
	case access.OrgAdmin, access.User:
		return clientOf(p, role, h)
	default:
		return p, problem.AtField("header.Atrium-Role", "is none of owner, admin, member, org_admin, user")
	}
}

func clientOf(p access.Principal, role access.Role, h http.Header) (access.Principal, error) {
	org, user := h.Get("Atrium-Organization"), h.Get("Atrium-User")
	if !id.Is(id.Organization, org) {
		return p, problem.AtField("header.Atrium-Organization", "must be an organization's id (org_…) for this role")
	}
	if user == "" {
		user = id.User + strings.TrimPrefix(org, id.Organization)
	}
	if !id.Is(id.User, user) {
		return p, problem.AtField("header.Atrium-User", "is no user id (usr_…)")
	}
	return access.Principal{
		Type: access.Client, ID: user, Name: "Development key as " + string(role), Role: role,
		Workspace: p.Workspace, Organization: org,
	}, nil
}
