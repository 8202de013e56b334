package sam_test

import (
	"maps"
	"net/http"
	"testing"

	"atrium/dashboard"
)

// What browsers are told of the pages is the same on AWS and on this machine.
func TestCloudFrontSendsTheDashboardsHeaders(t *testing.T) {
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
	nested(t, "dashboard.yaml").as(t, "Headers", &policy)
	security := policy.Config.Security
	sent := map[string]string{"Content-Security-Policy": security.CSP.Policy, "Referrer-Policy": security.Referrer.Policy}
	if security.Types != nil && security.Types.Override {
		sent["X-Content-Type-Options"] = "nosniff"
	}
	for _, item := range policy.Config.Custom.Items {
		sent[item.Header] = item.Value
	}
	if !maps.Equal(sent, dashboard.Headers) {
		t.Errorf("CloudFront sends %v, want %v", sent, dashboard.Headers)
	}
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
		if b.Origin != "api" || b.Request != allButHost {
			t.Errorf("%s is asked of %s with %s", b.Path, b.Origin, b.Request)
		}
		if kept := b.Cache != cachingDisabled; kept != (b.Path == "/v1/*/logo/*") || kept && changes {
			t.Errorf("%s: kept %v, changes %v", b.Path, kept, changes)
		}
	}
}
