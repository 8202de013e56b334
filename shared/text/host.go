package text

import (
	"errors"
	"net"
	"strconv"
	"strings"
)

// errHost is what is said of a host that is none.
var errHost = errors.New("must be a host such as clients.example.com, with a port if need be")

// Host is the one form of a host that is stored and compared: lower case, in
// punycode, without a dot at its end, with a port only if browsers show it.
func Host(s string) (string, error) {
	name, port := s, ""
	if strings.Contains(s, ":") {
		var err error
		if name, port, err = net.SplitHostPort(s); err != nil || !isPort(port) {
			return "", errHost
		}
	}
	name, err := punycode(strings.TrimSuffix(name, "."))
	if err != nil || len(name) > 253 {
		return "", errHost
	}
	if port == "" || port == "443" || port == "80" {
		return name, nil
	}
	return name + ":" + port, nil
}

// isPort wants digits only, and no zero before them: each port has one form.
func isPort(s string) bool {
	port, err := strconv.ParseUint(s, 10, 16)
	return err == nil && port > 0 && strconv.FormatUint(port, 10) == s
}

// Host normalizes a host in place, or says what is wrong with it; "" is left alone.
func (c *Check) Host(field string, host *string) {
	if *host == "" {
		return
	}
	normal, err := Host(*host)
	if err != nil {
		c.Fault(field, err.Error())
		return
	}
	*host = normal
}
