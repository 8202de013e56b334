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

// classified is the error that says what became of the mail from an address.
func classified(err error, from string) error {
	var api smithy.APIError
	if errors.As(err, &api) && api.ErrorCode() != "" && api.ErrorCode() != "UnknownError" {
		return byCode(api, from)
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

func byCode(api smithy.APIError, from string) error {
	is := func(codes []string) bool {
		for _, code := range codes {
			if api.ErrorCode() == code {
				return true
			}
		}
		return false
	}
	// What SES says beside its code can name the recipient, and goes into no log.
	switch code := api.ErrorCode(); {
	case is(throttling):
		return fmt.Errorf("%w: %s", ErrThrottled, code)
	case is(mendable), operators(api.ErrorMessage()):
		return fmt.Errorf("%w: %s: %s", ErrUnavailable, code, remedy(code, api.ErrorMessage(), from))
	case is(final):
		return &Refused{"The mail service does not take this mail, or its address."}
	default:
		return fmt.Errorf("%w: %s", ErrUnknown, code)
	}
}

// remedy is what an operator is to do.
func remedy(code, message, from string) string {
	switch {
	case strings.Contains(message, "not verified") && strings.Contains(message, from), strings.HasPrefix(code, "MailFromDomain"):
		return "the sender's address or its domain is not verified in this region: verify it in SES, as the parameter MailDomain has it done"
	case strings.Contains(message, "not verified"):
		return "the account is in SES's sandbox, where mail reaches verified addresses only: ask for production access, as infra/RUNBOOK.md says"
	case strings.Contains(message, "paused"), strings.Contains(code, "Paused"):
		return "sending is paused, by SES for its reputation or by somebody: see Mails bounce in infra/RUNBOOK.md"
	case strings.HasPrefix(code, "ConfigurationSet"):
		return "CONFIGURATION_SET names none of this region: deploy the stack as it stands"
	case strings.HasPrefix(code, "ServiceUnavailable"):
		return "SES is away; the mail goes out when it is back"
	default:
		return "SES does not let this function send: its role is to have what template.yaml gives it"
	}
}

// operators tells the rejections that are not the mail's fault: the sender's
// address, or in SES's sandbox the recipient's, has yet to be verified; or the
// account may not send for now.
func operators(message string) bool {
	return strings.Contains(message, "not verified") || strings.Contains(message, "paused")
}
