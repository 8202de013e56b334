package token

import "log/slog"

// Unknown notes that something names a key that is none of these. Either it was
// made up, or the deployment's key was changed without keeping the one before:
// then nobody gets in, and this is why. It is said once, as often as it happens.
func (k *Keys) Unknown() {
	k.said.Do(func() {
		slog.Warn("a token names a signing key that is not here",
			"error", "if the key was rotated, deploy with the one before as PREVIOUS_SIGNING_KEY, see Rotating the signing key in infra/RUNBOOK.md; otherwise somebody makes tokens up, and nothing is to be done")
	})
}

// has tells whether some key has the id.
func (k *Keys) has(id byte) bool {
	for _, key := range k.keys {
		if key.id == id {
			return true
		}
	}
	return false
}
