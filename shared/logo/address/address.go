// Package address is where a logo is found by everybody: a path that names
// the workspace and the hash of the picture, so that it can be public, needs
// nobody to be signed in, and never changes what it shows.
package address

import (
	"strings"
	"time"

	"atrium/shared/api"
	"atrium/shared/id"
	"atrium/shared/table"
)

// HashLength is how many hexadecimal digits of the picture's SHA-256 name it.
const HashLength = 32

// Of is the address of the logo of whatever is at path; nil without a hash.
func Of(c *api.Call, path, hash string) *string {
	if hash == "" {
		return nil
	}
	address := c.BaseURL + api.Prefix + path + "/logo/" + Name(c.Workspace(), hash)
	return &address
}

// Name is the address's last part.
func Name(ws, hash string) string {
	return strings.TrimPrefix(ws, id.Workspace+"_") + "-" + hash
}

// Parse is the workspace and the hash of a name. What is no name never reaches a key.
func Parse(name string) (ws, hash string, ok bool) {
	suffix, hash, _ := strings.Cut(name, "-")
	ws = id.Workspace + "_" + suffix
	ok = id.Is(id.Workspace, ws) && len(hash) == HashLength && strings.Trim(hash, "0123456789abcdef") == ""
	return ws, hash, ok
}

// afterlife is how long a logo that was replaced is still shown: as long as
// whoever has seen it was told to keep it.
const afterlife = 365 * 24 * time.Hour

// Leave are the writes on the logo that an owner had before another one, which
// is "" where it was taken away.
func Leave(c *api.Call, owner, before, after string) []*table.Write {
	key := table.LogoKey(c.Workspace(), owner, before)
	switch {
	case before == "" || before == after:
		return nil
	case after == "":
		return []*table.Write{table.Delete(key)}
	default:
		return []*table.Write{table.Update(key, table.Set("ttl", c.Now.Add(afterlife).Unix()))}
	}
}
