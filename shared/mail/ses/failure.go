package ses

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"

	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// What a mail that was not handed over came to.
var (
	// ErrThrottled says that SES took no more for now: the mail was certainly not sent.
	ErrThrottled = errors.New("SES takes no more mail for now")
	// ErrUnavailable says that SES cannot be used, until it is back or somebody
	// mends what it complains of: the mail was certainly not sent.
	ErrUnavailable = errors.New("SES cannot be used")
	// ErrUnknown says that the mail may have been sent, or not.
	ErrUnknown = errors.New("SES may have taken the mail")
)

// Refused says that SES will never take this mail: it was certainly not sent.
type Refused struct {
	// Reason is for a person of the agency.
	Reason string
}

func (r *Refused) Error() string { return r.Reason }

// What SES's error codes mean. Codes: Amazon SES API Reference, "Common
// errors" and "SendEmail".
var (
	throttling = []string{"Throttling", "ThrottlingException", "TooManyRequestsException", "RequestThrottled", "SlowDown", "RequestLimitExceeded", "LimitExceeded"}
	// An operator can mend these; meanwhile nothing is lost.
	mendable = []string{
		"AccountSendingPausedException", "AccountSendingPaused", "ConfigurationSetSendingPausedException", "ConfigurationSetSendingPaused",
		"ConfigurationSetDoesNotExist", "ConfigurationSetDoesNotExistException", "MailFromDomainNotVerifiedException", "MailFromDomainNotVerified",
		"AccessDenied", "AccessDeniedException", "NotAuthorized", "OptInRequired", "InvalidClientTokenId", "UnrecognizedClientException",
		"IncompleteSignature", "MissingAuthenticationToken", "SignatureDoesNotMatch", "RequestExpired", "ExpiredToken", "ExpiredTokenException",
		"ServiceUnavailable", "ServiceUnavailableException",
	}
	final = []string{"MessageRejected", "InvalidParameterValue", "InvalidParameterCombination", "MissingParameter", "ValidationError", "MalformedInput"}
)

// classified is the error that says what became of the mail.
func classified(err error) error {
	var api smithy.APIError
	if errors.As(err, &api) && api.ErrorCode() != "" && api.ErrorCode() != "UnknownError" {
		return byCode(api, err)
	}
	var dial *net.OpError
	if errors.As(err, &dial) && dial.Op == "dial" {
		return fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	var response *smithyhttp.ResponseError
	if errors.As(err, &response) {
		switch response.HTTPStatusCode() {
		case http.StatusTooManyRequests:
			return fmt.Errorf("%w: %w", ErrThrottled, err)
		case http.StatusServiceUnavailable, http.StatusForbidden, http.StatusUnauthorized, http.StatusNotFound:
			return fmt.Errorf("%w: %w", ErrUnavailable, err)
		case http.StatusBadRequest, http.StatusRequestEntityTooLarge:
			return &Refused{"The mail service does not take this mail."}
		}
	}
	return fmt.Errorf("%w: %w", ErrUnknown, err)
}

func byCode(api smithy.APIError, err error) error {
	is := func(codes []string) bool {
		for _, code := range codes {
			if api.ErrorCode() == code {
				return true
			}
		}
		return false
	}
	switch {
	case is(throttling):
		return fmt.Errorf("%w: %w", ErrThrottled, err)
	case is(mendable), operators(api.ErrorMessage()):
		return fmt.Errorf("%w: %w", ErrUnavailable, err)
	case is(final):
		return &Refused{"The mail service does not take this mail, or its address."}
	default:
		return fmt.Errorf("%w: %w", ErrUnknown, err)
	}
}

// operators tells the rejections that are not the mail's fault: the sender's
// address, or in SES's sandbox the recipient's, has yet to be verified; or the
// account may not send for now.
func operators(message string) bool {
	return strings.Contains(message, "not verified") || strings.Contains(message, "paused")
}
