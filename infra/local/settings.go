package main

import (
	"fmt"
	"path/filepath"
	"strconv"

	"atrium/infra/generate/catalogue"
)

// tableName is the table's name on the local server.
const tableName = "atrium"

// settings are what the environment may say.
type settings struct {
	// root is the repository.
	root string
	// data is the folder that everything is kept in: ATRIUM_DATA.
	data string
	// port is the API's: PORT; 0 is any free one.
	port int
	// tablePort is the DynamoDB-compatible server's: TABLE_PORT; 0 is any free one.
	tablePort int
	// inboxPort is that of the local SES and its inbox page: INBOX_PORT; 0 is any free one.
	inboxPort int
	// contained has the functions run in Lambda's containers.
	contained bool
	// tableAnywhere and inboxAnywhere let these have another port when the usual one is taken.
	tableAnywhere, inboxAnywhere bool
}

// readSettings reads them. What runs in containers has a port and a folder of its
// own, so that it runs beside what does not.
func readSettings(env func(string) string, contained bool) (settings, error) {
	root, err := catalogue.Root()
	if err != nil {
		return settings{}, err
	}
	usualData, usualPort := "data", 3000
	if contained {
		usualData, usualPort = "sam-local", 3001
	}
	s := settings{root: root, data: env("ATRIUM_DATA"), contained: contained, tableAnywhere: env("TABLE_PORT") == "", inboxAnywhere: env("INBOX_PORT") == ""}
	if s.data == "" {
		s.data = filepath.Join(root, ".atrium", usualData)
	}
	if s.data, err = filepath.Abs(s.data); err != nil {
		return s, err
	}
	if s.port, err = portFrom(env, "PORT", usualPort); err != nil {
		return s, err
	}
	if s.inboxPort, err = portFrom(env, "INBOX_PORT", 8005); err != nil {
		return s, err
	}
	s.tablePort, err = portFrom(env, "TABLE_PORT", 8000)
	return s, err
}

func portFrom(env func(string) string, name string, usual int) (int, error) {
	text := env(name)
	if text == "" {
		return usual, nil
	}
	port, err := strconv.Atoi(text)
	if err != nil || port < 0 || port > 65535 {
		return 0, fmt.Errorf("%s is %q, which is no port: give a number from 1 to 65535, or 0 for any free one", name, text)
	}
	return port, nil
}
