package main

import (
	_ "embed" // of the template
	"html/template"
	"os"
	"path/filepath"

	"atrium/infra/mails/sample"
)

//go:embed index.html
var indexPage string

// Shown is a mail on the index.
type shown struct {
	sample.Mail
	Pictures []string
}

// index writes the page that leads to all others.
func index(mails []sample.Mail, pictured bool) (err error) {
	all := make([]shown, len(mails))
	for i, m := range mails {
		all[i].Mail = m
		for _, v := range views {
			if pictured {
				all[i].Pictures = append(all[i].Pictures, v.of(m))
			}
		}
	}
	page, err := template.New("index").Parse(indexPage)
	if err != nil {
		return err
	}
	file, err := os.OpenFile(filepath.Join(folder, "index.html"), os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	defer func() {
		if closing := file.Close(); err == nil {
			err = closing
		}
	}()
	return page.Execute(file, all)
}
