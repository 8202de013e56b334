package mail_test

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"pgregory.net/rapid"

	"atrium/infra/mails/sample"
	"atrium/shared/mail"
)

// TestPagesHoldNothingButAMail looks at the pages as a browser would read them:
// a mail links, shows its logo, and does nothing else.
func TestPagesHoldNothingButAMail(t *testing.T) {
	for _, m := range samples(t) {
		page := parsed(t, m.HTML)
		for n := range page.Descendants() {
			if n.Type == html.ElementNode {
				checkElement(t, m, n)
			}
		}
		if root := find(page, "html"); attribute(root, "lang") != m.Language || attribute(root, "dir") != "ltr" {
			t.Errorf("%s: the page is not said to be in its language", m.Name())
		}
		if title := find(page, "title"); title.FirstChild.Data != m.Subject {
			t.Errorf("%s: the title is %q", m.Name(), title.FirstChild.Data)
		}
		if strings.Contains(strings.ToLower(m.HTML+m.Text+m.Subject), "atrium") {
			t.Errorf("%s: says whose software it is", m.Name())
		}
	}
}

// allowed are the elements of a mail. What people type must add none.
var allowed = strings.Fields("html head meta title style body div table tbody caption tr td th h1 p a img br bdi span blockquote")

func checkElement(t *testing.T, m sample.Mail, n *html.Node) {
	t.Helper()
	if !slices.Contains(allowed, n.Data) {
		t.Errorf("%s: has a <%s>", m.Name(), n.Data)
	}
	for _, a := range n.Attr {
		switch {
		case a.Key == "src" && a.Val == sample.LogoURL, a.Key == "href" && (strings.HasPrefix(a.Val, "https://") || strings.HasPrefix(a.Val, "mailto:")):
		case a.Key == "src", a.Key == "href", strings.HasPrefix(a.Key, "on"), strings.Contains(a.Val, "url("), strings.Contains(a.Val, "ZgotmplZ"):
			t.Errorf("%s: <%s %s=%q>", m.Name(), n.Data, a.Key, a.Val)
		}
	}
}

// TestTextAndPageLeadToTheSame compares the links of the two parts.
func TestTextAndPageLeadToTheSame(t *testing.T) {
	address := regexp.MustCompile(`https://[^\s<"]+`)
	for _, m := range samples(t) {
		var inPage []string
		for n := range parsed(t, m.HTML).Descendants() {
			if href := attribute(n, "href"); strings.HasPrefix(href, "https://") {
				inPage = append(inPage, href)
			}
		}
		inText := address.FindAllString(m.Text, -1)
		if slices.Sort(inText); !slices.Equal(inText, slices.Compact(slices.Sorted(slices.Values(inPage)))) {
			t.Errorf("%s: the text leads to %q, the page to %q", m.Name(), inText, inPage)
		}
		if n := strings.Count(strings.Join(inPage, " "), sample.Link); n != 2 {
			t.Errorf("%s: the page leads to the link %d times; want the button and the plain link", m.Name(), n)
		}
		if !strings.Contains(m.HTML, `<v:roundrect`) || !strings.Contains(m.HTML, `href="`+sample.Link+`" style="height:`) {
			t.Errorf("%s: has no button for Outlook", m.Name())
		}
	}
}

// TestTextStandsOutFromItsBackground measures each text of each page, in light.
func TestTextStandsOutFromItsBackground(t *testing.T) {
	for _, m := range samples(t) {
		for n := range parsed(t, m.HTML).Descendants() {
			if n.Type != html.TextNode || strings.TrimSpace(n.Data) == "" || hiddenIn(n) {
				continue
			}
			text, behind := styled(n, "color"), styled(n, "background-color")
			if c := mail.Contrast(text, behind); c < 4.5 {
				t.Errorf("%s: %q is %s on %s: %.2f", m.Name(), n.Data, text, behind, c)
			}
		}
	}
}

// TestTheLargestMailIsSmall makes all as long as the API lets it be.
func TestTheLargestMailIsSmall(t *testing.T) {
	wide := func(n int) string { return strings.Repeat("𠜎", n) }
	lines := strings.Repeat("'\n", 250)
	url := "https://agency.example/" + strings.Repeat("x", 477)
	var sections []mail.Section
	for _, key := range strings.Fields("home conversations analytics knowledge_base channels prompt settings") {
		sections = append(sections, mail.Section{Key: key, Grant: "edit"})
	}
	for i := range 20 {
		sections = append(sections, mail.Section{Key: "tab:" + strconv.Itoa(i), Title: strings.Repeat(`"`, 60), Grant: "view"})
	}
	brand := mail.Brand{Name: wide(120), LogoURL: url, Color: "#abcdef", Font: strings.Repeat("x", 80), Support: "a@b.example", Footer: lines, Website: url, Privacy: url, Terms: url}
	m, err := mail.Invitation{
		To: wide(120), Inviter: wide(120), Organization: wide(119) + "x", Agency: wide(120), Note: lines + lines, Role: "org_admin", Sections: sections, Link: url, Expires: sample.Now.AddDate(0, 0, 7),
	}.Render("de", brand, sample.Now)
	if err != nil {
		t.Fatal(err)
	}
	if size := len(m.HTML) + len(m.Text); size > 100_000 {
		t.Errorf("it has %d bytes: past 100 KB readers cut it off", size)
	}
}

