package main

import (
	"fmt"
	"io"
	"time"
)

// progress tells the person at the terminal what has been done.
type progress struct{ out io.Writer }

func (p progress) done(began time.Time, part, format string, args ...any) {
	_, _ = fmt.Fprintf(p.out, "%-8s %s  (%.1f s)\n", part, fmt.Sprintf(format, args...), time.Since(began).Seconds())
}

// ready says where everything is, and gives a line to try.
func (p progress) ready(f facts, file string) {
	_, _ = fmt.Fprintf(p.out, `
Atrium is ready.

  API          %s/v1
  description  %s/v1/openapi.json
  table        %s, table %s
  these facts  %s

Try it, as the owner of the demonstration agency:

  curl -H 'Authorization: Bearer %s' '%s/v1/organizations?limit=3'

Ctrl-C stops it all.

`, f.APIURL, f.APIURL, f.TableEndpoint, f.TableName, file, f.DevKey, f.APIURL)
}
