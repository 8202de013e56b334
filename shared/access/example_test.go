package access_test

import (
	"fmt"

	"atrium/shared/access"
)

// What a user may do in a section is the lowest of three grants; of equal ones
// the first decides.
func ExampleStanding_Explain() {
	standing := access.Standing{
		Ceiling:    access.Sections{"analytics": access.Edit},
		Assignment: access.Sections{"analytics": access.View},
		User:       access.Sections{"analytics": access.Edit},
		HasAgent:   true, Active: true,
	}
	e := standing.Explain()["analytics"]
	fmt.Println(e.Effective, "decided by", e.DecidedBy)
	// Output: view decided by assignment
}

// Another organization than one's own is not found, rather than forbidden.
func ExampleRule_Decide() {
	rule := access.Rule{Staff: access.Admin, Client: access.OrgAdmin}
	carla := access.Principal{Type: access.Client, Role: access.OrgAdmin, Workspace: "ws_1", Organization: "org_own"}
	fmt.Println(rule.Decide(carla, "org_own"))
	fmt.Println(rule.Decide(carla, "org_other"))
	fmt.Println(rule.Decide(access.Principal{}, "org_own"))
	// Output:
	// allowed
	// not_found
	// unauthenticated
}
