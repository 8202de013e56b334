package mail

import (
	"cmp"
	"slices"

	"atrium/shared/access"
)

// Row is a section as a mail shows it.
type row struct {
	Key, Title string
	// Grant is what may be done there, and Was what might before it changed; Was
	// is empty where nothing has.
	Grant, Was string
}

const none = "none"

// rows are all sections of after, and those of before that are gone.
func rows(before, after []Section) []row {
	was := map[string]string{}
	for _, s := range before {
		was[s.Key] = s.Grant
	}
	var all []row
	for _, s := range after {
		r := row{Key: s.Key, Title: s.Title, Grant: cmp.Or(s.Grant, none)}
		if old := cmp.Or(was[s.Key], none); before != nil && old != r.Grant {
			r.Was = old
		}
		delete(was, s.Key)
		all = append(all, r)
	}
	for _, s := range before {
		if old := was[s.Key]; old != "" && old != none {
			all = append(all, row{Key: s.Key, Title: s.Title, Grant: none, Was: old})
		}
	}
	slices.SortStableFunc(all, func(a, b row) int { return cmp.Compare(rank(a.Key), rank(b.Key)) })
	return all
}

// rank puts the built-in sections first, in the order of the dashboard.
func rank(key string) int {
	if i := slices.Index(access.BuiltIn, key); i >= 0 {
		return i
	}
	return len(access.BuiltIn)
}
