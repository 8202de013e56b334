package main

import (
	"fmt"
	"strings"
)

// More list prices in dollars, us-east-1, as of November 2026, without free
// tiers: of what a deployment costs beside its calls.
const (
	perThousandMails    = 0.10 // SES
	perMillionTraces    = 5.00 // X-Ray
	perGigabyteLogged   = 0.50 // CloudWatch Logs
	perGigabyteKept     = 0.25 // DynamoDB, a month
	perGigabyteBackedUp = 0.20 // and its point-in-time recovery
	perMetric           = 0.30 // CloudWatch, a month
	perAlarmedMetric    = 0.10
	perPage             = 3.00
	perSecret           = 0.40  // Secrets Manager, a month
	perMillionEdge      = 1.00  // CloudFront, HTTPS requests
	perGigabyteOut      = 0.085 // CloudFront to the internet
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
	// authorizing is what it costs, for a million: two reads, and two milliseconds.
	authorizing = 2*perMillionReads + perMillionCalls + perGigabyteSecond*1e6*0.5*2/1000
	// mails are sign-in links, invitations and notices; sweeps look for what waits.
	mails  = 2_000 + 110 + 400
	sweeps = 60 * 24 * 30
	// sweeping is what a sweep or a mail's delivery costs, for a million: a few units, and 20 milliseconds.
	sweeping = 4*perMillionWrites + perMillionCalls + perGigabyteSecond*1e6*0.5*20/1000
	// A request is logged by its function and by the gateway; a function's line is 600 bytes.
	loggedBytes = 900
	// kept is what the table holds after some years, in gigabytes, most of it activity.
	kept = 2
	// answered is what goes out, in bytes for each request.
	answered = 4_000
	// What infra/alarms.yaml watches and what template.yaml keeps secret.
	alarmedMetrics, pages, secrets = 14, 1, 2
	metricsOfOne                   = 3
)

// line is one of a month's bill.
type line struct {
	what    string
	dollars float64
}

// ofMonth is that month, at so many times the clients.
func (b bill) ofMonth(times float64) []line {
	requests, calls := 0.0, 0.0
	for _, c := range b {
		requests += month[c.name] * times
		calls += month[c.name] * times / 1e6 * c.total()
	}
	mailed := mails * times
	return []line{
		{fmt.Sprintf("%s requests: DynamoDB, Lambda, API Gateway", thousands(requests)), calls},
		{"who calls: the authorizer", requests / known / 1e6 * authorizing},
		{fmt.Sprintf("%s mails, and looking for those that wait each minute", thousands(mailed)), mailed/1000*perThousandMails + (sweeps+mailed)/1e6*sweeping},
		{"CloudFront", requests/1e6*perMillionEdge + requests*answered/1e9*perGigabyteOut},
		{"logs", requests * loggedBytes / 1e9 * perGigabyteLogged},
		{"traces", requests / 1e6 * perMillionTraces},
		{fmt.Sprintf("table: %g GB, and its recovery", kept*times), kept * times * (perGigabyteKept + perGigabyteBackedUp)},
		{fmt.Sprintf("metrics of %d operations", len(month)), float64(len(month)) * metricsOfOne * perMetric},
		{fmt.Sprintf("%d alarms, a page, %d secrets", alarmedMetrics, secrets), alarmedMetrics*perAlarmedMetric + pages*perPage + secrets*perSecret},
	}
}

// ofMonths is the month's bill as a table, at 100 clients and at 1,000.
func (b bill) ofMonths() string {
	var out strings.Builder
	one, ten := b.ofMonth(1), b.ofMonth(10)
	out.WriteString("A month of an agency with 100 clients, 300 agents and 1,000 people, of whom 400 come in on each of 22 days; 10 people of its own; 90,000 handoffs. " +
		"`infra/bench/month.go` has what they do, operation by operation. And of one ten times as large.\n\n" +
		"| | 100 clients | 1,000 clients |\n|---|--:|--:|\n")
	sums := [2]float64{}
	for i := range one {
		fmt.Fprintf(&out, "| %s | $%.2f | $%.2f |\n", one[i].what, one[i].dollars, ten[i].dollars)
		sums[0], sums[1] = sums[0]+one[i].dollars, sums[1]+ten[i].dollars
	}
	fmt.Fprintf(&out, "| **together** | **$%.2f** | **$%.2f** |\n\n", sums[0], sums[1])
	out.WriteString("Most of the smaller bill is for looking at it: CloudWatch asks for each metric by the month, whether much happens or little. With the parameter `OperationMetrics=false` there are none, and the lines in the log remain.\n")
	return out.String()
}

// prices are what all of it is reckoned with.
func prices() string {
	var out strings.Builder
	out.WriteString("| list price, us-east-1, November 2026 | dollars |\n|---|--:|\n")
	for _, l := range []line{
		{"DynamoDB on demand, million read units", perMillionReads}, {"DynamoDB on demand, million write units", perMillionWrites},
		{"DynamoDB, GB and month", perGigabyteKept}, {"DynamoDB point-in-time recovery, GB and month", perGigabyteBackedUp},
		{"Lambda, million calls", perMillionCalls}, {"Lambda arm64, thousand GB-seconds", perGigabyteSecond * 1000},
		{"API Gateway HTTP API, million requests", perMillionRequests}, {"CloudFront, million HTTPS requests", perMillionEdge},
		{"CloudFront to the internet, GB", perGigabyteOut}, {"SES, thousand mails", perThousandMails},
		{"CloudWatch Logs, GB taken in", perGigabyteLogged}, {"CloudWatch, metric and month", perMetric},
		{"CloudWatch, alarmed metric and month", perAlarmedMetric}, {"CloudWatch, page and month", perPage},
		{"X-Ray, million traces", perMillionTraces}, {"Secrets Manager, secret and month", perSecret},
	} {
		fmt.Fprintf(&out, "| %s | %.4g |\n", l.what, l.dollars)
	}
	return out.String()
}

func thousands(n float64) string {
	text := fmt.Sprintf("%.0f", n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}
