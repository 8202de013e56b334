package main

import (
	"fmt"
	"math"
	"strings"
	"time"
)

// A month of an agency with 100 clients, 300 agents and 1,000 people, of whom
// 400 come in on 22 days, and 10 of its own. What they do, by operation.
const (
	visits   = 400 * 22
	workdays = 10 * 22
)

var month = map[string]float64{
	// A visit opens the dashboard, stays for half an hour, and looks at three pages.
	"refresh-session": 3 * visits, "get-me": 2 * visits, "get-organization": visits + 30*workdays, "get-branding": visits,
	"list-organization-agents": visits, "update-me": 2 * visits, "list-teams": visits / 2, "list-users": visits/4 + 20*workdays,
	"list-invitations": 5 * workdays, "list-activity": 10 * workdays, "list-organizations": 60 * workdays, "list-agents": 30 * workdays,
	"get-user": 10 * workdays, "explain-access": 5 * workdays, "preview-invitation": 100, "get-logo": visits / 4,
	// Everybody signs in twice a month.
	"request-sign-in": 2_000, "create-session": 2_000, "end-session": 500,
	// Each client's agents hand 30 chats over on each of 30 days.
	"route-handoff": 100 * 30 * 30,
	// Changes, of which there are few.
	"create-organization": 5, "update-organization": 60, "create-agent": 15, "assign-agent": 40, "unassign-agent": 10,
	"add-user": 50, "update-user": 300, "remove-user": 30, "create-team": 20, "update-team": 50, "add-team-member": 100,
	"remove-team-member": 50, "send-invitation": 100, "view-invitation": 200, "accept-invitation": 90, "resend-invitation": 10,
}

const (
	// known is how many requests one answer of the authorizer serves, as it is kept for a minute.
	known = 4
	// mails are sign-in links, invitations and notices. Those that wait are looked for each minute.
	mails  = 2_000 + 110 + 400
	sweeps = 60 * 24 * 30
	// kept is what the table holds after some years, in gigabytes, most of it activity.
	kept = 2
	// answered is what goes out, in bytes for each request.
	answered = 4_000
	// A function logs its own line, and Lambda two about it; the gateway logs one for each request. In bytes.
	functionLogs, gatewayLogs = 1_250, 300
	// What infra/alarms.yaml watches and what template.yaml keeps secret.
	alarmedMetrics, pages, secrets = 14, 1, 2
	// metricsOfOne is how many metrics a function sends (shared/telemetry).
	metricsOfOne = 3
	// People are about for so many hours of a month, and chats for all of them.
	officeHours, allHours = 22 * 10, 24 * 30
)

// What is not behind an operation of its own: the authorizer, a mail's delivery,
// and a look for mails that wait. All are rather too dear than too cheap.
var (
	authorizing = charge{name: "authorize", reads: 2, taken: 2 * time.Millisecond, memory: 512}
	delivering  = charge{name: "deliver-mail", reads: 2, writes: 4, taken: 100 * time.Millisecond, memory: 512}
	sweeping    = charge{name: "deliver-mail", reads: 1, taken: 20 * time.Millisecond, memory: 512}
)

// traffic is what a month comes to, whatever it costs.
type traffic struct {
	requests, authorized, mails float64
	times                       float64
}

// invocations are those of all functions.
func (t traffic) invocations() float64 { return t.requests + t.authorized + t.mails + sweeps }

// metricHours is for how many hours metrics are sent, which is what CloudWatch
// bills: in an hour in which nobody calls an operation, its metrics cost nothing.
func (t traffic) metricHours() float64 {
	hours := hoursUsed(t.authorized, allHours) + allHours // the authorizer's, and those of the sweeps
	for name, often := range month {
		if name == "route-handoff" {
			hours += hoursUsed(often*t.times, allHours)
		} else {
			hours += hoursUsed(often*t.times, officeHours)
		}
	}
	return hours * metricsOfOne
}

