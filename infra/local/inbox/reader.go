package inbox

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"sync"
	"time"
)

// Mail is one that the inbox holds.
type Mail struct {
	ID          string `json:"messageId"`
	From        string `json:"from"`
	Destination struct {
		To []string `json:"to"`
	} `json:"destination"`
	Subject string `json:"subject"`
	Body    struct {
		Text string `json:"text"`
		HTML string `json:"html"`
	} `json:"body"`
}

// Mails are all that an inbox holds, the oldest first.
func Mails(ctx context.Context, inboxURL string) ([]Mail, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, inboxURL+"/store", nil)
	if err != nil {
		return nil, err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close() //nolint:errcheck // it was read
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("the inbox answered %s", response.Status)
	}
	var store struct{ Emails []Mail }
	return store.Emails, json.NewDecoder(response.Body).Decode(&store)
}

// Reader reads the mails that people at this machine are sent, each once.
type Reader struct {
	// URL is the inbox's.
	URL  string
	mu   sync.Mutex
	read map[string]bool
}

// Link waits for a mail to an address that has not been read yet and that links
// to a page of a dashboard, and returns that link.
func (r *Reader) Link(ctx context.Context, to, page string) (string, error) {
	for {
		mails, err := Mails(ctx, r.URL)
		if err != nil {
			return "", err
		}
		if link := r.first(mails, to, page); link != "" {
			return link, nil
		}
		select {
		case <-time.After(50 * time.Millisecond):
		case <-ctx.Done():
			return "", fmt.Errorf("no mail to %s came to %s: %w", to, r.URL, ctx.Err())
		}
	}
}

// Skip reads all mails that are there.
func (r *Reader) Skip(ctx context.Context) error {
	mails, err := Mails(ctx, r.URL)
	for _, m := range mails {
		r.unread(m)
	}
	return err
}

func (r *Reader) first(mails []Mail, to, page string) string {
	for _, m := range mails {
		if link := m.Link(page); link != "" && slices.Contains(m.Destination.To, to) && r.unread(m) {
			return link
		}
	}
	return ""
}

// unread tells whether a mail is read for the first time.
func (r *Reader) unread(m Mail) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.read == nil {
		r.read = map[string]bool{}
	}
	before := r.read[m.ID]
	r.read[m.ID] = true
	return !before
}

// Link is the link in a mail to a page of a dashboard; empty where there is none.
func (m Mail) Link(page string) string {
	return regexp.MustCompile(`https?://\S+` + regexp.QuoteMeta(page) + `#[A-Za-z0-9_-]+`).FindString(m.Body.Text)
}
