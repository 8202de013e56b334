package user

import (
	"context"

	"atrium/shared/api"
)

// Own is what users may change of themselves.
type Own struct {
	Name         string
	AvatarURL    string
	Availability Availability
	Language     string
}

// Own is that part of the user.
func (r Record) Own() Own {
	return Own{Name: r.Name, AvatarURL: r.AvatarURL, Availability: r.Availability, Language: r.Language}
}

// WithOwn stores the user with another such part, one version on; where
// nothing changes, nothing is written. It returns api.ErrStale when somebody
// else has changed the user since.
func (r Record) WithOwn(ctx context.Context, c *api.Call, org string, own Own) (Record, error) {
	fields := r.Shown().Fields
	fields.Name, fields.AvatarURL, fields.Availability, fields.Language = own.Name, own.AvatarURL, own.Availability, own.Language
	if err := fields.Settle(); err != nil {
		return r, err
	}
	return change{org: org, before: r, after: r.with(c, fields)}.commit(ctx, c)
}
