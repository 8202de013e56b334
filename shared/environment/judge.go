package environment

import (
	"os"
	"strconv"
	"strings"
)

// rules are what is wrong with the value of a variable that is set, and what to
// do; empty where nothing is. They read as the end of a sentence that begins with its name.
var rules = map[string]func(value string) string{
	"SIGNING_KEY": signingKey,
	"PREVIOUS_SIGNING_KEY": func(value string) string {
		if value == noKey {
			return ""
		}
		return signingKey(value)
	},
	"MAIL_FROM": func(value string) string {
		if name, domain, _ := strings.Cut(value, "@"); name == "" || domain == "" || strings.ContainsAny(domain, " <>@,;") || strings.ContainsAny(name, " <>,;") {
			return "is no e-mail address: give one alone, without a name, as the parameter MailFrom"
		}
		return ""
	},
	"DASHBOARD_URL":             address("as the parameter DashboardUrl"),
	"AWS_ENDPOINT_URL_DYNAMODB": address("or leave it empty for AWS's own"),
	"AWS_ENDPOINT_URL_SES":      address("or leave it empty for AWS's own"),
	"SIGN_IN_MINUTES": func(value string) string {
		if minutes, err := strconv.Atoi(value); err != nil || minutes < 5 || minutes > 60 {
			return "is no number from 5 to 60: give one, as the parameter SignInMinutes"
		}
		return ""
	},
}

// noKey stands for no key in a secret, where nothing cannot stand.
const noKey = "none"

// minKey is how long a signing key is at least, in bytes.
const minKey = 32

func signingKey(value string) string {
	switch {
	case strings.HasPrefix(value, "{{resolve:"):
		return "was not read from its secret: sam local is given it by --env-vars (make sam-local does), and CloudFormation reads it when the stack is deployed"
	case len(value) < minKey:
		return "is shorter than 32 characters: make rotate-key writes a good one into the stack's secret; then deploy"
	default:
		return ""
	}
}

func address(where string) func(string) string {
	return func(value string) string {
		if !isURL(value) {
			return "is no URL: give one that begins with https://, " + where
		}
		return ""
	}
}

func isURL(value string) bool {
	scheme, host, _ := strings.Cut(value, "://")
	return host != "" && (scheme == "https" || scheme == "http")
}

// judge notes what is wrong with the variables that are set.
func (v *variables) judge() {
	for name, wrong := range rules {
		if value := os.Getenv(name); value != "" {
			if fault := wrong(value); fault != "" {
				v.wrong = append(v.wrong, name+" "+fault)
			}
		}
	}
}
