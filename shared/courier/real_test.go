package courier_test

import (
	"io"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"

	"atrium/infra/local/inbox"
	"atrium/shared/apitest"
	"atrium/shared/lambdamail"
	"atrium/shared/mail/ses"
	"atrium/shared/outbox"
)

// Through an SES that takes mails for itself, to what it tells of them: what
// its simulator's addresses are for shows on the invitations.
func TestThroughARealSES(t *testing.T) {
	t.Parallel()
	o := officeIn(apitest.NewStreamed(t))
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	url := "http://" + listener.Addr().String()
	o.courier.Sender = ses.Open(ses.Config{
		Region: "us-east-1", Credentials: aws.Credentials{AccessKeyID: "local", SecretAccessKey: "local"}, Endpoint: url, ConfigurationSet: "atrium",
	})
	post, err := inbox.Start(t.Context(), inbox.Options{
		Modules: filepath.Join(apitest.Root(), "infra", "local", "node_modules"), Listeners: []net.Listener{listener}, Log: io.Discard,
		Hear: lambdamail.Hearer(o.Recorder()),
	})
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]string{}
	for _, to := range []string{"ann+rio@example.com", "zoe@bücher.example"} {
		ids[to] = o.Owner().Post("/organizations/"+o.org+"/invitations", map[string]string{
			"email": to, "name": `<b>Zoë</b> "& Co"`, "note": "Hola,\n¡bienvenida! <script>alert(1)</script>", "language": "es",
		}).Want(http.StatusCreated).ID()
	}
	for _, what := range []string{"success", "bounce", "complaint", "suppressionlist"} {
		ids[what] = o.invite(what + "@simulator.amazonses.com")
	}
	o.follow()
	mails, err := inbox.Mails(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	post.Stop() // once all is told
	for to, state := range map[string]outbox.State{
		"ann+rio@example.com": outbox.Delivered, "zoe@bücher.example": outbox.Delivered, "success": outbox.Delivered,
		"bounce": outbox.Bounced, "complaint": outbox.Complained, "suppressionlist": outbox.Suppressed,
	} {
		o.holds(to, ids[to], state, "")
	}
	if len(mails) != 1+len(ids) {
		t.Fatalf("%d mails, want one for each invitation and the owner's", len(mails))
	}
	for _, m := range mails {
		to := m.Destination.To[0]
		if strings.Contains(to, "olga") || strings.Contains(to, "simulator") {
			continue
		}
		if m.Link("/invitation") == "" || strings.Contains(m.Body.HTML, "<script") || strings.Contains(m.Body.HTML, "<b>Zo") ||
			!strings.Contains(m.Body.HTML, "&lt;b&gt;Zoë") || !strings.Contains(m.Body.Text, `<b>Zoë</b> "& Co"`) || !strings.Contains(m.Body.Text, "¡bienvenida!") {
			t.Errorf("the mail to %s:\n%s\n%s", to, m.Body.Text, m.Body.HTML)
		}
		if to != "ann+rio@example.com" && to != "zoe@xn--bcher-kva.example" {
			t.Errorf("a mail to %s", to)
		}
	}
}
