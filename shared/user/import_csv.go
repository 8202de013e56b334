package user

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"atrium/shared/problem"
)

// columns are those that a file may have, the required ones first.
var columns = []string{"name", "email", "role", "language", "teams", "agents"}

// required is how many of columns a file must have.
const required = 2

// parseCSV are the rows of a file, each as JSON would have it, or spoiled where
// it cannot be read. A file that is none as a whole is a 400.
func parseCSV(data []byte) ([]any, error) {
	data, err := decodeText(data)
	if err != nil {
		return nil, err
	}
	reader := csv.NewReader(bytes.NewReader(data))
	reader.FieldsPerRecord, reader.TrimLeadingSpace = -1, true
	header, err := readHeader(reader)
	if err != nil {
		return nil, err
	}
	values := []any{}
	for {
		cells, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return values, nil
		}
		value, err := rowOf(header, cells, err)
		if err != nil {
			return nil, err
		}
		values = append(values, value)
	}
}

func invalidFile(format string, arguments ...any) error {
	message := fmt.Sprintf(format, arguments...)
	return problem.New(problem.InvalidFile, "The file cannot be read: it "+message+".", problem.Field{Location: "body", Message: message})
}

// decodeText refuses what is not UTF-8, by name where it can, and drops the
// mark that some programs put at the beginning.
func decodeText(data []byte) ([]byte, error) {
	switch {
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}), bytes.HasPrefix(data, []byte{0xfe, 0xff}),
		len(data) > 1 && (data[0] == 0) != (data[1] == 0):
		return nil, invalidFile("is UTF-16; save it as UTF-8")
	}
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			return nil, invalidFile("is not UTF-8 at byte %d, in line %d: that looks like Latin-1 (Windows-1252); save it as UTF-8",
				i+1, 1+bytes.Count(data[:i], []byte("\n")))
		}
		i += size
	}
	return norm.NFC.Bytes(bytes.TrimPrefix(data, []byte("\ufeff"))), nil
}

// readHeader are the columns, in the file's order.
func readHeader(reader *csv.Reader) ([]string, error) {
	header, err := reader.Read()
	if err != nil {
		return nil, invalidFile("has no header: its first row must name the columns, as in %s", strings.Join(columns, ","))
	}
	for i, name := range header {
		name = strings.ToLower(strings.TrimSpace(name))
		switch {
		case !slices.Contains(columns, name):
			return nil, invalidFile("has %q for a column, in its first row; the columns are %s, separated by commas", clipped(header[i]), strings.Join(columns, ","))
		case slices.Contains(header[:i], name):
			return nil, invalidFile("has the column %s twice", name)
		}
		header[i] = name
	}
	for _, name := range columns[:required] {
		if !slices.Contains(header, name) {
			return nil, invalidFile("has no column %s; the columns are %s", name, strings.Join(columns, ","))
		}
	}
	return header, nil
}

// clipped is a name from a file as it may stand in an answer.
func clipped(name string) string {
	if runes := []rune(name); len(runes) > 40 {
		return string(runes[:40]) + "…"
	}
	return name
}

// rowOf is a record as JSON would have it, or spoiled. A quotation mark
// without its other half takes in all rows behind it: that fails the file.
func rowOf(header, cells []string, unread error) (any, error) {
	var syntax *csv.ParseError
	if errors.As(unread, &syntax) {
		if syntax.StartLine != syntax.Line {
			return nil, invalidFile("has a quotation mark in line %d without its other half", syntax.StartLine)
		}
		return spoiled{fault: problem.AtField("body", fmt.Sprintf("line %d cannot be read: %v", syntax.Line, syntax.Err))}, nil
	}
	if unread != nil {
		return nil, unread
	}
	if len(cells) != len(header) {
		fault := problem.AtField("body", fmt.Sprintf("has %d cells, and the header %d", len(cells), len(header)))
		return spoiled{fault: fault, email: cellOf("email", header, cells)}, nil
	}
	value := map[string]any{}
	for i, column := range header {
		cell := strings.TrimSpace(cells[i])
		if cell != "" || slices.Contains(columns[:required], column) {
			value[column] = valueOf(column, cell)
		}
	}
	return value, nil
}

// spoiled is a row that is none, with the address where there is one to be read.
type spoiled struct {
	fault error
	email string
}

// cellOf is a row's cell in a column, if the row goes that far.
func cellOf(column string, header, cells []string) string {
	if i := slices.Index(header, column); i < len(cells) {
		return strings.TrimSpace(cells[i])
	}
	return ""
}

func valueOf(column, cell string) any {
	if column != "teams" && column != "agents" || cell == everyAgent && column == "agents" {
		return cell
	}
	list := []any{}
	for part := range strings.SplitSeq(cell, ";") {
		if part = strings.TrimSpace(part); part != "" {
			list = append(list, part)
		}
	}
	return list
}
