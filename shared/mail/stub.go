package mail

import "time"

type Message struct{ Subject, HTML, Text string }
type Brand struct{ Name, LogoURL, Color, Font, Support, Footer, Website, Privacy, Terms string }
type Section struct{ Key, Title, Grant string }
type Invitation struct {
	To, Inviter, Organization, Note, Role, Link string
	Sections                                    []Section
	Expires                                     time.Time
	Agency                                      string
}
type StaffInvitation struct {
	To, Inviter, Agency, Role, Link string
	Expires                         time.Time
}
type SignIn struct {
	To, Link string
	Expires  time.Time
}
type AccessChanged struct {
	To, Organization, By, Role, Link string
	Before, After                    []Section
}

func (Invitation) Render(string, Brand, time.Time) (m Message, err error)      { return }
func (StaffInvitation) Render(string, Brand, time.Time) (m Message, err error) { return }
func (SignIn) Render(string, Brand, time.Time) (m Message, err error)          { return }
func (AccessChanged) Render(string, Brand, time.Time) (m Message, err error)   { return }
