package table

import (
	"errors"
	"fmt"
	"strings"

	"github.com/aws/smithy-go"

	"atrium/shared/problem"
)

// setUp is what a caller is told.
const setUp = "The service is being set up or mended. Nothing was done; try again later."

// setup makes of an error that an operator has to mend a 503 for the caller, who
// is told no more, and words that say what is wrong and what to do for the log;
// nil of any other error.
func setup(err error) error {
	var refused smithy.APIError
	if !errors.As(err, &refused) {
		return nil
	}
	remedy := ""
	switch refused.ErrorCode() {
	case "ResourceNotFoundException":
		remedy = "TABLE_NAME names no table of this region: deploy the stack, or have it name the table that was restored"
	case "ValidationException":
		if strings.Contains(refused.ErrorMessage(), "specified index") {
			remedy = "the table lacks an index: it is to have all of those in infra/table.yaml, under the same names"
		}
	case "AccessDeniedException":
		remedy = "the function's role lacks a right on the table: template.yaml gives each what it uses, deploy it as it stands"
	case "UnrecognizedClientException", "InvalidSignatureException", "ExpiredTokenException", "MissingAuthenticationTokenException":
		remedy = "AWS does not take the function's credentials: nothing but Lambda is to set AWS_ACCESS_KEY_ID and its like"
	}
	if remedy == "" {
		return nil
	}
	return errors.Join(problem.New(problem.Unavailable, setUp), fmt.Errorf("%s: %w", remedy, err))
}
