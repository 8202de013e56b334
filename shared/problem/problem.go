// Package problem is how Atrium says no: one closed set of codes, and the
// RFC 9457 body that carries them.
//
// A caller's program branches on Code, a person reads Detail, and a form puts
// each of Errors beside its field. Everything else that can go wrong inside
// is a 500 with a fixed text: the cause goes to the log, never to the caller.
package problem

import (
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"time"
)

// Code is the stable, machine-readable reason of a problem.
type Code string

// The codes, by the HTTP status they answer with (see statuses).
const (
	Malformed         Code = "malformed"
	InvalidCursor     Code = "invalid_cursor"
	InvalidFile       Code = "invalid_file"
	Unauthenticated   Code = "unauthenticated"
	TokenExpired      Code = "token_expired"
	TokenInvalid      Code = "token_invalid"
	SessionEnded      Code = "session_ended"
	KeyUnknown        Code = "key_unknown"
	KeyExpired        Code = "key_expired"
	RightsChanged     Code = "rights_changed"
	Forbidden         Code = "forbidden"
	SignUpClosed      Code = "sign_up_closed"
	OrganizationShut  Code = "organization_inactive"
	NotFound          Code = "not_found"
	NameTaken         Code = "name_taken"
	EmailTaken        Code = "email_taken"
	ExternalIDTaken   Code = "external_id_taken"
	KeyTaken          Code = "key_taken"
	HostTaken         Code = "host_taken"
	ReadOnly          Code = "read_only"
	LimitReached      Code = "limit_reached"
	InProgress        Code = "in_progress"
	AlreadyMember     Code = "already_member"
	AlreadyPending    Code = "already_pending"
	NotPending        Code = "not_pending"
	LastOwner         Code = "last_owner"
	Suppressed        Code = "address_suppressed"
	LinkExpired       Code = "expired"
	LinkRevoked       Code = "revoked"
	LinkDeclined      Code = "declined"
	LinkAccepted      Code = "accepted"
	LinkReplaced      Code = "replaced"
	LinkUsed          Code = "used"
	RateLimited       Code = "rate_limited"
	Stale             Code = "stale"
	TooLarge          Code = "too_large"
	UnsupportedMedia  Code = "unsupported_media_type"
	Invalid           Code = "invalid"
	IdempotencyReused Code = "idempotency_key_reused"
	Throttled         Code = "throttled"
	OutcomeUnknown    Code = "outcome_unknown"
	Unavailable       Code = "unavailable"
	IssuerUnavailable Code = "issuer_unavailable"
	Timeout           Code = "request_timeout"
	Internal          Code = "internal"
)

var statuses = map[Code]int{
	Malformed: http.StatusBadRequest, InvalidCursor: http.StatusBadRequest, InvalidFile: http.StatusBadRequest,
	Unauthenticated: http.StatusUnauthorized, TokenExpired: http.StatusUnauthorized, TokenInvalid: http.StatusUnauthorized,
	SessionEnded: http.StatusUnauthorized, KeyUnknown: http.StatusUnauthorized, KeyExpired: http.StatusUnauthorized, RightsChanged: http.StatusUnauthorized,
	Forbidden: http.StatusForbidden, SignUpClosed: http.StatusForbidden, OrganizationShut: http.StatusForbidden,
	NotFound:  http.StatusNotFound,
	NameTaken: http.StatusConflict, EmailTaken: http.StatusConflict, ExternalIDTaken: http.StatusConflict,
	KeyTaken: http.StatusConflict, HostTaken: http.StatusConflict, ReadOnly: http.StatusConflict,
	LimitReached: http.StatusConflict, InProgress: http.StatusConflict,
	AlreadyMember: http.StatusConflict, AlreadyPending: http.StatusConflict, NotPending: http.StatusConflict,
	LastOwner: http.StatusConflict, Suppressed: http.StatusConflict,
	LinkExpired: http.StatusGone, LinkRevoked: http.StatusGone, LinkDeclined: http.StatusGone,
	LinkAccepted: http.StatusGone, LinkReplaced: http.StatusGone, LinkUsed: http.StatusGone,
	RateLimited:      http.StatusTooManyRequests,
	Stale:            http.StatusPreconditionFailed,
	TooLarge:         http.StatusRequestEntityTooLarge,
	UnsupportedMedia: http.StatusUnsupportedMediaType,
	Invalid:          http.StatusUnprocessableEntity, IdempotencyReused: http.StatusUnprocessableEntity,
	Throttled: http.StatusServiceUnavailable, OutcomeUnknown: http.StatusServiceUnavailable, Unavailable: http.StatusServiceUnavailable, IssuerUnavailable: http.StatusServiceUnavailable,
	Timeout:  http.StatusRequestTimeout,
	Internal: http.StatusInternalServerError,
}

