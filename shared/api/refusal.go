package api

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
	"github.com/danielgtaylor/huma/v2/validation"

	"atrium/shared/problem"
	"atrium/shared/text"
)

// speak makes huma speak our language, once: its settings are global.
var speak sync.Once

func ours() {
	// A list is never null, neither in answers nor where one is given.
	huma.DefaultArrayNullable = false
	// encoding/json takes Name for name: a second spelling would pass by the schema.
	huma.ValidateStrictCasing = true
	inOurWords()
	huma.NewError = func(status int, message string, errs ...error) huma.StatusError {
		return newError(status, message, errs...)
	}
	huma.NewErrorWithContext = func(ctx huma.Context, status int, message string, errs ...error) huma.StatusError {
		p := newError(status, message, errs...)
		p.Instance = callerOf(ctx.Context()).RequestID
		return p
	}
}

// inOurWords makes huma's messages continue the name of a field, as ours do.
func inOurWords() {
	validation.MsgUnexpectedProperty = "is not known here"
	validation.MsgExpectedRequiredProperty = missing + "%s"
	validation.MsgExpectedOneOf = "must be one of %s"
	validation.MsgExpectedBoolean = "must be true or false"
	validation.MsgExpectedNumber = "must be a number"
	validation.MsgExpectedInteger = "must be a whole number"
	validation.MsgExpectedString = "must be text"
	validation.MsgExpectedArray = "must be a list"
	validation.MsgExpectedObject = "must be an object"
	validation.MsgExpectedMinLength = "must have at least %d characters"
	validation.MsgExpectedMaxLength = "must have at most %d characters"
	validation.MsgExpectedMinItems = "must have at least %d entries"
	validation.MsgExpectedMaxItems = "must have at most %d entries"
	validation.MsgExpectedMinProperties = "must have at least %d members"
	validation.MsgExpectedMaxProperties = "must have at most %d members"
	validation.MsgExpectedMinimumNumber = "must be at least %v"
	validation.MsgExpectedMaximumNumber = "must be at most %v"
	validation.MsgExpectedRFC3339DateTime = "must be a time such as 2026-11-24T09:30:00Z"
	validation.MsgExpectedMatchExactlyOneSchema = "must have one of the forms that the API's description gives"
}

func refuse(ctx huma.Context, p *problem.Problem) {
	_, w := humago.Unwrap(ctx)
	p.Answer(w, callerOf(ctx.Context()).RequestID)
}

// newError makes huma's own refusals (parsing, validation) problems of ours.
// What was sent is not echoed: it may be a secret.
func newError(status int, message string, errs ...error) *problem.Problem {
	p := problem.New(codeOf(status), sentence(status, message))
	p.Status = status
	p.Title = http.StatusText(status)
	for _, err := range errs[:min(len(errs), maxErrors)] {
		var detail huma.ErrorDetailer
		var field *problem.Field
		switch {
		case errors.As(err, &field):
			p.Errors = append(p.Errors, *field)
		case errors.As(err, &detail):
			p.Errors = append(p.Errors, fieldOf(detail.ErrorDetail()))
		}
	}
	return p
}

// maxErrors is how many faults of one request are told: who makes more does
// not go through them one by one.
const maxErrors = 100

// missing begins the message of a field that is not there, and ends in its name.
const missing = "needs the field "

// fieldOf puts a fault where a form has a place for it: what is missing, huma
// says of the object around it.
func fieldOf(fault *huma.ErrorDetail) problem.Field {
	field := problem.Field{Location: text.Printable(fault.Location, maxLocation), Message: fault.Message}
	if name, found := strings.CutPrefix(fault.Message, missing); found {
		return problem.Field{Location: field.Location + "." + name, Message: "is required"}
	}
	for beginning, message := range parseFaults {
		if strings.HasPrefix(fault.Message, beginning) {
			field.Message = message
		}
	}
	// null is among the values of what a patch can put back; it goes without saying.
	field.Message = strings.Replace(field.Message, ", <nil>", "", 1)
	return field
}

// maxLocation is the most characters of a place: names in it are the caller's.
const maxLocation = 200

// parseFaults are what huma says of parameters that it cannot read, and what we do.
var parseFaults = map[string]string{
	"invalid integer":   "must be a whole number",
	"invalid boolean":   "must be true or false",
	"invalid date/time": "must be a time such as 2026-11-24T09:30:00Z",
}

func codeOf(status int) problem.Code {
	switch status {
	case http.StatusBadRequest:
		return problem.Malformed
	case http.StatusRequestEntityTooLarge:
		return problem.TooLarge
	case http.StatusUnsupportedMediaType:
		return problem.UnsupportedMedia
	case http.StatusUnprocessableEntity:
		return problem.Invalid
	case http.StatusRequestTimeout:
		return problem.Timeout
	default:
		return problem.Internal
	}
}

func sentence(status int, message string) string {
	switch status {
	case http.StatusUnprocessableEntity:
		return "The request is not valid: see errors."
	case http.StatusBadRequest:
		if message == "request body is required" {
			return "This operation needs a body."
		}
		return "The body is not valid JSON: see errors."
	case http.StatusRequestEntityTooLarge:
		return "The body is too large" + limitIn(message) + "."
	case http.StatusInternalServerError:
		return problem.Of(nil).Detail
	default:
		return message
	}
}

// limitIn is the limit in huma's message, to which as many are one too many.
func limitIn(message string) string {
	var limit int
	if _, err := fmt.Sscanf(message, "request body is too large limit=%d", &limit); err != nil {
		return ""
	}
	return fmt.Sprintf(": at most %d bytes are taken", limit-1)
}
