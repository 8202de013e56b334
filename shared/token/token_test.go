package token_test

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"atrium/shared/id"
	"atrium/shared/token"
)

const secret = "a secret of more than thirty-two bytes"

func refs() map[string]token.Ref {
	now := time.Now()
	ws := id.New(id.Workspace, now)
	return map[string]token.Ref{
		"invitation to an organization": {Kind: token.Invitation, Workspace: ws, Owner: id.New(id.Organization, now), ID: id.New(id.Invitation, now), Generation: 3},
		"invitation to the staff":       {Kind: token.Invitation, Workspace: ws, ID: id.New(id.Invitation, now), Generation: 1},
		"sign-in link":                  {Kind: token.SignIn, Workspace: ws, Owner: token.Person("ann@example.com"), ID: id.New(id.SignIn, now), Generation: 1},
		"refresh token":                 {Kind: token.Refresh, Workspace: ws, Owner: token.Person("ann@example.com"), ID: id.New(id.Session, now), Generation: 70_000},
	}
}

func TestATokenSaysWhatItIsFor(t *testing.T) {
	t.Parallel()
	keys := token.NewKeys(secret)
	for name, ref := range refs() {
		text, err := keys.Make(ref)
		if err != nil {
			t.Fatal(err)
		}
		if again, _ := keys.Make(ref); again != text {
			t.Errorf("%s: two texts for one ref", name)
		}
		if got, err := keys.Read(ref.Kind, text); err != nil || got != ref {
			t.Errorf("%s: read %+v, %v, want %+v", name, got, err, ref)
		}
	}
}

// Whatever bit is changed, and whatever kind it is taken for, it is not ours.
func TestAForgedTokenIsRefused(t *testing.T) {
	t.Parallel()
	keys := token.NewKeys(secret)
	kinds := []token.Kind{token.Invitation, token.SignIn, token.Refresh, 0, 200}
	for name, ref := range refs() {
		text, err := keys.Make(ref)
		if err != nil {
			t.Fatal(err)
		}
		for _, kind := range kinds {
			if _, err := keys.Read(kind, text); kind != ref.Kind && !errors.Is(err, token.ErrForged) {
				t.Errorf("%s, read as kind %d: %v", name, kind, err)
			}
		}
		raw, _ := base64.RawURLEncoding.DecodeString(text)
		for bit := range len(raw) * 8 {
			forged := append([]byte{}, raw...)
			forged[bit/8] ^= 1 << (bit % 8)
			if _, err := keys.Read(ref.Kind, base64.RawURLEncoding.EncodeToString(forged)); !errors.Is(err, token.ErrForged) {
				t.Errorf("%s with bit %d changed: %v", name, bit, err)
			}
		}
		for _, other := range []string{"", "x", text[:len(text)-1], text + "A", text + "=", " " + text, text[:10] + "\n" + text[10:]} {
			if _, err := keys.Read(ref.Kind, other); !errors.Is(err, token.ErrForged) {
				t.Errorf("%s as %q: %v", name, other, err)
			}
		}
	}
}

func TestAChangedKeyStillBelievesThePreviousOne(t *testing.T) {
	t.Parallel()
	before := token.NewKeys(secret)
	rotated, forgotten := token.NewKeys("another secret of the same deployment", secret), token.NewKeys("another secret of the same deployment")
	for name, ref := range refs() {
		text, err := before.Make(ref)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := rotated.Read(ref.Kind, text); err != nil || got != ref {
			t.Errorf("%s under the previous key: %+v %v", name, got, err)
		}
		if _, err := forgotten.Read(ref.Kind, text); !errors.Is(err, token.ErrForged) {
			t.Errorf("%s under a forgotten key: %v", name, err)
		}
		if renewed, _ := rotated.Make(ref); renewed == text {
			t.Errorf("%s: made with the previous key", name)
		}
	}
}

// Who rotated the key and forgot the one before finds out why nobody gets in.
func TestAKeyThatIsNotHereIsSaidOnce(t *testing.T) {
	var log bytes.Buffer
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewJSONHandler(&log, nil)))
	defer slog.SetDefault(before)
	old, now := token.NewKeys("the key that was used before"), token.NewKeys("the key that is used now")
	link, err := old.Make(token.Ref{Kind: token.Invitation, Workspace: id.New(id.Workspace, time.Now()), Owner: id.New(id.Organization, time.Now()), ID: id.New(id.Invitation, time.Now()), Generation: 1})
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if _, err := now.Read(token.Invitation, link); !errors.Is(err, token.ErrForged) {
			t.Errorf("%v", err)
		}
		_, _ = now.Read(token.Invitation, "nonsense")
	}
	if said := log.String(); strings.Count(said, "\n") != 1 || !strings.Contains(said, "PREVIOUS_SIGNING_KEY") || strings.Contains(said, link) {
		t.Errorf("said was %q", said)
	}
}

func TestWhatIsNoIDHasNoToken(t *testing.T) {
	t.Parallel()
	keys := token.NewKeys(secret)
	for name, ref := range refs() {
		for _, spoil := range []func(*token.Ref){
			func(r *token.Ref) { r.Workspace = "ws_" }, func(r *token.Ref) { r.ID = "usr_01jd6v0c8ge2rs2k9v2q1m4t7x" },
			func(r *token.Ref) { r.Owner = "nobody" }, func(r *token.Ref) { r.Kind = 9 },
		} {
			spoilt := ref
			spoil(&spoilt)
			if text, err := keys.Make(spoilt); err == nil {
				t.Errorf("%s, spoilt to %+v: %s", name, spoilt, text)
			}
		}
	}
}

func ExampleKeys() {
	keys := token.NewKeys("a secret of the deployment, of 32 bytes or more")
	text, _ := keys.Make(token.Ref{Kind: token.Invitation, Workspace: "ws_01jd6v0c8ge2rs2k9v2q1m4t7x", ID: "inv_01jd6v0c8ge2rs2k9v2q1m4t7y", Generation: 2})
	ref, _ := keys.Read(token.Invitation, text)
	fmt.Println(ref.ID, ref.Generation)
	// Output: inv_01jd6v0c8ge2rs2k9v2q1m4t7y 2
}
