package table_test

import (
	"testing"

	"atrium/shared/table"
)

func TestKeysInLogsNameNobody(t *testing.T) {
	const ws, org, usr = "ws_01m86e81e0eext3bd52c5zp4e2", "org_01m86e83cge2tt8xkdbax0s45r", "usr_01m86e85b0epd8hpse1hy70fn0"
	for want, key := range map[string]table.Key{
		"user " + usr:  table.UserKey(ws, org, usr),
		"org " + org:   table.OrganizationKey(ws, org),
		"staff-email":  table.StaffEmailKey(ws, "olga@agency.example"),
		"pending":      table.PendingKey(ws, org, "ann@example.com"),
		"suppressed":   table.SuppressedKey(ws, "ann@example.com"),
		"user-word":    table.UserEmailKey(ws, org, "ann@example.com"),
		"sign-in-from": table.SignInSourceKey("198.51.100.24", "2026-11-27T09:00"),
		"sign-in":      {PK: table.SignInRequests("a-hash"), SK: "2026-11-27T09:00"},
		ws:             table.WorkspaceKey(ws),
	} {
		if got := key.String(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
