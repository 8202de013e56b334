// Package environment is what a function is given by AWS Lambda and by
// template.yaml. It reads nothing else: the SDK's config package, which looks
// into files and asks for credentials over HTTP, would double a function's start.
package environment

import (
	"fmt"
	"log/slog"
	"os"
	"strconv"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"

	"atrium/shared/api"
	"atrium/shared/table"
	"atrium/shared/token"
)

// Open opens the table for a function that is about to start, and sends its
// log to CloudWatch as JSON. Where something is missing from the environment
// it says so and exits: a function without its table is of no use.
func Open(function string) *table.Table {
	slog.SetDefault(slog.New(slog.NewJSONHandler(os.Stderr, nil)))
	config, err := tableConfig()
	if err != nil {
		slog.Error("cannot start", "function", function, "error", err.Error())
		os.Exit(1)
	}
	return table.Open(config)
}

// Config is what template.yaml says of the deployment. Sign-up is open to the
// world where it says so, and not where it says nothing, or misspells it.
func Config() api.Config {
	minutes, _ := strconv.Atoi(os.Getenv("SIGN_IN_MINUTES"))
	return api.Config{
		SignUpClosed: os.Getenv("OPEN_SIGNUP") != "true",
		Keys:         token.NewKeys(os.Getenv("SIGNING_KEY"), os.Getenv("PREVIOUS_SIGNING_KEY")),
		SignInLife:   time.Duration(minutes) * time.Minute,
		DashboardURL: os.Getenv("DASHBOARD_URL"),
	}
}

// tableConfig names all that is missing at once.
func tableConfig() (table.Config, error) {
	var missing []string
	need := func(name string) string {
		value := os.Getenv(name)
		if value == "" {
			missing = append(missing, name)
		}
		return value
	}
	config := table.Config{
		Name:   need("TABLE_NAME"),
		Region: need("AWS_REGION"),
		Credentials: aws.Credentials{
			AccessKeyID: need("AWS_ACCESS_KEY_ID"), SecretAccessKey: need("AWS_SECRET_ACCESS_KEY"), SessionToken: os.Getenv("AWS_SESSION_TOKEN"),
		},
		Endpoint:  os.Getenv("AWS_ENDPOINT_URL_DYNAMODB"),
		CursorKey: []byte(need("SIGNING_KEY")),
	}
	if len(missing) > 0 {
		return config, fmt.Errorf("the environment lacks %v: template.yaml sets them, see Globals", missing)
	}
	return config, nil
}
