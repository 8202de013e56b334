package main

import (
	"fmt"
	"io"
	"time"

	"atrium/infra/local/demo"
)

// progress tells the person at the terminal what has been done.
type progress struct{ out io.Writer }

func (p progress) done(began time.Time, part, format string, args ...any) {
	_, _ = fmt.Fprintf(p.out, "%-8s %s  (%.1f s)\n", part, fmt.Sprintf(format, args...), time.Since(began).Seconds())
}

// ready says where everything is, and where to begin.
func (p progress) ready(f facts, file string) {
	_, _ = fmt.Fprintf(p.out, `
Atrium is ready.

  dashboard    %s
  API          %s/v1
  description  %s/v1/openapi.json
  inbox        %s  (every mail that is sent; a restart empties it)
  table        %s, table %s
  these facts  %s
`, f.DashboardURL, f.APIURL, f.APIURL, f.InboxURL, f.TableEndpoint, f.TableName, file)
	p.invite(f)
	_, _ = fmt.Fprint(p.out, "\nCtrl-C stops it all.\n\n")
}

// invite gives the links that sign people of the demonstration agency in.
func (p progress) invite(f facts) {
	if f.SignIn == (signIn{}) {
		_, _ = fmt.Fprintf(p.out, "\nTo sign in, ask for a link on %s/sign-in, and read it in the inbox.\n", f.DashboardURL)
		return
	}
	_, _ = fmt.Fprintf(p.out, `
Sign in by one of these, each of which works once. Further ones come by mail, from
%s/sign-in.

  the agency's owner, %s
    %s
  an administrator of one of its clients, %s
    %s
  one of the people there, %s
    %s
`, f.DashboardURL, demo.Owner, f.SignIn.Owner, demo.OrgAdmin, f.SignIn.OrgAdmin, demo.User, f.SignIn.User)
}
