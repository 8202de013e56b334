package api

import (
	"strconv"
	"time"
)

// Resource is what every stored thing has.
type Resource struct {
	ID        string    `json:"id" example:"org_01jd6v0c8ge2rs2k9v2q1m4t7x" doc:"Opaque, URL-safe."`
	Version   int       `json:"version" example:"3" doc:"Rises by one with every change; the ETag is this number, quoted."`
	CreatedAt time.Time `json:"createdAt" example:"2026-11-24T09:30:00Z"`
	UpdatedAt time.Time `json:"updatedAt" example:"2026-11-24T09:30:00Z"`
}

// NewResource is a thing's first version.
func (c *Call) NewResource(id string) Resource {
	return Resource{ID: id, Version: 1, CreatedAt: c.Now, UpdatedAt: c.Now}
}

// Next is the version after r.
func (r Resource) Next(now time.Time) Resource {
	r.Version++
	r.UpdatedAt = now
	return r
}

// ETag is the entity tag of this version.
func (r Resource) ETag() string { return `"` + strconv.Itoa(r.Version) + `"` }

// Tagged is anything that has an entity tag.
type Tagged interface{ ETag() string }

// Answer is a resource.
type Answer[T Tagged] struct {
	ETag string `header:"ETag" doc:"The version, for If-Match." example:"\"3\""`
	Body T
}

// Found answers with a resource.
func Found[T Tagged](v T) *Answer[T] { return &Answer[T]{ETag: v.ETag(), Body: v} }

// Creation answers a POST that made a resource, or had made it before.
type Creation[T Tagged] struct {
	ETag     string `header:"ETag" doc:"The version, for If-Match." example:"\"1\""`
	Replayed string `header:"Idempotent-Replayed" doc:"true when an Idempotency-Key was seen before and nothing was done."`
	Body     T
}

// Created answers a creation.
func Created[T Tagged](v T, replayed bool) *Creation[T] {
	return &Creation[T]{ETag: v.ETag(), Replayed: Replayed(replayed), Body: v}
}

// Replayed is the value of the header of that name.
func Replayed(replayed bool) string {
	if replayed {
		return "true"
	}
	return ""
}

// Replacement answers a PUT: 201 when it made something, else 200.
type Replacement[T Tagged] struct {
	Status int
	ETag   string `header:"ETag" doc:"The version, for If-Match."`
	Body   T
}

// Empty answers a deletion.
type Empty struct{}
