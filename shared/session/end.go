package session

import (
	"context"
	"net/http"

	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/table"
	"atrium/shared/token"
)

// End signs out.
var End = api.Operation{
	Name: "end-session", Method: http.MethodDelete, Path: "/session", Tag: "Sessions",
	Summary:     "Sign out",
	Description: "Ends the session of a refresh token, whatever its age; also twice. Its access tokens die within 60 seconds.",
	May:         access.Rule{Public: true},
	Status:      http.StatusNoContent,
	Refuses:     []int{http.StatusUnauthorized},
	Handler:     api.Func[endInput, api.Empty](endSession),
}

type endInput struct {
	Body struct {
		RefreshToken string `json:"refreshToken" maxLength:"200"`
	}
}

func endSession(ctx context.Context, c *api.Call, in *endInput) (*api.Empty, error) {
	ref, err := c.Config.Keys.Read(token.Refresh, in.Body.RefreshToken)
	if err != nil {
		return nil, errInvalid
	}
	c.Principal = access.Principal{Workspace: ref.Workspace}
	return &api.Empty{}, end(ctx, c, table.SessionKey(ref.Workspace, ref.ID))
}
