package mail

import (
	"cmp"
	"embed"
	"errors"
	"fmt"
	html "html/template"
	"slices"
	"strings"
	"sync"
	text "text/template"
	"unicode"
	"unicode/utf8"
)

//go:embed frame words invitation staff_invitation sign_in access_changed
var files embed.FS

// Languages are those that there are words of; the first is for all others.
var languages = []string{"en", "es", "fr", "de", "pt", "it"}

// Letter is what a message says, in no language yet. Templates read it.
type letter struct {
	To, By, Organization, Agency, Role string
	Note                               string
	Rows                               []row
	RoleWas, Agents, AgentsWere        string
	Link                               string
	Left                               left
	// What follows is the same for all messages, and filled in by render.
	Language           string
	NoteLines          []string
	Brand              head
	Light, Dark        paint
	Subject, Preheader string
	Button             string
}

// Head is a Brand as templates need it.
type head struct {
	Name, Initial, Logo, Font, Support, Mailto string
	Footer                                     []string
	Website, Privacy, Terms                    string
}

// Templates are one message in one language, all ready to be filled.
type templates struct {
	html *html.Template
	text *text.Template
}

// render fills the templates of a message.
func render(message, language string, b Brand, l letter) (Message, error) {
	l.Language = spoken(language)
	t, err := load(message, l.Language)
	if err != nil {
		return Message{}, err
	}
	if l.Link = web(l.Link); l.Link == "" {
		return Message{}, errors.New("mail: the link is no https address") // and is not shown: it may open something
	}
	l.brand(b)
	l.clean()
	return t.fill(message, l)
}

// fill writes the lines that stand alone first: the pages show them too.
func (t templates) fill(message string, l letter) (m Message, err error) {
	short := l.shortened()
	if l.Subject, err = t.line("subject", short); err != nil {
		return Message{}, err
	}
	if l.Preheader, err = t.line(message+".preheader", short); err != nil {
		return Message{}, err
	}
	if l.Button, err = t.line(message+".button", l); err != nil {
		return Message{}, err
	}
	var plain, page strings.Builder
	if err = t.text.ExecuteTemplate(&plain, "text", l); err == nil {
		err = t.html.ExecuteTemplate(&page, "html", l)
	}
	return Message{Subject: l.Subject, HTML: page.String(), Text: spaced(plain.String())}, err
}

// spaced leaves one empty line where templates leave several, and no space at
// the end of any.
func spaced(text string) string {
	var b strings.Builder
	empty := true
	for l := range strings.Lines(text) {
		l = strings.TrimRight(l, " \n")
		if l != "" || !empty {
			b.WriteString(l + "\n")
		}
		empty = l == ""
	}
	return b.String()
}

func (t templates) line(name string, l letter) (string, error) {
	var b strings.Builder
	err := t.text.ExecuteTemplate(&b, name, l)
	return line(b.String()), err
}

// spoken is the language that is written for one that was asked for.
func spoken(asked string) string {
	base, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(asked), "_", "-"), "-")
	if slices.Contains(languages, base) {
		return base
	}
	return languages[0]
}

// clean leaves nothing in what people typed that is not there to be read.
func (l *letter) clean() {
	for _, name := range []*string{&l.To, &l.By, &l.Organization, &l.Agency} {
		*name = cut(line(*name), longestName)
	}
	// Who writes is known, even if nobody said where to.
	l.Organization = cmp.Or(l.Organization, l.Brand.Name)
	l.NoteLines = block(l.Note)
	for i := range l.Rows {
		l.Rows[i].Title = cut(line(l.Rows[i].Title), longestName)
	}
}

// shortened is the letter with names as a subject has room for.
func (l letter) shortened() letter {
	for _, name := range []*string{&l.To, &l.By, &l.Organization, &l.Agency, &l.Brand.Name} {
		*name = cut(*name, subjectName)
	}
	return l
}

// brand fills in whose letter it is.
func (l *letter) brand(b Brand) {
	name := cut(line(b.Name), longestName)
	l.Brand = head{
		Name: name, Initial: initial(name), Logo: web(b.LogoURL), Font: font(b.Font), Mailto: mailto(b.Support), Footer: block(b.Footer),
		Website: web(b.Website), Privacy: web(b.Privacy), Terms: web(b.Terms),
	}
	if l.Brand.Mailto != "" {
		l.Brand.Support = b.Support
	}
	l.Light, l.Dark = painted(b.Color)
}

// font is the name of one, or "": nothing else is let into a style.
func font(name string) string {
	other := func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune(" -_", r)
	}
	if strings.ContainsFunc(name, other) {
		return ""
	}
	return name
}

var loaded sync.Map // of func() (templates, error), by message and language

// load reads a message's templates when they are first needed: most functions
// start without writing a mail.
func load(message, language string) (templates, error) {
	once, _ := loaded.LoadOrStore(message+" "+language, sync.OnceValues(func() (templates, error) { return parse(message, language) }))
	return once.(func() (templates, error))()
}

// parse reads the words of a language twice: once as HTML, where names are kept
// from changing the direction of what is around them, and once as text.
func parse(message, language string) (t templates, err error) {
	words := "words/" + language + ".tmpl"
	var plain *text.Template
	word := func(of string, key any) (string, error) {
		return lookup(plain, fmt.Sprint(of, ".", key))
	}
	plain, err = text.New("text").Funcs(text.FuncMap{"name": func(s string) string { return s }, "word": word}).
		ParseFS(files, words, "frame/*.txt", message+"/*.txt")
	if err != nil {
		return t, fmt.Errorf("mail: %w", err)
	}
	page, err := html.New("html").Funcs(html.FuncMap{"name": isolated, "word": word, "outlook": outlook, "width": width, "filling": filling}).
		ParseFS(files, words, "frame/*.html", message+"/*.html")
	if err != nil {
		return t, fmt.Errorf("mail: %w", err)
	}
	return templates{page, plain}, nil
}

// lookup is a word for one of several values, such as a role; "" if there is none.
func lookup(t *text.Template, name string) (string, error) {
	if t.Lookup(name) == nil {
		return "", nil
	}
	var b strings.Builder
	err := t.ExecuteTemplate(&b, name, nil)
	return b.String(), err
}

// isolated is a name in HTML, whichever way it is written.
func isolated(name string) html.HTML {
	return html.HTML("<bdi>" + html.HTMLEscapeString(name) + "</bdi>") //nolint:gosec // it is escaped
}

// outlook is what html/template would take for comments, and Outlook on Windows
// does not: what only it reads, and what all others read.
func outlook(part string) (html.HTML, error) {
	switch part {
	case "only":
		return "<!--[if mso]>", nil
	case "end":
		return "<![endif]-->", nil
	case "not":
		return "<!--[if !mso]><!-->", nil
	case "end not":
		return "<!--<![endif]-->", nil
	}
	return "", fmt.Errorf("mail: no part of Outlook's: %q", part)
}

// width is about how wide a button must be for its words; Outlook must be told.
func width(label string) int { return 64 + 9*utf8.RuneCountInString(label) }

// filling is how often what fills a preheader is repeated.
func filling() []struct{} { return make([]struct{}, 60) }
