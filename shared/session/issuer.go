package session

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"strings"

	"github.com/coreos/go-oidc/v3/oidc"

	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/problem"
	"atrium/shared/table"
	"atrium/shared/text"
	"atrium/shared/token"
)

// IssuerName stands for an issuer and a client of it in the index of workspaces.
func IssuerName(issuer, client string) string {
	sum := sha256.Sum256([]byte(issuer + "\x00" + client))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// byIssuer opens the session of one of the staff, by what the issuer that
// their workspace trusts says of them.
func byIssuer(ctx context.Context, c *api.Call, idToken, principal string) (Opening, error) {
	claimed, err := unverified(idToken)
	if err != nil {
		return Opening{}, err
	}
	workspaces, client, err := trusting(ctx, c, claimed)
	if err != nil {
		return Opening{}, err
	}
	email, err := verified(ctx, c, idToken, claimed.Issuer, client)
	if err != nil {
		return Opening{}, err
	}
	for _, ws := range workspaces {
		people, err := staffOf(ctx, c, ws, email)
		if err != nil {
			return Opening{}, err
		}
		if len(people) > 0 && (principal == "" || people[0].ID == principal) {
			c.Principal = access.Principal{Workspace: ws}
			return Open(c, email, people, people[0].ID)
		}
	}
	if principal != "" {
		return Opening{}, problem.NotFoundf("principal")
	}
	return Opening{}, untrusted("Nobody with this address is among the staff. Ask an owner to invite you.")
}

// staffOf are those that an address is among a workspace's staff: clients'
// people come in by links alone.
func staffOf(ctx context.Context, c *api.Call, ws, email string) ([]Person, error) {
	people, err := People(ctx, c.Table, ws, token.Person(email))
	if err != nil {
		return nil, err
	}
	var staff []Person
	for _, p := range people {
		if p.Type() == access.Staff {
			staff = append(staff, p)
		}
	}
	return staff, nil
}

// claimed is what an ID token says before anything of it is believed.
type claimed struct {
	Issuer   string `json:"iss"`
	Audience any    `json:"aud"`
}

func (c claimed) audiences() []string {
	switch aud := c.Audience.(type) {
	case string:
		return []string{aud}
	case []any:
		var all []string
		for _, one := range aud[:min(len(aud), 5)] {
			if s, ok := one.(string); ok {
				all = append(all, s)
			}
		}
		return all
	default:
		return nil
	}
}

func unverified(idToken string) (c claimed, err error) {
	parts := strings.Split(idToken, ".")
	if len(parts) != 3 {
		return c, untrusted("This is no ID token.")
	}
	payload, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err == nil {
		err = json.Unmarshal(payload, &c)
	}
	if err != nil || c.Issuer == "" {
		return c, untrusted("This is no ID token.")
	}
	return c, nil
}

// trusting are the workspaces whose staff sign in with the issuer that a token
// claims to be of, and the client that it is for there.
func trusting(ctx context.Context, c *api.Call, claimed claimed) (workspaces []string, client string, err error) {
	for _, client := range claimed.audiences() {
		rows, err := c.Table.Query(ctx, table.Query{Index: table.G1, PK: table.Issuer(IssuerName(claimed.Issuer, client)), KeysOnly: true})
		if err != nil {
			return nil, "", err
		}
		for _, item := range rows.Items {
			workspaces = append(workspaces, table.KeyOf(item).PK)
		}
		if len(workspaces) > 0 {
			return workspaces, client, nil
		}
	}
	return nil, "", untrusted("No agency here trusts the issuer of this token for this client. Set oidc in the workspace.")
}

func untrusted(detail string) error { return problem.New(problem.TokenInvalid, detail) }

// verified is the address that an ID token says, once it is proven to be the
// issuer's, for the client, and in time.
func verified(ctx context.Context, c *api.Call, idToken, issuer, client string) (string, error) {
	proven, err := prove(ctx, c, idToken, issuer, client)
	var expired *oidc.TokenExpiredError
	switch {
	case errors.Is(err, errSilent):
		return "", problem.New(problem.IssuerUnavailable, "The issuer does not answer, or does not say who it is. Try again, or look at its address in the workspace's oidc.")
	case errors.As(err, &expired):
		return "", problem.New(problem.TokenExpired, "The ID token has expired. Sign in with your issuer again.")
	case err != nil:
		return "", untrusted("The ID token is not what the issuer signed, or not for this client.")
	}
	var says struct {
		Email    string `json:"email"`
		Verified any    `json:"email_verified"`
	}
	if err := proven.Claims(&says); err != nil {
		return "", untrusted("The ID token's claims cannot be read.")
	}
	// Some issuers say it as a text; some, which know their people anyway, not at all.
	if says.Verified == false || says.Verified == "false" {
		return "", untrusted("The issuer has not verified the e-mail address.")
	}
	email, err := text.Email(says.Email)
	if err != nil {
		return "", untrusted("The ID token names no e-mail address. Ask for the scope email.")
	}
	return email, nil
}
