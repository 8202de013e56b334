package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"strings"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/attributevalue"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// tape is what one request asked of the table, call by call.
type tape struct {
	mu    sync.Mutex
	calls []wireCall
}

// wireCall is a call to DynamoDB as it was sent.
type wireCall struct {
	name string
	body []byte
}

type tapeKey struct{}

// recording makes calls under the context go on the tape.
func (t *tape) recording(ctx context.Context) context.Context {
	return context.WithValue(ctx, tapeKey{}, t)
}

// recorder is the table's HTTP client: it puts calls on the tape of their
// context, where that has one.
type recorder struct{ aws.HTTPClient }

// Do sends a call.
func (r recorder) Do(request *http.Request) (*http.Response, error) {
	if t, ok := request.Context().Value(tapeKey{}).(*tape); ok {
		if err := t.record(request); err != nil {
			return nil, err
		}
	}
	return r.HTTPClient.Do(request)
}

func (t *tape) record(request *http.Request) error {
	body, err := io.ReadAll(request.Body)
	if err != nil {
		return err
	}
	request.Body = io.NopCloser(bytes.NewReader(body))
	_, name, _ := strings.Cut(request.Header.Get("X-Amz-Target"), ".")
	t.mu.Lock()
	defer t.mu.Unlock()
	t.calls = append(t.calls, wireCall{name, body})
	return nil
}

// replay makes the calls on a tape again, one after another, in the twin: the
// same but for the workspace, which is part of every key.
func (a agency) replay(t *tape) (call, error) {
	calls := make([]call, len(t.calls))
	for i, w := range t.calls {
		var err error
		if calls[i], err = a.bareCall(w.name, bytes.ReplaceAll(w.body, []byte(a.workspace), []byte(a.twin))); err != nil {
			return nil, fmt.Errorf("%s cannot be made again: %w", w.name, err)
		}
	}
	return func(ctx context.Context) error {
		for _, c := range calls {
			if err := c(ctx); err != nil {
				return err
			}
		}
		return nil
	}, nil
}

// bareCall is a call of the SDK's own client.
func (l *lab) bareCall(name string, body []byte) (call, error) {
	switch name {
	case "GetItem":
		return bareCall(body, l.client.GetItem)
	case "BatchGetItem":
		return bareCall(body, l.client.BatchGetItem)
	case "Query":
		return bareCall(body, l.client.Query)
	case "UpdateItem":
		return bareCall(body, l.client.UpdateItem)
	case "TransactWriteItems":
		return bareCall(body, l.client.TransactWriteItems)
	default:
		return nil, fmt.Errorf("no operation is known to call %s", name)
	}
}

func bareCall[I, O any](body []byte, method func(context.Context, *I, ...func(*dynamodb.Options)) (*O, error)) (call, error) {
	input := new(I)
	if err := fill(reflect.ValueOf(input).Elem(), body); err != nil {
		return nil, err
	}
	// A transaction under a token that was used before would do nothing.
	if transaction, ok := any(input).(*dynamodb.TransactWriteItemsInput); ok {
		transaction.ClientRequestToken = nil
	}
	return func(ctx context.Context) error {
		_, err := method(ctx, input)
		return err
	}, nil
}

// fill makes an SDK's input of the JSON that the SDK made of it. It does by
// reflection what encoding/json cannot: attribute values are of an interface type.
func fill(v reflect.Value, raw json.RawMessage) error {
	switch {
	case v.Type() == reflect.TypeFor[map[string]types.AttributeValue]():
		item, err := attributevalue.UnmarshalMapJSON(raw)
		v.Set(reflect.ValueOf(item))
		return err
	case v.Kind() == reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		return fill(v.Elem(), raw)
	case v.Kind() == reflect.Struct:
		return fillStruct(v, raw)
	case v.Kind() == reflect.Slice:
		return fillSlice(v, raw)
	case v.Kind() == reflect.Map:
		return fillMap(v, raw)
	default:
		return json.Unmarshal(raw, v.Addr().Interface())
	}
}

func fillStruct(v reflect.Value, raw json.RawMessage) error {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(raw, &members); err != nil {
		return err
	}
	for name, member := range members {
		field := v.FieldByName(name)
		if !field.IsValid() {
			return fmt.Errorf("%s has no member %s", v.Type(), name)
		}
		if err := fill(field, member); err != nil {
			return err
		}
	}
	return nil
}

func fillSlice(v reflect.Value, raw json.RawMessage) error {
	var elements []json.RawMessage
	if err := json.Unmarshal(raw, &elements); err != nil {
		return err
	}
	v.Set(reflect.MakeSlice(v.Type(), len(elements), len(elements)))
	for i, element := range elements {
		if err := fill(v.Index(i), element); err != nil {
			return err
		}
	}
	return nil
}

func fillMap(v reflect.Value, raw json.RawMessage) error {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(raw, &members); err != nil {
		return err
	}
	v.Set(reflect.MakeMapWithSize(v.Type(), len(members)))
	for name, member := range members {
		value := reflect.New(v.Type().Elem()).Elem()
		if err := fill(value, member); err != nil {
			return err
		}
		v.SetMapIndex(reflect.ValueOf(name), value)
	}
	return nil
}
