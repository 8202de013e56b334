package apikey_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"atrium/shared/apikey"
	"atrium/shared/id"
)

func TestSecretsNameTheirKey(t *testing.T) {
	ws, key := id.New(id.Workspace, time.Now()), id.New(id.APIKey, time.Now())
	seen := map[string]bool{}
	for range 1000 {
		secret, prefix, hash := apikey.NewSecret(ws, key)
		if !regexp.MustCompile(`^sk_[a-z2-7]{8}_[A-Za-z0-9_-]{75}$`).MatchString(secret) || !strings.HasPrefix(secret, prefix+"_") || len(prefix) != 11 {
			t.Fatal(secret, prefix)
		}
		if hash != apikey.Hash(secret) || len(hash) != 64 || strings.Contains(hash, secret) || seen[secret] || seen[prefix] && seen[hash] {
			t.Fatal(secret, hash)
		}
		seen[secret], seen[prefix], seen[hash] = true, true, true
		if gotWS, gotKey, ok := apikey.ParseSecret(secret); gotWS != ws || gotKey != key || !ok {
			t.Fatal(secret, gotWS, gotKey, ok)
		}
	}
}

func TestWhatIsNoSecretNamesNothing(t *testing.T) {
	secret, prefix, _ := apikey.NewSecret(id.New(id.Workspace, time.Now()), id.New(id.APIKey, time.Now()))
	for name, text := range map[string]string{
		"nothing": "", "the prefix": prefix, "a part": secret[:len(secret)-1], "more": secret + "A", "a line feed": secret[:len(secret)-1] + "\n",
		"another beginning": "pk" + secret[2:], "a prefix in capitals": strings.ToUpper(prefix) + secret[11:], "a dash behind the prefix": prefix + "-" + secret[12:],
		"other signs": prefix + "_" + strings.Repeat("+", 75), "stray bits": secret[:len(secret)-1] + "_", "a digit too high": "sk_0aaaaaaa" + secret[11:],
	} {
		if ws, key, ok := apikey.ParseSecret(text); ok || ws != "" || key != "" {
			t.Errorf("%s: %q names %s %s", name, text, ws, key)
		}
	}
}

func FuzzParseSecret(f *testing.F) {
	secret, _, _ := apikey.NewSecret(id.New(id.Workspace, time.Now()), id.New(id.APIKey, time.Now()))
	f.Add(secret)
	f.Add("sk_")
	f.Fuzz(func(t *testing.T, text string) {
		if ws, key, ok := apikey.ParseSecret(text); ok != (id.Is(id.Workspace, ws) && id.Is(id.APIKey, key)) {
			t.Errorf("%q: %s %s %v", text, ws, key, ok)
		}
	})
}
