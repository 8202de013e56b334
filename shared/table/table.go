// Package table is Atrium's one DynamoDB table: the only place that speaks to
// the DynamoDB client, and where the keys of every kind of item are written down.
package table

import (
	"errors"
	"math/rand/v2"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/ratelimit"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// ErrNotFound says that there is no item under a key.
var ErrNotFound = errors.New("table: no such item")

// Config is what a table needs to be reached.
type Config struct {
	// Name of the table.
	Name string
	// Region and Credentials, as AWS Lambda gives them.
	Region      string
	Credentials aws.Credentials
	// Endpoint of a local server; empty on AWS.
	Endpoint string
	// CursorKey seals list cursors; any secret bytes, at least 32.
	CursorKey []byte
	// HTTP is the client to use instead of the SDK's own: tests count and break calls here.
	HTTP aws.HTTPClient
	// Observe, when set, is told of every call's cost.
	Observe func(Usage)
}

// Usage is what one call to DynamoDB cost.
type Usage struct {
	// Call is the API's name of it, such as Query.
	Call string
	// Units are the capacity units consumed, reads and writes together, index writes included.
	Units float64
}

// Table is a DynamoDB table with Atrium's keys. It is safe for concurrent use.
type Table struct {
	client  *dynamodb.Client
	name    *string
	cursors sealer
	observe func(Usage)
}

// attemptTimeout bounds one try of one call: DynamoDB answers within
// milliseconds, and what takes longer is better asked again.
const attemptTimeout = 3 * time.Second

// Open makes the client; it calls nothing.
func Open(c Config) *Table {
	options := dynamodb.Options{
		Region:             c.Region,
		Credentials:        aws.NewCredentialsCache(credentials.StaticCredentialsProvider{Value: c.Credentials}),
		HTTPClient:         c.HTTP,
		Retryer:            retryer(),
		EndpointResolverV2: newEndpoint(c),
		// The SDK checks each answer's CRC32 by reading it twice; TLS has done so already.
		DisableValidateResponseChecksum: true,
	}
	if options.HTTPClient == nil {
		options.HTTPClient = awshttp.NewBuildableClient().WithTimeout(attemptTimeout)
	}
	options.HTTPClient = watcher{options.HTTPClient}
	return &Table{
		client:  dynamodb.New(options),
		name:    aws.String(c.Name),
		cursors: newSealer(c.CursorKey),
		observe: c.Observe,
	}
}

// retryer tries again until the context's deadline whatever may pass: broken
// connections, throttling, and transactions that met another one.
func retryer() aws.Retryer {
	standard := retry.NewStandard(func(o *retry.StandardOptions) {
		o.RateLimiter = ratelimit.None
		o.Backoff = retry.BackoffDelayerFunc(backoff)
		o.Retryables = append(o.Retryables, retry.IsErrorRetryableFunc(func(err error) aws.Ternary {
			return aws.BoolTernary(passing(err))
		}))
	})
	// Without a limit: to the standard retryer itself, none would be three.
	return retry.AddWithMaxAttempts(standard, 0)
}

// backoff doubles from 25 ms to half a second, with full jitter.
func backoff(attempt int, _ error) (time.Duration, error) {
	ceiling := 25 * time.Millisecond << min(attempt, 5)
	return rand.N(min(ceiling, 500*time.Millisecond)), nil
}

// met are the codes of a call that met a transaction on its item.
var met = retry.RetryableErrorCode{Codes: map[string]struct{}{
	"TransactionConflictException": {}, "TransactionInProgressException": {},
}}

// passing tells whether a call that met a transaction, a canceled transaction,
// or an HTTP client's own timeout is worth another try.
func passing(err error) bool {
	var timeout interface{ Timeout() bool }
	if errors.As(err, &timeout) && timeout.Timeout() || met.IsErrorRetryable(err).Bool() {
		return true
	}
	var canceled *types.TransactionCanceledException
	if !errors.As(err, &canceled) {
		return false
	}
	retriable := false
	for _, reason := range canceled.CancellationReasons {
		switch aws.ToString(reason.Code) {
		case "ConditionalCheckFailed", "ValidationError", "ItemCollectionSizeLimitExceeded":
			return false
		case "TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded":
			retriable = true
		}
	}
	return retriable
}

func (t *Table) capacity() types.ReturnConsumedCapacity {
	if t.observe == nil {
		return types.ReturnConsumedCapacityNone
	}
	return types.ReturnConsumedCapacityTotal
}

func (t *Table) observed(call string, used ...types.ConsumedCapacity) {
	if t.observe == nil {
		return
	}
	usage := Usage{Call: call}
	for _, u := range used {
		usage.Units += aws.ToFloat64(u.CapacityUnits)
	}
	t.observe(usage)
}
