package user

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"atrium/shared/api"
	"atrium/shared/problem"
)

// FuzzParseCSV: whatever comes, it is refused as a whole or gives as many rows
// as the file has, each one that can be checked like any other.
func FuzzParseCSV(f *testing.F) {
	for _, seed := range []string{
		"", "name,email", "name,email\n", "\ufeffname,email\r\nAnn,a@example.com\r\n", "email,name,agents,teams\n\"a\",\"b\"\"c\",all,x;y\n",
		"name,email\n\"open\n\n", "name,email\na\"b,c\n,,,\n\n\nd,e", "name,email,name\n", "name;email\na;b", "\xff\xfen\x00", "name,email\nRen\xe9,x", "name,email\ra,b",
	} {
		f.Add([]byte(seed))
	}
	shape := api.ShapeOf[Fields]()
	f.Fuzz(func(t *testing.T, data []byte) {
		values, err := parseCSV(data)
		if err != nil {
			if !problem.Is(err, problem.InvalidFile) {
				t.Fatalf("refused with %v", err)
			}
			return
		}
		if want := records(t, data); len(values) != want {
			t.Fatalf("%d rows from %d records", len(values), want)
		}
		for i, value := range values {
			r := newRow(i+1, value, shape)
			if r.problem == nil && (r.email == "" || r.settled.Name == "") {
				t.Fatalf("row %d passes without a name and an address: %+v", i+1, value)
			}
		}
	})
}

// records counts a file's own records, behind its header.
func records(t *testing.T, data []byte) int {
	text, err := decodeText(bytes.Clone(data))
	if err != nil {
		t.Fatal(err)
	}
	reader := csv.NewReader(bytes.NewReader(text))
	reader.FieldsPerRecord, reader.TrimLeadingSpace = -1, true
	for n := -1; ; n++ {
		if _, err := reader.Read(); errors.Is(err, io.EOF) {
			return n
		}
	}
}

func TestParseCSVKeepsColumnsApart(t *testing.T) {
	header := slices.Clone(columns)
	slices.Reverse(header)
	values, err := parseCSV([]byte(strings.Join(header, ",") + "\nall,x; y;,fr,user,a@example.com,Ann\n"))
	if err != nil || len(values) != 1 {
		t.Fatal(values, err)
	}
	r := newRow(1, values[0], api.ShapeOf[Fields]())
	if r.problem != nil || !r.given.Agents.All || !slices.Equal(r.given.Teams, []string{"x", "y"}) || r.given.Language != "fr" || r.given.Name != "Ann" {
		t.Errorf("%+v: %+v", r.problem, r.given)
	}
}
