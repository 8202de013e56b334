package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-sdk-go-v2/aws"

	"atrium/infra/local/inbox"
	"atrium/shared/courier"
	"atrium/shared/lambdamail"
	"atrium/shared/mail/ses"
)

// What mails are sent with on this machine.
const (
	sender           = "no-reply@mail.example"
	configurationSet = "atrium"
)

// startMail starts the local SES, which tells record-mail-event's own function
// what became of each mail.
func (k *stack) startMail(ctx context.Context) error {
	began := time.Now()
	listeners, port, err := listenNear("INBOX_PORT", k.inboxPort, k.inboxAnywhere)
	if err != nil {
		return err
	}
	k.inboxURL = fmt.Sprintf("http://localhost:%d", port)
	hear := lambdamail.Hearer(&courier.Courier{Table: k.table, Now: time.Now})
	k.inbox, err = inbox.Start(ctx, inbox.Options{
		Modules: filepath.Join(k.root, "infra", "local", "node_modules"), Listeners: listeners, Log: io.Discard,
		Hear: hear,
	})
	if err != nil {
		return err
	}
	k.atEnd(k.inbox.Stop)
	k.mails = &inbox.Reader{URL: k.inboxURL}
	k.done(began, "inbox", "on %s", k.inboxURL)
	return nil
}

// courier carries the mails of this machine to its SES.
func (k *stack) courier() *courier.Courier {
	return &courier.Courier{
		Table: k.table, Config: k.config(), From: sender, BaseURL: k.apiURL, Now: time.Now,
		Sender: ses.Open(ses.Config{
			Region: "us-east-1", Credentials: aws.Credentials{AccessKeyID: "local", SecretAccessKey: "local"},
			Endpoint: k.inboxURL, ConfigurationSet: configurationSet,
		}),
	}
}

// deliverMail is that function, which template.yaml has woken by the table's
// stream and by a clock.
type deliverMail func(ctx context.Context, event json.RawMessage) (any, error)

// deliver wakes it by the stream.
func (k *stack) deliver(ctx context.Context, function deliverMail) {
	handler := func(ctx context.Context, batch events.DynamoDBEvent) (events.DynamoDBEventResponse, error) {
		k.front.calm(ctx)
		event, err := json.Marshal(batch)
		if err != nil {
			return events.DynamoDBEventResponse{}, err
		}
		answer, err := function(ctx, event)
		failed, _ := answer.(events.DynamoDBEventResponse)
		return failed, err
	}
	k.follow(ctx, mailFile, "DeliverMail", handler)
}

// everyMinute wakes it for what had to wait.
func everyMinute(ctx context.Context, function deliverMail) {
	minute := time.NewTicker(time.Minute)
	defer minute.Stop()
	for {
		select {
		case <-minute.C:
		case <-ctx.Done():
			return
		}
		if _, err := function(ctx, json.RawMessage(`{"detail-type":"Scheduled Event","source":"aws.events","detail":{}}`)); err != nil && ctx.Err() == nil {
			slog.WarnContext(ctx, "mail that had to wait was not sent", "error", err.Error())
		}
	}
}
