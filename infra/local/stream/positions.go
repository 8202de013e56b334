package stream

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// positions are the last records that the consumer is done with, by shard, as
// a file keeps them.
type positions struct {
	file string
	last map[string]string
}

// ended stands for a shard that was read to its end.
const ended = "ended"

func loadPositions(file string) (positions, error) {
	p := positions{file: file, last: map[string]string{}}
	text, err := os.ReadFile(file) //nolint:gosec // the caller's own data folder
	if errors.Is(err, fs.ErrNotExist) {
		return p, nil
	}
	if err != nil {
		return p, err
	}
	if err := json.Unmarshal(text, &p.last); err != nil {
		return p, fmt.Errorf("%s: %w", file, err)
	}
	return p, nil
}

func (p positions) of(shard string) string { return p.last[shard] }

func (p positions) ended(shard string) bool { return p.last[shard] == ended }

func (p positions) end(shard string) error { return p.advance(shard, ended) }

// advance is on disk when it returns, whole or not at all.
func (p positions) advance(shard, sequenceNumber string) error {
	p.last[shard] = sequenceNumber
	text, err := json.Marshal(p.last)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(p.file), 0o750); err != nil {
		return err
	}
	next := p.file + ".next"
	if err := os.WriteFile(next, text, 0o600); err != nil {
		return err
	}
	return os.Rename(next, p.file)
}
