package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"

	"atrium/dashboard"
	"atrium/infra/describe/sam"
	"atrium/infra/local/demo"
	"atrium/infra/local/dynamo"
	"atrium/infra/local/inbox"
	"atrium/infra/local/process"
	"atrium/infra/local/stream"
	"atrium/shared/api"
	"atrium/shared/catalogue"
	"atrium/shared/consequence"
	"atrium/shared/lambdamail"
	"atrium/shared/lambdastream"
	"atrium/shared/table"
	"atrium/shared/token"
)

// stack is all that runs. Each part, once started, adds how it is ended: the
// last is ended first.
type stack struct {
	settings
	progress
	folder *folder
	memory memory
	table  *table.Table
	server *process.Process
	inbox  *inbox.Inbox
	front  *front
	// listeners are the API's, opened first: a port that is taken stops everything.
	listeners []net.Listener
	apiURL    string
	inboxURL  string
	// mails reads what this stack has sent.
	mails *inbox.Reader
	// functions is closed when the functions' containers are gone; nil without any.
	functions <-chan struct{}
	// failed takes the end of any part that ends by itself.
	failed chan error
	level  slog.LevelVar
	end    []func()
}

// runStack starts everything, in order, and ends it in the opposite one when
// the context ends or a part fails.
func runStack(ctx context.Context, s settings, out io.Writer) error {
	k := &stack{settings: s, progress: progress{out: out}, failed: make(chan error, 4)}
	defer k.stop()
	for _, start := range []func(context.Context) error{k.openData, k.claimPort, k.startTable, k.startMail, k.startAPI, k.startStream, k.fillAgency, k.startFunctions, k.signIn, k.publish} {
		if err := start(ctx); err != nil {
			return err
		}
	}
	return k.wait(ctx)
}

func (k *stack) stop() {
	for len(k.end) > 0 {
		last := len(k.end) - 1
		k.end[last]()
		k.end = k.end[:last]
	}
}

func (k *stack) atEnd(f func()) { k.end = append(k.end, f) }

func (k *stack) openData(context.Context) error {
	folder, err := openFolder(k.data)
	if err != nil {
		return err
	}
	k.atEnd(func() { _ = folder.close() })
	k.folder = folder
	k.memory, err = folder.recall()
	return err
}

func (k *stack) claimPort(context.Context) error {
	listeners, port, err := listen("PORT", k.port)
	k.listeners, k.apiURL = listeners, fmt.Sprintf("http://localhost:%d", port)
	for _, listener := range listeners {
		k.atEnd(func() { _ = listener.Close() })
	}
	return err
}

// startTable starts the DynamoDB-compatible server with the table in it.
func (k *stack) startTable(ctx context.Context) error {
	began := time.Now()
	port, err := tablePortFor(k.settings)
	if err != nil {
		return err
	}
	file := k.folder.file(tableFile)
	k.server, err = dynamo.Start(ctx, dynamo.Options{
		Kind: dynamo.Dynoxide, Modules: filepath.Join(k.root, "infra", "local", "node_modules"), Port: port, File: file, Log: io.Discard,
	})
	if err != nil {
		return err
	}
	k.atEnd(k.server.Stop)
	if err := indexStream(ctx, file); err != nil {
		return err
	}
	if err := dynamo.CreateTable(ctx, k.server.Endpoint, tableName, filepath.Join(k.root, "infra", "table.yaml"), dynamo.Streamed); err != nil {
		return err
	}
	config := dynamo.Config(k.server.Endpoint, tableName)
	config.HTTP = &http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 64, IdleConnTimeout: time.Minute}}
	k.table = table.Open(config)
	k.done(began, "table", "on %s, kept in %s", k.server.Endpoint, k.shortened(file))
	return nil
}

// signInLife is longer than anybody leaves a terminal's links alone.
const signInLife = 24 * time.Hour

// config is what the deployment of this machine has chosen.
func (k *stack) config() api.Config {
	// The agency of this machine signs up like any other.
	return api.Config{SignUpClosed: false, Keys: token.NewKeys(k.memory.SigningKey), SignInLife: signInLife, DashboardURL: k.apiURL, LocalIssuers: true}
}

func (k *stack) startAPI(context.Context) error {
	began := time.Now()
	// Quiet until the agency is filled: that is a thousand requests.
	k.level.Set(slog.LevelWarn)
	log := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: &k.level}))
	slog.SetDefault(log)
	app, err := dashboard.Open(k.root)
	if err != nil {
		return err
	}
	k.front = newFront(k.table, k.config(), app, k.apiURL, log)
	server := k.front.serve(k.listeners, k.failed)
	k.atEnd(func() { finish(server) }) //nolint:contextcheck // the one that ended is why this is called
	k.done(began, "API", "%d operations on %s", len(catalogue.Operations), k.apiURL)
	return nil
}