// hoursUsed is in how many of so many hours something happens, when it happens
// so often and at any time.
func hoursUsed(often, hours float64) float64 { return hours * (1 - math.Exp(-often/hours)) }

// line is one of a month's bill.
type line struct {
	what    string
	dollars float64
}

// ofMonth is that month, at so many times the clients.
func (b bill) ofMonth(times float64) []line {
	t := traffic{mails: mails * times, times: times}
	var table, functions, gateway float64
	add := func(c charge, often float64) {
		table += c.dynamoDB() * often / 1e6
		functions += c.lambda() * often / 1e6
	}
	for _, c := range b {
		often := month[c.name] * times
		add(c, often)
		gateway += c.gateway() * often / 1e6
		t.requests += often
	}
	t.authorized = t.requests / known
	add(authorizing, t.authorized)
	add(delivering, t.mails)
	add(sweeping, sweeps)
	return append([]line{
		{"DynamoDB: reads and writes", table},
		{fmt.Sprintf("DynamoDB: %g GB, and its recovery", kept*times), gigabyteKept.cost(kept*times) + gigabyteBackedUp.cost(kept*times)},
		{fmt.Sprintf("Lambda: %s calls", thousands(t.invocations())), functions},
		{fmt.Sprintf("API Gateway: %s requests", thousands(t.requests)), gateway},
	}, t.around()...)
}

// around is what comes on top of the calls.
func (t traffic) around() []line {
	return []line{
		{"CloudFront", edgeRequest.cost(t.requests/1e6) + edgeGigabyte.cost(t.requests*answered/1e9)},
		{fmt.Sprintf("SES: %s mails", thousands(t.mails)), mailSent.cost(t.mails / 1e3)},
		{"logs", gigabyteLogged.cost((t.invocations()*functionLogs + t.requests*gatewayLogs) / 1e9)},
		{"traces of all calls", trace.cost(t.invocations() / 1e6)},
		{fmt.Sprintf("metrics of %d functions", len(month)+2), metricMonth.cost(t.metricHours() / allHours)},
		{fmt.Sprintf("alarms of %d metrics", alarmedMetrics), alarmMonth.cost(alarmedMetrics)},
		{"CloudWatch's page", pageMonth.cost(pages)},
		{fmt.Sprintf("%d secrets", secrets), secretMonth.cost(secrets)},
	}
}

// sum is what all lines come to, and the one that is most.
func sum(lines []line) (total float64, most line) {
	for _, l := range lines {
		total += l.dollars
		if l.dollars > most.dollars {
			most = l
		}
	}
	return total, most
}

// ofMonths is the month's bill as a table, at 100 clients and at 1,000.
func (b bill) ofMonths() string {
	var out strings.Builder
	one, ten := b.ofMonth(1), b.ofMonth(10)
	out.WriteString("A month of an agency with 100 clients, 300 agents and 1,000 people, of whom 400 come in on each of 22 days; 10 people of its own; 90,000 handoffs. " +
		"`infra/bench/month.go` has what they do, operation by operation. And of one ten times as large.\n\n" +
		"| 100 clients | | 1,000 clients | |\n|---|--:|---|--:|\n")
	for i := range one {
		fmt.Fprintf(&out, "| %s | $%.2f | %s | $%.2f |\n", one[i].what, one[i].dollars, ten[i].what, ten[i].dollars)
	}
	small, most := sum(one)
	large, mostOfLarge := sum(ten)
	fmt.Fprintf(&out, "| **together** | **$%.2f** | | **$%.2f** |\n\n", small, large)
	fmt.Fprintf(&out, "Ten times the clients cost %.1f times as much. The largest part of the smaller bill is %s, with %.0f %%; of the larger one %s, with %.0f %%. ",
		large/small, most.what, 100*most.dollars/small, mostOfLarge.what, 100*mostOfLarge.dollars/large)
	out.WriteString("With the parameter `OperationMetrics=false` there are no metrics, and the lines in the log remain.\n")
	return out.String()
}

func thousands(n float64) string {
	text := fmt.Sprintf("%.0f", n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}
