package main

import (
	"context"
	"database/sql"
	"fmt"

	_ "modernc.org/sqlite" // the driver: Dynoxide keeps its data in an SQLite file
)

// indexStream adds to Dynoxide's file the index that it lacks. With a stream
// on, each write looks for the last record of the table's stream by reading
// all of it; with the index, writes stay as fast as they began.
func indexStream(ctx context.Context, file string) error {
	db, err := sql.Open("sqlite", "file:"+file+"?_pragma=busy_timeout(5000)")
	if err != nil {
		return err
	}
	defer db.Close() //nolint:errcheck // the statement has told what failed
	_, err = db.ExecContext(ctx, `CREATE INDEX IF NOT EXISTS atrium_stream_records
		ON _stream_records (table_name, CAST(sequence_number AS INTEGER))`)
	if err != nil {
		return fmt.Errorf("adding an index to %s: %w", file, err)
	}
	return nil
}
