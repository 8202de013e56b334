// Mails writes every mail in every language, as pages and as pictures, for
// people to look at: what tests compare, they cannot see. Run it by make mail.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"

	"atrium/infra/mails/sample"
)

func main() {
	folder := flag.String("to", filepath.Join(".atrium", "mails"), "the folder to write to; what is in it goes")
	only := flag.String("only", "", "write only mails whose name holds this, such as sign_in or .de.brand")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := write(ctx, *folder, *only); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func write(ctx context.Context, folder, only string) error {
	mails, err := samples(only)
	if err != nil {
		return err
	}
	if err := os.RemoveAll(folder); err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o750); err != nil {
		return err
	}
	for _, m := range mails {
		if err := pages(folder, m); err != nil {
			return err
		}
	}
	err = pictures(ctx, folder, mails)
	pictured := err == nil
	if errors.Is(err, exec.ErrNotFound) {
		fmt.Fprintln(os.Stderr, "There is no Chromium on the PATH, which draws the pictures: there are only pages.")
		err = nil
	}
	if err == nil {
		err = index(folder, mails, pictured)
	}
	if err == nil {
		fmt.Printf("%d mails: open %s\n", len(mails), filepath.Join(folder, "index.html"))
	}
	return err
}

func samples(only string) ([]sample.Mail, error) {
	all, err := sample.All()
	var some []sample.Mail
	for _, m := range all {
		if strings.Contains(m.Name(), only) {
			some = append(some, m)
		}
	}
	if err == nil && len(some) == 0 {
		err = fmt.Errorf("no mail's name holds %q", only)
	}
	return some, err
}

// pages writes a mail as its HTML, with the logo beside it, and as its text.
func pages(folder string, m sample.Mail) error {
	page := strings.ReplaceAll(m.HTML, sample.LogoURL, logo)
	err := os.WriteFile(filepath.Join(folder, m.Name()+".html"), []byte(page), 0o600)
	if err == nil {
		err = os.WriteFile(filepath.Join(folder, m.Name()+".txt"), []byte("\uFEFFSubject: "+m.Subject+"\n\n"+m.Text), 0o600) // the mark tells browsers that it is UTF-8
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(folder, logo), sample.Logo, 0o600)
	}
	return err
}

const logo = "logo.png"
