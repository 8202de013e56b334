package table

import "strings"

// String is the key as it may stand in a log or an error: the kind of the item,
// and its id. Of keys that hold a person's address, a name or an IP, the kind
// alone.
func (k Key) String() string {
	kind := k.PK[strings.LastIndex(k.PK, "#")+1:]
	if owner, _, found := strings.Cut(k.PK, "#"); found && leadingID(owner) == "" {
		kind = owner // these begin with their kind, and end with whose they are
	}
	if id := leadingID(k.SK); id != "" {
		return kind + " " + id
	}
	return kind
}

// leadingID is the id that a key begins with, which nobody entered; empty if it begins with none.
func leadingID(key string) string {
	prefix, rest, _ := strings.Cut(key, "_")
	if len(prefix) < 2 || len(prefix) > 3 || len(rest) < idLength {
		return ""
	}
	for _, r := range prefix + rest[:idLength] {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') {
			return ""
		}
	}
	return key[:len(prefix)+1+idLength]
}

// idLength is how long an id is after its prefix.
const idLength = 26
