package activity

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strings"
	"time"

	"atrium/shared/table"
)

// file is an export on its way.
type file struct {
	mediaType string
	line      func(*bytes.Buffer, Item) error
	body      bytes.Buffer
	// sent is what the body takes in Lambda's answer, which is JSON itself.
	sent int
}

func newFile(format string) *file {
	if format != "csv" {
		return &file{mediaType: "application/x-ndjson", line: jsonLine}
	}
	f := &file{mediaType: "text/csv; charset=utf-8", line: csvLine}
	f.body.WriteString(csvHeader)
	return f
}

// add appends items as long as there is room, and says how many.
func (f *file) add(items []table.Item) (int, error) {
	for i, stored := range items {
		var item Item
		if err := stored.Decode(&item); err != nil {
			return i, err
		}
		end := f.body.Len()
		if err := f.line(&f.body, item); err != nil {
			return i, err
		}
		escaped, err := json.Marshal(string(f.body.Bytes()[end:]))
		if err != nil {
			return i, err
		}
		if f.sent += len(escaped); f.sent > exportSize {
			f.body.Truncate(end)
			return i, nil
		}
	}
	return len(items), nil
}

func jsonLine(b *bytes.Buffer, item Item) error {
	encoder := json.NewEncoder(b)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(item)
}

const csvHeader = "id,at,actorType,actorId,actorName,action,targetType,targetId,targetName,changes,requestId,ip," +
	"onBehalfOfType,onBehalfOfId,onBehalfOfName,reason\r\n"

func csvLine(b *bytes.Buffer, item Item) error {
	changes, err := json.Marshal(item.Changes)
	if err != nil {
		return err
	}
	var user Party // nobody, where the actor acted as themselves
	if item.OnBehalfOf != nil {
		user = *item.OnBehalfOf
	}
	row := []string{
		item.ID, item.At.Format(time.RFC3339Nano), item.Actor.Type, item.Actor.ID, item.Actor.Name, item.Action,
		item.Target.Type, item.Target.ID, item.Target.Name, string(changes), item.RequestID, item.IP,
		user.Type, user.ID, user.Name, item.Reason,
	}
	for i := range row {
		row[i] = harmless(row[i])
	}
	w := csv.NewWriter(b)
	w.UseCRLF = true
	if err := w.Write(row); err != nil {
		return err
	}
	w.Flush()
	return w.Error()
}

// harmless is a cell that no spreadsheet takes for a formula.
func harmless(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}
