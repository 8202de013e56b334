package sam_test

import (
	"maps"
	"net/http"
	"slices"
	"testing"

	"go.yaml.in/yaml/v3"

	"atrium/dashboard"
	"atrium/shared/catalogue"
)

// What browsers are told of the app is the same on AWS and on this machine: of its
// page, and of its assets.
func TestCloudFrontSendsTheDashboardsHeaders(t *testing.T) {
	for policy, kept := range map[string]string{"Headers": dashboard.NotLong, "AssetHeaders": dashboard.ForGood} {
		want := maps.Clone(dashboard.Headers)
		want["Cache-Control"] = kept
		if sent := headersOf(t, policy); !maps.Equal(sent, want) {
			t.Errorf("by %s CloudFront sends %v, want %v", policy, sent, want)
		}
	}
}

// headersOf are the headers that a policy adds to answers.
func headersOf(t *testing.T, name string) map[string]string {
	t.Helper()
	var policy struct {
		Config struct {
			Security struct {
				CSP struct {
					Policy string `yaml:"ContentSecurityPolicy"`
				} `yaml:"ContentSecurityPolicy"`
				Referrer struct {
					Policy string `yaml:"ReferrerPolicy"`
				} `yaml:"ReferrerPolicy"`
				Types *struct {
					Override bool `yaml:"Override"`
				} `yaml:"ContentTypeOptions"`
			} `yaml:"SecurityHeadersConfig"`
			Custom struct {
				Items []struct {
					Header string `yaml:"Header"`
					Value  string `yaml:"Value"`
				} `yaml:"Items"`
			} `yaml:"CustomHeadersConfig"`
		} `yaml:"ResponseHeadersPolicyConfig"`
	}
	nested(t, "dashboard.yaml").as(t, name, &policy)
	security := policy.Config.Security
	sent := map[string]string{"Content-Security-Policy": security.CSP.Policy, "Referrer-Policy": security.Referrer.Policy}
	if security.Types != nil && security.Types.Override {
		sent["X-Content-Type-Options"] = "nosniff"
	}
	for _, item := range policy.Config.Custom.Items {
		sent[item.Header] = item.Value
	}
	return sent
}

// A host of the dashboard is the API's, too: no browser asks another one, and
// nothing that changes something is kept by CloudFront.
func TestTheApiIsBesideTheDashboard(t *testing.T) {
	type behaviour struct {
		Path    string   `yaml:"PathPattern"`
		Origin  string   `yaml:"TargetOriginId"`
		Methods []string `yaml:"AllowedMethods"`
		Cache   string   `yaml:"CachePolicyId"`
		Request string   `yaml:"OriginRequestPolicyId"`
	}
	var distribution struct {
		Config struct {
			Default    behaviour   `yaml:"DefaultCacheBehavior"`
			Behaviours []behaviour `yaml:"CacheBehaviors"`
			Logging    any         `yaml:"Logging"`
		} `yaml:"DistributionConfig"`
	}
	nested(t, "dashboard.yaml").as(t, "Distribution", &distribution)
	const cachingDisabled, allButHost = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad", "b689b0a8-53d0-40ab-baf2-68738e2966ac"
	config := distribution.Config
	if config.Default.Origin != "files" || config.Logging != nil {
		t.Errorf("%+v: the files are not what is served, or paths are logged, which hold tokens", config)
	}
	for _, b := range config.Behaviours {
		changes := false
		for _, method := range b.Methods {
			changes = changes || method == http.MethodPost
		}
		if b.Path == "/assets/*" {
			if b.Origin != "files" || changes {
				t.Errorf("%+v: assets are files", b)
			}
			continue
		}
		if b.Origin != "api" || b.Request != allButHost {
			t.Errorf("%s is asked of %s with %s", b.Path, b.Origin, b.Request)
		}
		if kept := b.Cache != cachingDisabled; kept != (b.Path == "/v1/*/logo/*") || kept && changes {
			t.Errorf("%s: kept %v, changes %v", b.Path, kept, changes)
		}
	}
}

// A dashboard that is served elsewhere sends what the API reads, by every method
// that it has, and reads what it says; and without one nobody's browser may.
func TestOtherDashboardsMayCall(t *testing.T) {
	d, _ := load(t)
	type origins struct {
		Origins []any    `yaml:"AllowOrigins"`
		Methods []string `yaml:"AllowMethods"`
		Headers []string `yaml:"AllowHeaders"`
		Exposed []string `yaml:"ExposeHeaders"`
	}
	var api struct {
		Cors []yaml.Node `yaml:"CorsConfiguration"`
	}
	d.as(t, "Api", &api)
	var cors origins
	if len(api.Cors) != 3 || api.Cors[0].Value != "OthersCall" || api.Cors[2].Value != "AWS::NoValue" || api.Cors[1].Decode(&cors) != nil {
		t.Fatalf("%+v", api.Cors)
	}
	if d.Parameters["OtherDashboards"].Default != "" {
		t.Errorf("%v may call unless said otherwise", d.Parameters["OtherDashboards"].Default)
	}
	for _, o := range catalogue.Operations {
		for _, route := range o.Routes() {
			if !slices.Contains(cors.Methods, route.Method) {
				t.Errorf("nobody elsewhere may %s %s", route.Method, route.Path)
			}
		}
	}
	for _, name := range []string{"authorization", "content-type", "idempotency-key", "if-match", "if-none-match"} {
		if !slices.Contains(cors.Headers, name) {
			t.Errorf("nobody elsewhere may send %s", name)
		}
	}
	for _, name := range []string{"etag", "location", "link", "retry-after", "idempotent-replayed", "x-request-id"} {
		if !slices.Contains(cors.Exposed, name) {
			t.Errorf("nobody elsewhere sees %s", name)
		}
	}
}