// startStream starts the consumers of the table's stream, as AWS Lambda does,
// and the sweeping of what has expired, as DynamoDB does.
func (k *stack) startStream(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	var running sync.WaitGroup
	running.Go(func() {
		k.follow(ctx, positionFile, "PurgeOrganization", lambdastream.Handler(k.table, consequence.Follow))
	})
	function := lambdamail.Deliverer(k.courier())
	running.Go(func() { k.deliver(ctx, function) })
	running.Go(func() { everyMinute(ctx, function) })
	running.Go(func() { k.sweep(ctx) })
	k.atEnd(func() { cancel(); running.Wait() })
	return nil
}

// follow hands a consumer, by its name in template.yaml, what that one's filters
// let through of the stream. Its position a file keeps.
func (k *stack) follow(ctx context.Context, file, function string, handler stream.Handler) {
	filters, err := stream.FiltersOf(filepath.Join(k.root, sam.File), function)
	if err == nil {
		err = stream.Run(ctx, k.server.Endpoint, tableName, k.folder.file(file), stream.Filtered(filters.Admit, handler))
	}
	if err != nil {
		slog.ErrorContext(ctx, "the table's stream is not followed", "error", err.Error())
	}
}

// sweep deletes what has expired, now and every hour.
func (k *stack) sweep(ctx context.Context) {
	hourly := time.NewTicker(time.Hour)
	defer hourly.Stop()
	for {
		if _, err := dynamo.Sweep(ctx, k.server.Endpoint, tableName, time.Now()); err != nil && ctx.Err() == nil {
			slog.WarnContext(ctx, "what has expired was not swept", "error", err.Error())
		}
		select {
		case <-hourly.C:
		case <-ctx.Done():
			return
		}
	}
}

// fillAgency opens the demonstration agency at the first start. An interrupted
// first start goes on where it was: each request has its Idempotency-Key.
func (k *stack) fillAgency(ctx context.Context) error {
	if k.memory.Filled || k.memory.Bare {
		return nil
	}
	began := time.Now()
	agency, err := demo.Open(ctx, k.apiURL, k.mails)
	if err != nil {
		return fmt.Errorf("the demonstration agency could not be opened: %w", err)
	}
	sizes, err := agency.Fill(ctx)
	if err != nil {
		return fmt.Errorf("the demonstration agency could not be filled (start again to go on, or begin anew after make reset): %w", err)
	}
	k.memory.Filled = true
	k.done(began, "agency", "%s", sizes)
	return k.folder.remember(k.memory)
}

// patience is how long the links for the people of the agency may take. Who has
// changed them, or removed them, gets none.
const patience = 5 * time.Second

// signIn asks for links for the people of the agency, and reads their mails.
// Those of the last start stand in where none come: after many starts in a row
// no more are sent.
func (k *stack) signIn(ctx context.Context) error {
	if k.memory.Bare {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	var asked sync.WaitGroup
	for email, link := range map[string]*string{
		demo.Owner: &k.memory.SignIn.Owner, demo.OrgAdmin: &k.memory.SignIn.OrgAdmin, demo.User: &k.memory.SignIn.User,
	} {
		asked.Go(func() {
			if fresh, err := demo.SignInLink(ctx, k.apiURL, k.mails, email); err == nil {
				*link = fresh
			}
		})
	}
	asked.Wait()
	return k.folder.remember(k.memory)
}

// publish says that all is ready, to programs and to people.
func (k *stack) publish(context.Context) error {
	f := facts{
		APIURL: k.apiURL, DashboardURL: k.apiURL, InboxURL: k.inboxURL, TableEndpoint: k.server.Endpoint, TableName: tableName,
		SignIn: k.memory.SignIn, PIDs: pids{API: os.Getpid(), Table: k.server.Pid(), SES: k.inbox.Pid()},
	}
	if err := f.publish(k.factsPlaces()...); err != nil {
		return err
	}
	k.atEnd(func() { _ = f.withdraw(k.factsPlaces()...) })
	k.level.Set(slog.LevelInfo)
	k.ready(f, k.shortened(k.folder.file(factsFile)))
	return nil
}

// wait returns when somebody stops the stack, or a part of it ends by itself.
func (k *stack) wait(ctx context.Context) error {
	select {
	case <-ctx.Done():
		_, _ = fmt.Fprintln(k.out, "\nStopping. The data stays; make run goes on with it.")
		return nil
	case <-k.server.Exited():
		return errors.New("the DynamoDB-compatible server has ended by itself. Start again; the data is kept")
	case <-k.inbox.Exited():
		return errors.New("the local SES has ended by itself. Start again; the data is kept")
	case <-k.functions:
		return errors.New("sam local has ended by itself; what it said is above. Start again; the data is kept")
	case err := <-k.failed:
		return err
	}
}

// shortened is a path as a person in the repository would write it.
func (k *stack) shortened(path string) string {
	if short, err := filepath.Rel(k.root, path); err == nil && filepath.IsLocal(short) {
		return short
	}
	return path
}
