package staff

import (
	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/problem"
	"atrium/shared/table"
)

// An agency without an owner could never have one again: nobody gives a role
// above their own. So the workspace counts its owners, and whoever would take
// the last one away, by whatever way and however many at once, is refused by
// that count. Only those count who can come in: active ones.

// CountOwners is the write that counts so many owners more, or fewer, on their
// workspace. It never leaves a workspace without one.
func CountOwners(ws string, by int) *table.Write {
	w := table.Update(table.WorkspaceKey(ws), table.Increase("owners", by)).If(table.Exists())
	if by >= 0 {
		return w
	}
	return w.If(table.More("owners", -by)).ElseError(lastOwner())
}

func lastOwner() error {
	return problem.New(problem.LastOwner, "This is the last owner, and an agency always has one. Make somebody else an owner first.")
}

// owners is as how many owners somebody counts.
func (p Person) owners() int {
	if p.Role == access.Owner && p.Status == Active {
		return 1
	}
	return 0
}

// counted are the writes that follow for the count of owners when somebody
// becomes another one, or nobody at all.
func counted(ws string, before, after Person) []*table.Write {
	by := after.owners() - before.owners()
	if by == 0 {
		return nil
	}
	return []*table.Write{CountOwners(ws, by)}
}

// mayMake answers 403 to who may not make somebody of one role somebody of
// another: only owners touch owners, and make others owners. Admins may do
// all else.
func mayMake(c *api.Call, before, after access.Role) error {
	if c.Principal.Role == access.Owner {
		return nil
	}
	switch access.Owner {
	case before:
		return problem.New(problem.Forbidden, "Only owners change or remove owners.")
	case after:
		return problem.New(problem.Forbidden, "Only owners make somebody an owner.", problem.Field{Location: "body.role", Message: "is above your own"})
	default:
		return nil
	}
}
