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

// Folder is what is written, and what was in it is gone.
var folder = filepath.Join(".atrium", "mails")

func main() {
	only := flag.String("only", "", "write only mails whose name holds this, such as sign_in or .de.brand")
	draw := flag.Bool("pictures", true, "draw pictures too, with a Chromium")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := write(ctx, *only, *draw); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func write(ctx context.Context, only string, draw bool) error {
	mails, err := samples(only)
	if err == nil {
		err = pages(mails)
	}
	if err == nil && draw {
		err = pictures(ctx, mails)
	}
	if errors.Is(err, exec.ErrNotFound) {
		fmt.Fprintln(os.Stderr, "There is no Chromium on the PATH, which draws the pictures: there are only pages.")
		draw, err = false, nil
	}
	if err == nil {
		err = index(mails, draw)
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

// pages writes each mail as its HTML and as its text, and their logo beside them.
func pages(mails []sample.Mail) error {
	if err := os.RemoveAll(folder); err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o750); err != nil {
		return err
	}
	contents := map[string]string{logo: string(sample.Logo)}
	for _, m := range mails {
		contents[m.Name()+".html"] = strings.ReplaceAll(m.HTML, sample.LogoURL, logo)
		contents[m.Name()+".txt"] = "\uFEFFSubject: " + m.Subject + "\n\n" + m.Text // the mark tells browsers that it is UTF-8
	}
	for name, content := range contents {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o600); err != nil {
			return err
		}
	}
	return nil
}

const logo = "logo.png"
