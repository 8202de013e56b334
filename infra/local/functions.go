package main

import (
	"context"
	"os"
	"time"

	"atrium/infra/local/lambda"
)

// startFunctions starts the functions in Lambda's containers, which from then on
// answer in place of this process. What is not behind the gateway stays here: the
// consumers of the stream and of SES's events.
func (k *stack) startFunctions(ctx context.Context) error {
	if !k.contained {
		return nil
	}
	began := time.Now()
	variables, err := k.bridged(ctx)
	if err != nil {
		return err
	}
	gateway, err := lambda.Gateway(ctx, lambda.Options{
		Root: k.root, Variables: variables, File: k.folder.file(variablesFile), Log: os.Stderr,
	})
	if err != nil {
		return err
	}
	k.atEnd(gateway.Stop)
	k.functions = gateway.Exited()
	if err := k.front.handOver(gateway.Endpoint); err != nil {
		return err
	}
	k.done(began, "Lambda", "each function in a container, from its first call on")
	return nil
}

// bridged leads the containers to the table and to SES, and is what they are told.
func (k *stack) bridged(ctx context.Context) (map[string]string, error) {
	bridge, err := lambda.Open(ctx)
	if err != nil {
		return nil, err
	}
	k.atEnd(bridge.Close)
	table, err := bridge.Lead(ctx, k.server.Endpoint)
	if err != nil {
		return nil, err
	}
	ses, err := bridge.Lead(ctx, k.inboxURL)
	if err != nil {
		return nil, err
	}
	return map[string]string{
		"TABLE_NAME": tableName, "AWS_ENDPOINT_URL_DYNAMODB": table, "AWS_ENDPOINT_URL_SES": ses,
		"SIGNING_KEY": k.memory.SigningKey, "PREVIOUS_SIGNING_KEY": "", "OPEN_SIGNUP": "true", "SIGN_IN_MINUTES": "60",
		"DASHBOARD_URL": k.apiURL, "API_URL": k.apiURL, "MAIL_FROM": sender, "CONFIGURATION_SET": configurationSet,
	}, nil
}
