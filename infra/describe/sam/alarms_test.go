package sam_test

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"atrium/shared/apitest"
)

func TestAlarmsReachWhoWantsThem(t *testing.T) {
	d, _ := load(t)
	if address := d.Parameters["AlarmEmail"].Default; address != "" {
		t.Errorf("alarms go to %v unless said otherwise, want nobody", address)
	}
	for id, r := range nested(t, "alarms.yaml").Resources {
		switch r.Type {
		case "AWS::CloudWatch::Alarm":
			var alarm struct {
				Actions []any `yaml:"AlarmActions"`
			}
			if err := r.Properties.Decode(&alarm); err != nil || len(alarm.Actions) == 0 || alarm.Actions[0] != "TellsSomebody" {
				t.Errorf("%s tells %v: %v", id, alarm.Actions, err)
			}
		case "AWS::SNS::Topic", "AWS::SNS::Subscription":
			if r.Condition != "TellsSomebody" {
				t.Errorf("%s is there though nobody is to be told", id)
			}
		}
	}
}

var section = regexp.MustCompile(`Runbook: (.+)\.`)

// Who is told of something is told where to read what to do.
func TestAlarmsSayWhatToRead(t *testing.T) {
	runbook, err := os.ReadFile(filepath.Join(apitest.Root(), "infra", "RUNBOOK.md"))
	if err != nil {
		t.Fatal(err)
	}
	for id, r := range nested(t, "alarms.yaml").Resources {
		if r.Type != "AWS::CloudWatch::Alarm" {
			continue
		}
		var alarm struct {
			Description string `yaml:"AlarmDescription"`
		}
		if err := r.Properties.Decode(&alarm); err != nil {
			t.Fatal(err)
		}
		named := section.FindStringSubmatch(strings.TrimSpace(alarm.Description))
		if named == nil || !strings.Contains(string(runbook), "\n## "+named[1]+"\n") {
			t.Errorf("%s: %q names no part of the runbook", id, alarm.Description)
		}
	}
}

// What is worth an alarm, by what CloudWatch calls it.
func TestWhatGoesWrongIsWatched(t *testing.T) {
	watched := map[string]bool{}
	for _, r := range nested(t, "alarms.yaml").Resources {
		var alarm struct {
			Metric  string `yaml:"MetricName"`
			Metrics []struct {
				Stat struct {
					Metric struct {
						Name string `yaml:"MetricName"`
					} `yaml:"Metric"`
				} `yaml:"MetricStat"`
			} `yaml:"Metrics"`
		}
		if r.Type != "AWS::CloudWatch::Alarm" {
			continue
		}
		if err := r.Properties.Decode(&alarm); err != nil {
			t.Fatal(err)
		}
		watched[alarm.Metric] = true
		for _, m := range alarm.Metrics {
			watched[m.Stat.Metric.Name] = true
		}
	}
	for _, metric := range []string{
		"5xx", "Latency", "Errors", "Throttles", "ReadThrottleEvents", "WriteThrottleEvents", "IteratorAge",
		"ApproximateNumberOfMessagesVisible", "Reputation.BounceRate", "Reputation.ComplaintRate",
	} {
		if !watched[metric] {
			t.Errorf("%s is not watched, only %v", metric, slices.Sorted(maps.Keys(watched)))
		}
	}
}

// CloudWatch refuses a page that is no JSON, and does so when it is deployed.
func TestThePageCanBeRead(t *testing.T) {
	d := nested(t, "alarms.yaml")
	var page struct {
		Body string `yaml:"DashboardBody"`
	}
	d.as(t, "Page", &page)
	var body struct {
		Widgets []struct {
			Type       string `json:"type"`
			Properties struct {
				Title   string  `json:"title"`
				Metrics [][]any `json:"metrics"`
			} `json:"properties"`
		} `json:"widgets"`
	}
	if err := json.Unmarshal([]byte(page.Body), &body); err != nil {
		t.Fatal(err)
	}
	for _, w := range body.Widgets {
		if w.Type != "metric" || w.Properties.Title == "" || len(w.Properties.Metrics) == 0 {
			t.Errorf("%+v shows nothing", w)
		}
	}
	for _, used := range parameter.FindAllStringSubmatch(page.Body, -1) {
		if _, ok := d.Parameters[used[1]]; !ok && !strings.HasPrefix(used[1], "AWS::") {
			t.Errorf("%s is no parameter", used[1])
		}
	}
}

var parameter = regexp.MustCompile(`\$\{([A-Za-z:]+)\}`)