// TestNamesChangeNothingButNames draws names: whatever is in them, the page has
// the elements it has with others, the subject is one line, and both hold the name.
func TestNamesChangeNothingButNames(t *testing.T) {
	want := shape(t, "x", "y")
	rapid.Check(t, func(rt *rapid.T) {
		typed := rapid.OneOf(rapid.String(), rapid.StringMatching(`[<>"'&/={}!\-a-z \r\n]{0,40}`), rapid.SampledFrom([]string{"</title><script>", "<!--", "]]>", "{{.}}", "\u202e", "--!>", "&lt;b&gt;", "</bdi>"}))
		// A letter keeps a name from being none.
		if got := shape(t, "x"+typed.Draw(rt, "name"), "y"+typed.Draw(rt, "other")); !slices.Equal(got, want) {
			rt.Fatalf("the page has the elements\n%q; want\n%q", got, want)
		}
	})
}

// shape are the elements of a mail that says these names everywhere, in their order.
func shape(t *testing.T, name, other string) []string {
	t.Helper()
	m, err := mail.Invitation{
		To: name, Inviter: other, Organization: name, Agency: other + "z", Note: strings.Join(strings.Fields(name), " "), Role: "user",
		Sections: []mail.Section{{Key: "tab:x", Title: other, Grant: "view"}}, Link: sample.Link, Expires: sample.Now.Add(time.Hour),
	}.Render("en", mail.Brand{Name: name, Footer: strings.Join(strings.Fields(other), " ")}, sample.Now)
	if err != nil {
		t.Fatal(err)
	}
	control := func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) }
	if strings.ContainsFunc(m.Subject, control) || utf8.RuneCountInString(m.Subject) > 200 {
		t.Errorf("the subject is %q", m.Subject)
	}
	var elements []string
	for n := range parsed(t, m.HTML).Descendants() {
		if n.Type == html.ElementNode {
			elements = append(elements, n.Data)
		}
	}
	return elements
}

func TestLinksThatAreNoneAreRefused(t *testing.T) {
	for _, link := range []string{"", "javascript:alert(1)", "http://a.example/x", "/invitation#x"} {
		_, err := mail.SignIn{Link: link}.Render("en", mail.Brand{Name: "X"}, sample.Now)
		if err == nil || link != "" && strings.Contains(err.Error(), link) {
			t.Errorf("%q: %v; want a refusal that does not show it", link, err)
		}
	}
}

func TestAWrongBrandIsLeftOut(t *testing.T) {
	m, err := mail.SignIn{Link: sample.Link, Expires: sample.Now}.Render("en", mail.Brand{
		Name: "Xylo", LogoURL: "http://evil.example/x.png", Website: "javascript:alert(1)", Privacy: "//evil.example", Support: "evil", Font: "x;}evil{", Color: "evil",
	}, sample.Now)
	if err != nil || strings.Contains(m.HTML+m.Text, "evil") || strings.Contains(m.HTML, "javascript") || !strings.Contains(m.HTML, ">X</td>") {
		t.Errorf("%v: %s", err, m.HTML)
	}
}

// TestMailsAreWrittenAtOnce makes many the first of their kind at the same time.
func TestMailsAreWrittenAtOnce(t *testing.T) {
	want := samples(t)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			if got, err := sample.All(); err != nil || !slices.Equal(got, want) {
				t.Errorf("%v; they are not the same", err)
			}
		})
	}
	all.Wait()
}

func parsed(t *testing.T, page string) *html.Node {
	t.Helper()
	n, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func find(n *html.Node, element string) *html.Node {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && d.Data == element {
			return d
		}
	}
	return &html.Node{FirstChild: &html.Node{}}
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// styled is the value of a property that holds for n, itself or from above.
func styled(n *html.Node, property string) string {
	for ; n != nil; n = n.Parent {
		for declaration := range strings.SplitSeq(attribute(n, "style"), ";") {
			if value, ok := strings.CutPrefix(declaration, property+":"); ok {
				return value
			}
		}
	}
	return ""
}

// hiddenIn tells whether n is in what nobody sees.
func hiddenIn(n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n.Data == "head" || strings.Contains(attribute(n, "style"), "display:none") {
			return true
		}
	}
	return false
}
