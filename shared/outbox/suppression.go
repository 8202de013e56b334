package outbox

import (
	"time"

	"atrium/shared/table"
)

// Suppression says that an address does not take mail.
type Suppression struct {
	table.Key
	// Reason is why, in plain words.
	Reason string `json:"reason"`
	// Complained is set where somebody called our mail spam.
	Complained bool      `json:"complained,omitempty"`
	At         time.Time `json:"at"`
	// Expires is when a bounce is forgotten, whenever the sweeper comes.
	Expires int64 `json:"ttl,omitempty"`
}

// Holds tells whether the address takes no mail at a time; one of which nothing
// is known takes some.
func (s Suppression) Holds(now time.Time) bool {
	return s.Reason != "" && (s.Expires == 0 || now.Unix() < s.Expires)
}

// Unsuppressed holds where an address takes mail at a time.
func Unsuppressed(now time.Time) table.Condition {
	return table.Either(table.Absent(), table.Has("ttl").And(table.Not(table.More("ttl", now.Unix()))))
}
