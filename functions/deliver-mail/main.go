// Sends the mails that wait to be sent: at once what the table's stream tells
// of, and every minute what had to wait.
package main

import "atrium/shared/lambdamail"

func main() { lambdamail.StartDelivering("deliver-mail") }
