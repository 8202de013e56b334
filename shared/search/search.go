// Package search finds things by the start of any word of their name, at a
// cost that follows the page and not the number of things.
//
// Each word of a name is an item of its own, an entry, whose sort key begins
// with the word: a search is a Query for a prefix. Entries are written in the
// transaction that writes the name, so that who has written finds.
package search

import (
	"cmp"
	"slices"
	"strings"

	"atrium/shared/table"
	"atrium/shared/text"
)

// maxWords is how many words of a name can be searched. Renaming what has so
// many twice over fits one transaction of 100 items: 94 entries, and the thing
// itself, its activity, its external id given up and taken, and its logo.
const maxWords = 47

// maxWord is how many bytes of a word count: all but the end of words of more
// than 105 letters from beyond Unicode's first plane. A sort key has 1,024, and
// that of a claim on a name takes up to 602 for the name beside the word.
const maxWord = 420

// Words are the words that a name is found by.
func Words(name string) []string {
	words := text.Words(name)
	for i, w := range words {
		words[i] = clip(w)
	}
	words = words[:min(len(words), maxWords)]
	slices.Sort(words)
	return slices.Compact(words)
}

func clip(word string) string {
	// What is left of a letter that was cut is no UTF-8.
	return strings.ToValidUTF8(word[:min(len(word), maxWord)], "")
}

// Entry is one word under which a thing is found. Items that are unique by
// name or address anyway embed it, and so are entries at no further cost.
type Entry struct {
	table.Key
	// ID of the thing.
	ID string `json:"id"`
	// Word that this entry stands for.
	Word string `json:"word"`
	// Words are all that the thing is found by, sorted, this one included.
	Words []string `json:"words"`
}

func entryKey(partition, word, id string) table.Key {
	return table.Key{PK: partition, SK: word + "#" + id}
}

// Add are the writes that make a thing found by words; those in except have
// entries elsewhere.
func Add(partition, id string, words []string, except ...string) []*table.Write {
	var writes []*table.Write
	for _, word := range words {
		if !slices.Contains(except, word) {
			writes = append(writes, table.Put(Entry{Key: entryKey(partition, word, id), ID: id, Word: word, Words: words}))
		}
	}
	return writes
}

// Remove are the writes that take a thing's entries away, but for those of
// words in except.
func Remove(partition, id string, words []string, except ...string) []*table.Write {
	var writes []*table.Write
	for _, word := range words {
		if !slices.Contains(except, word) {
			writes = append(writes, table.Delete(entryKey(partition, word, id)))
		}
	}
	return writes
}

// Exchange are the writes that make a thing found by other words than before;
// none when they are the same.
func Exchange(partition, id string, before, after []string) []*table.Write {
	if slices.Equal(before, after) {
		return nil
	}
	// Every entry names all words, so those of words that stay are written anew.
	return append(Add(partition, id, after), Remove(partition, id, before, after...)...)
}

// term is one blank-separated part of what was typed.
type term struct {
	// raw is the part itself, folded: the start of an e-mail address, perhaps.
	raw string
	// words are those it consists of.
	words []string
}

func terms(q string) []term {
	var all []term
	for part := range strings.FieldsSeq(q) {
		words := text.Words(part)
		for i := range words {
			words[i] = clip(words[i])
		}
		if len(words) > 0 {
			all = append(all, term{raw: folded(part), words: words})
		}
	}
	return all
}

// folded is a part as words and addresses are written: an address in its one
// form, with its domain in punycode.
func folded(part string) string {
	if address, err := text.Email(part); err == nil {
		return address
	}
	return text.Plain(part)
}

// isAddress tells whether nothing but an address can begin with the term.
func (t term) isAddress() bool { return strings.Contains(t.raw, "@") }

// drivers are the prefixes that a search for the terms can go by: what an
// address begins with, and words, the longest of them, which few things have.
func drivers(all []term) []string {
	var prefixes []string
	for _, t := range all {
		if t.isAddress() {
			prefixes = append(prefixes, t.raw)
		} else {
			prefixes = append(prefixes, t.words...)
		}
	}
	slices.SortFunc(prefixes, func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) })
	prefixes = slices.Compact(prefixes)
	return prefixes[:min(len(prefixes), maxDrivers)]
}

// astray is the start of the addresses that a search by a word does not come
// past: jean-luc@… stands under jean-luc, and not under luc. It is "" where
// there can be none.
func astray(all []term, word string) string {
	start := ""
	for _, t := range all {
		if t.isAddress() || !slices.Contains(t.words, word) {
			continue
		}
		if strings.HasPrefix(t.raw, word) {
			return ""
		}
		start = t.raw
	}
	return start
}

// matches tells whether words meet every term: one of them begins as it was
// typed, or each word of it begins one of them.
func matches(words []string, all []term) bool {
	for _, t := range all {
		if begins(words, t.raw) {
			continue
		}
		for _, prefix := range t.words {
			if t.isAddress() || !begins(words, prefix) {
				return false
			}
		}
	}
	return true
}

func begins(words []string, prefix string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, prefix) })
}

// first tells whether an entry is the one that stands for its thing under a
// prefix: with several words that begin so, only the first in order does.
func (e Entry) first(prefix string) bool {
	for _, word := range e.Words {
		if strings.HasPrefix(word, prefix) {
			return word == e.Word
		}
	}
	return false
}

// Matches tells whether a name meets what was typed, without any entries: for
// lists that are short enough to be read whole.
func Matches(name, q string) bool {
	all := terms(q)
	return len(all) > 0 && matches(Words(name), all)
}
