package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"atrium/shared/problem"

	"github.com/danielgtaylor/huma/v2"
	"golang.org/x/text/unicode/norm"
)

// jsonFormat reads JSON more strictly than encoding/json does (UTF-8 only, one
// value, text brought to NFC) and writes it without escaping <, > and &.
var jsonFormat = huma.Format{Marshal: marshal, Unmarshal: unmarshal}

func marshal(w io.Writer, v any) error {
	// encoding/json would write it once, and read it again to trust it.
	if view, ok := v.(interface{ shown() any }); ok {
		v = view.shown()
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(v)
}

func unmarshal(data []byte, v any) error {
	// huma reads a body twice: whole, to hold it against the schema, and then into
	// its type. Of two members of one name encoding/json would take the last.
	if _, whole := v.(*any); whole && json.Valid(data) {
		if at := twin(data); at > 0 {
			return fmt.Errorf("names a member a second time before byte %d", at)
		}
	}
	data, err := clean(data)
	if err != nil {
		return err
	}
	err = json.Unmarshal(data, v)
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return fmt.Errorf("is not valid JSON at byte %d: %s", syntax.Offset, strings.TrimPrefix(syntax.Error(), "json: "))
	}
	var kind *json.UnmarshalTypeError
	if errors.As(err, &kind) {
		// All else that is of the wrong type, the schema tells with its place.
		return fmt.Errorf("holds a number at byte %d that is too large", kind.Offset)
	}
	return err
}

// twin is where an object names a member a second time; 0 where none does.
func twin(data []byte) int64 {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	if twinWithin(decoder) {
		return decoder.InputOffset()
	}
	return 0
}

// twinWithin reads one value, and stops behind the second of two equal names.
func twinWithin(decoder *json.Decoder) bool {
	opening, _ := decoder.Token()
	if opening != json.Delim('{') && opening != json.Delim('[') {
		return false
	}
	seen := map[string]bool{}
	for decoder.More() {
		if opening == json.Delim('{') {
			token, _ := decoder.Token()
			name, _ := token.(string)
			if name = norm.NFC.String(name); seen[name] {
				return true
			}
			seen[name] = true
		}
		if twinWithin(decoder) {
			return true
		}
	}
	_, _ = decoder.Token()
	return false
}

// clean refuses what is not UTF-8 and brings all text to NFC. encoding/json
// would turn half a surrogate pair into U+FFFD without a word: here it becomes
// U+0000, which every field refuses, so that the caller is told where.
func clean(data []byte) ([]byte, error) {
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			return nil, fmt.Errorf("is not UTF-8 at byte %d", i+1)
		}
		i += size
	}
	// Most bodies are as they should be already; only what is escaped can hide more.
	settled := norm.NFC.IsNormal(data) && !bytes.Contains(data, []byte(`\u`))
	if settled || !json.Valid(data) {
		return data, nil
	}
	return normalized(loneSurrogates(data))
}

func normalized(data []byte) ([]byte, error) {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return nil, err
	}
	return json.Marshal(nfc(value))
}

func nfc(value any) any {
	switch v := value.(type) {
	case string:
		return norm.NFC.String(v)
	case []any:
		for i := range v {
			v[i] = nfc(v[i])
		}
	case map[string]any:
		normal := make(map[string]any, len(v))
		for key, member := range v {
			normal[norm.NFC.String(key)] = nfc(member)
		}
		return normal
	}
	return value
}

// loneSurrogates replaces each \uD800-\uDFFF escape that is no half of a pair by \u0000.
func loneSurrogates(data []byte) []byte {
	var out []byte
	for i := 0; i+1 < len(data); i++ {
		if data[i] != '\\' {
			continue
		}
		high := surrogate(data[i:])
		switch {
		case high == 'h' && surrogate(data[i+6:]) == 'l':
			i += 11
		case high != 0:
			if out == nil {
				out = bytes.Clone(data)
			}
			copy(out[i:], `\u0000`)
			i += 5
		default:
			i++
		}
	}
	if out == nil {
		return data
	}
	return out
}

// surrogate tells what the escape at the beginning of s is: 'h' a high
// surrogate, 'l' a low one, 0 neither.
func surrogate(s []byte) byte {
	if len(s) < 6 || s[0] != '\\' || s[1] != 'u' || s[2]|0x20 != 'd' {
		return 0
	}
	switch third := s[3] | 0x20; {
	case s[3] == '8' || s[3] == '9' || third == 'a' || third == 'b':
		return 'h'
	case third >= 'c' && third <= 'f':
		return 'l'
	default:
		return 0
	}
}

// ReadJSON reads JSON as strictly as huma's bodies are read here, for handlers
// that take a RawBody; what is none is a 400.
func ReadJSON(data []byte, v any) error {
	if err := unmarshal(data, v); err != nil {
		return problem.New(problem.Malformed, "The body is not valid JSON: see errors.", problem.Field{Location: "body", Message: err.Error()})
	}
	return nil
}
