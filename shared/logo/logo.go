// Package logo is the pictures of organizations and of the workspace: what is
// taken, what is kept of it, and how it is shown.
//
// A logo is kept in the table itself, as an item of its own: with at most
// 350 KB it fits, is written in the transaction of the change, and needs no
// second store. Readers come once: an address never changes what it shows, so
// that browsers and mail programs keep it. Mails that are out show the logo of
// their day: one that was replaced stays for a year.
package logo
