package user

import (
	"slices"
	"strings"

	"atrium/shared/api"
	"atrium/shared/problem"
	"atrium/shared/search"
	"atrium/shared/table"
	"atrium/shared/text"
)

// emailClaim takes an address in an organization, and is the search entry of it.
type emailClaim struct {
	search.Entry
}

// maxWords is how many words of a user's name can be searched. Adding a user
// with 50 agents and 20 teams fits one transaction of 100 items: the other
// eight are the user, the address, the external id, the activity, the
// organization's count, an Idempotency-Key, and whoever acts: one of the staff
// as a user is looked up as both. A change touches fewer.
const maxWords = 24 - api.MostActing

// words are all that the user is found by, the address among them.
func (r Record) words() []string {
	distinct := text.Words(r.Name)
	name := strings.Join(distinct[:min(len(distinct), maxWords)], " ")
	words := append(search.Words(name), r.Email)
	slices.Sort(words)
	return words
}

func (r Record) claim(c *api.Call, org string) emailClaim {
	return emailClaim{search.Entry{
		Key: table.UserEmailKey(c.Workspace(), org, r.Email), ID: r.ID, Word: r.Email, Words: r.words(),
	}}
}

// emailTaken is the answer to who would be the second of an address.
func emailTaken() error {
	return problem.New(problem.EmailTaken, "A user of this organization has this e-mail address already. Change that user instead.",
		problem.Field{Location: "body.email", Message: "is taken"})
}

// addressed are the writes that take a new user's address and make the user found.
func (r Record) addressed(c *api.Call, org string) []*table.Write {
	claim := table.Create(r.claim(c, org)).ElseError(emailTaken())
	return append([]*table.Write{claim}, search.Add(table.UserWords(c.Workspace(), org), r.ID, r.words(), r.Email)...)
}

// unaddressed are the writes that undo addressed.
func (r Record) unaddressed(c *api.Call, org string) []*table.Write {
	return append([]*table.Write{table.Delete(r.claim(c, org).Key)},
		search.Remove(table.UserWords(c.Workspace(), org), r.ID, r.words(), r.Email)...)
}

// readdressed are the writes that exchange the words, and the address if it
// differs: every entry names all words, so each is written anew.
func (r Record) readdressed(c *api.Call, org string, before Record) []*table.Write {
	if slices.Equal(before.words(), r.words()) {
		return nil
	}
	writes := r.addressed(c, org)
	if before.Email == r.Email {
		writes[0] = table.Put(r.claim(c, org))
	}
	for _, w := range before.unaddressed(c, org) {
		if !slices.ContainsFunc(writes, w.SameItem) {
			writes = append(writes, w)
		}
	}
	return writes
}
