package api

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func TestUnmarshalIsStrict(t *testing.T) {
	for name, tc := range map[string]struct{ in, fault string }{
		"not UTF-8":       {"{\"a\":\"\xc3\x28\"}", "is not UTF-8 at byte 7"},
		"cut short":       {`{"a":`, "is not valid JSON at byte 5"},
		"something more":  {`{"a":1} x`, "is not valid JSON at byte 9"},
		"a lone comma":    {`{"a":1,}`, "is not valid JSON at byte 8"},
		"a name twice":    {`{"a":1,"a":2}`, "names a member a second time before byte 10"},
		"twice deep down": {`{"a":[{"b":{"c":1,"d":2,"c":3}}]}`, "names a member a second time before byte 27"},
		"twice by NFC":    {"{\"caf\u00e9\":1,\"cafe\u0301\":2}", "names a member a second time"},
		"too large":       {`{"a":1e999}`, "holds a number at byte 11 that is too large"},
	} {
		t.Run(name, func(t *testing.T) {
			var v any
			if err := unmarshal([]byte(tc.in), &v); err == nil || !strings.Contains(err.Error(), tc.fault) {
				t.Errorf("error %v, want %q", err, tc.fault)
			}
		})
	}
}

func TestUnmarshalMendsText(t *testing.T) {
	for name, tc := range map[string]struct{ in, want string }{
		"brings text to NFC":              {"\"cafe\u0301\"", "café"},
		"and escaped text":                {`"cafe\u0301"`, "café"},
		"keeps a pair of surrogates":      {`"\ud83c\udf55"`, "🍕"},
		"marks a high surrogate alone":    {`"a\ud83cb"`, "a\x00b"},
		"marks a low surrogate alone":     {`"\udf55"`, "\x00"},
		"marks both of a pair turned":     {`"\udf55\ud83c"`, "\x00\x00"},
		"marks the first of two high":     {`"\ud83c\ud83c\udf55"`, "\x00🍕"},
		"an escaped backslash is no mark": {`"\\ud83c"`, `\ud83c`},
	} {
		t.Run(name, func(t *testing.T) {
			var got string
			if err := unmarshal([]byte(tc.in), &got); err != nil || got != tc.want {
				t.Errorf("%q, %v, want %q", got, err, tc.want)
			}
		})
	}
}

func FuzzUnmarshal(f *testing.F) {
	for _, s := range []string{`{"a":[1,"é",{"b":null}]}`, `"\ud800"`, `"\\ud800"`, "\"\xff\"", `{"a":1e400}`, "\"n\u0303\"", `{"a":12345678901234567890}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var got, plain any
		err, plainErr := unmarshal(data, &got), json.Unmarshal(data, &plain)
		if err == nil && (plainErr != nil || !utf8.Valid(data)) {
			t.Fatalf("took %q, which is not JSON: %v", data, plainErr)
		}
		if err != nil && plainErr == nil && utf8.Valid(data) && twin(data) == 0 {
			t.Fatalf("refused %q: %v", data, err)
		}
		if err == nil && !strings.Contains(string(data), `\`) && !reflect.DeepEqual(got, normalizedTree(plain)) {
			t.Errorf("%q read as %v, want %v", data, got, plain)
		}
	})
}

// normalizedTree is nfc, said another way.
func normalizedTree(v any) any {
	switch v := v.(type) {
	case string:
		return norm.NFC.String(v)
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = normalizedTree(v[i])
		}
		return out
	case map[string]any:
		out := map[string]any{}
		for key, member := range v {
			out[norm.NFC.String(key)] = normalizedTree(member)
		}
		return out
	default:
		return v
	}
}
