// Package environment is what a function is given by AWS Lambda and by
// template.yaml. It reads nothing else: the SDK's config package, which looks
// into files and asks for credentials over HTTP, would double a function's start.
package environment

import (
	"fmt"
	"log/slog"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"

	"atrium/shared/api"
	"atrium/shared/table"
	"atrium/shared/telemetry"
	"atrium/shared/token"
)

// Open opens the table for a function that is about to start, and sends its
// log to CloudWatch as JSON. Where something is missing from the environment
// it says so and exits: a function without its table is of no use.
func Open(function string) *table.Table {
	var v variables
	config := v.table()
	v.check(function)
	return table.Open(config)
}

// Mail is what a function that sends mail is told beyond Config.
type Mail struct {
	Region      string
	Credentials aws.Credentials
	// Endpoint of a local server; empty on AWS.
	Endpoint         string
	ConfigurationSet string
	// From is the deployment's own address.
	From string
	// APIURL is where the API is, without a slash at its end: mails show logos from there.
	APIURL string
}

// OpenMail is Open for a function that sends mail.
func OpenMail(function string) (*table.Table, Mail) {
	var v variables
	config := v.table()
	mail := Mail{
		Region: config.Region, Credentials: config.Credentials, Endpoint: os.Getenv("AWS_ENDPOINT_URL_SES"),
		ConfigurationSet: v.need("CONFIGURATION_SET"), From: v.need("MAIL_FROM"), APIURL: withoutSlash(v.need("API_URL")),
	}
	// Config reads it, and does without; a link in a mail cannot.
	v.need("DASHBOARD_URL")
	v.check(function)
	return table.Open(config), mail
}

// Config is what template.yaml says of the deployment. Sign-up is open to the
// world where it says so, and not where it says nothing, or misspells it.
func Config() api.Config {
	minutes, _ := strconv.Atoi(os.Getenv("SIGN_IN_MINUTES"))
	return api.Config{
		SignUpClosed: os.Getenv("OPEN_SIGNUP") != "true",
		Keys:         token.NewKeys(os.Getenv("SIGNING_KEY"), previousKey()),
		SignInLife:   time.Duration(minutes) * time.Minute,
		DashboardURL: withoutSlash(os.Getenv("DASHBOARD_URL")),
		APIURL:       apiURL(),
	}
}

// Telemetry is what a function tells of itself.
func Telemetry(function string) *telemetry.Function {
	return telemetry.Of(function, os.Getenv("METRICS_NAMESPACE"))
}

// apiURL is where callers find the API. Of a parameter that nobody set, sam local
// gives the name: then the gateway says where it is.
func apiURL() string {
	if url := os.Getenv("API_URL"); isURL(url) {
		return withoutSlash(url)
	}
	return ""
}

// previousKey is empty where there is none; in a secret that cannot be, and says so.
func previousKey() string {
	if key := os.Getenv("PREVIOUS_SIGNING_KEY"); key != noKey {
		return key
	}
	return ""
}

// EdgeKey is what requests by way of CloudFront carry; empty where none is in front.
func EdgeKey() string { return os.Getenv("EDGE_KEY") }

func withoutSlash(url string) string { return strings.TrimRight(url, "/") }

// variables notes those that are missing, and where something else is wrong, to
// say all of it at once.
type variables struct{ missing, wrong []string }

func (v *variables) need(name string) string {
	value := os.Getenv(name)
	if value == "" {
		v.missing = append(v.missing, name)
	}
	return value
}

func (v *variables) table() table.Config {
	return table.Config{
		Name:   v.need("TABLE_NAME"),
		Region: v.need("AWS_REGION"),
		Credentials: aws.Credentials{
			AccessKeyID: v.need("AWS_ACCESS_KEY_ID"), SecretAccessKey: v.need("AWS_SECRET_ACCESS_KEY"), SessionToken: os.Getenv("AWS_SESSION_TOKEN"),
		},
		Endpoint:  os.Getenv("AWS_ENDPOINT_URL_DYNAMODB"),
		CursorKey: []byte(v.need("SIGNING_KEY")),
	}
}

// check ends a function that lacks something, or was told what cannot be, and
// says what, and what to do. Of no value it says more than that.
func (v *variables) check(function string) {
	slog.SetDefault(slog.New(telemetry.NewHandler(os.Stderr)))
	v.judge()
	if len(v.missing) > 0 {
		v.wrong = append(v.wrong, fmt.Sprintf("the environment lacks %v: template.yaml sets them, in Globals or with the function", v.missing))
	}
	if len(v.wrong) > 0 {
		slog.Error("cannot start", "operation", function, "error", strings.Join(v.wrong, "; "))
		os.Exit(1)
	}
}
