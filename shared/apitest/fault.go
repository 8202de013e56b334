package apitest

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
)

// Fault is what AWS may do instead of answering.
type Fault string

// The faults. A lost answer is of a call that was carried out.
const (
	Throttled Fault = "throttled"
	Conflict  Fault = "transaction conflict"
	Unserved  Fault = "internal server error"
	TimedOut  Fault = "timed out"
	Lost      Fault = "answer lost"
)

// Faults are all of them.
var Faults = []Fault{Throttled, Conflict, Unserved, TimedOut, Lost}

// timeout is what an HTTP client says when nothing came in time.
type timeout struct{}

func (timeout) Error() string   { return "context deadline exceeded while awaiting headers" }
func (timeout) Timeout() bool   { return true }
func (timeout) Temporary() bool { return true }

// Break makes calls to the table fail, from the nth (0 is the next) on, for as
// many calls as times says. It returns how many failed so far.
func (w *World) Break(fault Fault, nth, times int) *atomic.Int64 {
	var seen, failed atomic.Int64
	w.Fault = func(r *http.Request) (*http.Response, error) {
		n := int(seen.Add(1)) - 1
		if n < nth || n >= nth+times {
			return nil, nil //nolint:nilnil // nothing injected
		}
		failed.Add(1)
		return fault.answer(r)
	}
	return &failed
}

// Stumble makes the first try of each call to the table fail, and the second pass.
func (w *World) Stumble(fault Fault) {
	var tries atomic.Int64
	w.Fault = func(r *http.Request) (*http.Response, error) {
		if tries.Add(1)%2 == 0 {
			return nil, nil //nolint:nilnil // nothing injected
		}
		return fault.answer(r)
	}
}

// Mend ends what Break or Stumble began.
func (w *World) Mend() { w.Fault = nil }

func (f Fault) answer(r *http.Request) (*http.Response, error) {
	switch f {
	case Throttled:
		return refusal(http.StatusBadRequest, "ProvisionedThroughputExceededException", ""), nil
	case Unserved:
		return refusal(http.StatusInternalServerError, "InternalServerError", ""), nil
	case TimedOut:
		return nil, timeout{}
	case Lost:
		response, err := transport.Do(r)
		if err == nil {
			err = errors.Join(timeout{}, response.Body.Close())
		}
		return nil, err
	default:
		return conflict(r), nil
	}
}

// conflict is how DynamoDB refuses what met a transaction.
func conflict(r *http.Request) *http.Response {
	if !strings.HasSuffix(r.Header.Get("X-Amz-Target"), "TransactWriteItems") {
		return refusal(http.StatusBadRequest, "TransactionConflictException", "")
	}
	return refusal(http.StatusBadRequest, "TransactionCanceledException",
		`,"CancellationReasons":[{"Code":"TransactionConflict","Message":"Transaction is ongoing for the item"},{"Code":"None"}]`)
}

func refusal(status int, kind, more string) *http.Response {
	body := `{"__type":"com.amazonaws.dynamodb.v20120810#` + kind + `","message":"injected"` + more + `}`
	return &http.Response{
		StatusCode: status, Header: http.Header{"Content-Type": {"application/x-amz-json-1.0"}},
		Body: io.NopCloser(bytes.NewBufferString(body)), ContentLength: int64(len(body)),
	}
}
