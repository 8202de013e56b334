// Records what SES tells of the mails that were sent.
package main

import "atrium/shared/lambdamail"

func main() { lambdamail.StartHearing("record-mail-event") }