// Field is one thing wrong with the input, and where: `body.sections.home`,
// `query.limit`, `header.If-Match`.
type Field struct {
	Location string `json:"location" example:"body.name" doc:"Where in the request the fault is."`
	Message  string `json:"message" example:"must not be empty" doc:"What is wrong there, and what is expected."`
}

// Error lets a Field be returned wherever an error is collected.
func (f *Field) Error() string { return f.Location + ": " + f.Message }

// Problem is the body of every answer that is not a success.
type Problem struct {
	Type     string  `json:"type" example:"about:blank" doc:"Always about:blank: code tells the kind."`
	Title    string  `json:"title" example:"Conflict" doc:"The status in words."`
	Status   int     `json:"status" example:"409" doc:"The HTTP status."`
	Code     Code    `json:"code" example:"name_taken" doc:"Stable, machine-readable reason."`
	Detail   string  `json:"detail" example:"An organization with this name exists already." doc:"What happened and what to do, for people."`
	Instance string  `json:"instance,omitempty" example:"JKJaXmPLvHcESHA=" doc:"The request's id, to be quoted to support."`
	ID       string  `json:"id,omitempty" example:"inv_01jd6v0c8ge2rs2k9v2q1m4t7x" doc:"What stands in the way, where it can be named."`
	Errors   []Field `json:"errors,omitempty" doc:"Each fault of the input, with its place."`

	// RetryAfter, when set, is sent as the header of that name.
	RetryAfter time.Duration `json:"-"`
}

// New makes the problem of a code.
func New(code Code, detail string, fields ...Field) *Problem {
	status := statuses[code]
	return &Problem{
		Type: "about:blank", Title: http.StatusText(status), Status: status,
		Code: code, Detail: detail, Errors: fields,
	}
}

// NotFoundf says that there is no such thing, or none that the caller may know of.
func NotFoundf(what string) *Problem {
	return New(NotFound, "There is no such "+what+" here.")
}

// AtField is a 422 about one place of the input.
func AtField(location, message string) *Problem {
	return New(Invalid, "The request is not valid: see errors.", Field{Location: location, Message: message})
}

// AtFields is a 422 about several places; nil when there are none.
func AtFields(fields []Field) error {
	if len(fields) == 0 {
		return nil
	}
	return New(Invalid, "The request is not valid: see errors.", fields...)
}

// refusals are what the caller of each refused credential is told.
var refusals = map[Code]string{ //nolint:gosec // words about tokens, and none of them
	TokenExpired:     "The access token has expired. Refresh the session with PUT /session.",
	TokenInvalid:     "This is no access token of ours, and no API key. Sign in again.",
	SessionEnded:     "The session has ended. Sign in again.",
	KeyUnknown:       "There is no such API key; it may have been revoked. Make a new one.",
	KeyExpired:       "The API key has expired. Make a new one.",
	OrganizationShut: "Your organization is not active. Ask your agency.",
}

// Credential is the answer to who sent a credential that was refused with a
// code, or none.
func Credential(code Code) *Problem {
	if detail, ok := refusals[code]; ok {
		return New(code, detail)
	}
	return New(Unauthenticated, "Sign in, or send an API key, as Authorization: Bearer ….")
}

// Error is the detail.
func (p *Problem) Error() string { return string(p.Code) + ": " + p.Detail }

// GetStatus makes a Problem a huma.StatusError.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType is application/problem+json for JSON.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// GetHeaders makes a Problem a huma.HeadersError.
func (p *Problem) GetHeaders() http.Header {
	if p.RetryAfter <= 0 {
		return nil
	}
	seconds := int((p.RetryAfter + time.Second - 1) / time.Second)
	return http.Header{"Retry-After": {strconv.Itoa(seconds)}}
}

// Answer writes the problem as the answer to a request.
func (p Problem) Answer(w http.ResponseWriter, requestID string) {
	p.Instance = requestID
	for name, values := range p.GetHeaders() {
		w.Header()[name] = values
	}
	w.Header().Set("Content-Type", p.ContentType(""))
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p)
}

// Is tells whether err is a problem with that code.
func Is(err error, code Code) bool {
	var p *Problem
	return errors.As(err, &p) && p.Code == code
}

// Of is the problem in err, or an Internal one that says nothing of the cause.
func Of(err error) *Problem {
	var p *Problem
	if errors.As(err, &p) {
		return p
	}
	return New(Internal, "Something went wrong on our side. Try again; if it stays, tell support the instance.")
}
