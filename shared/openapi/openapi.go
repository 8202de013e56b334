// Package openapi serves the API's description of itself. It is written ahead
// of time, by infra/describe from the operations' declarations, so that no
// function has to make it.
package openapi

import (
	"context"
	_ "embed"
	"net/http"

	"atrium/shared/access"
	"atrium/shared/api"
)

//go:generate go run ../../infra/describe

// Document is the description: OpenAPI 3.1, as JSON.
//
//go:embed openapi.json
var Document []byte

// Describe answers with the description of the API.
var Describe = api.Operation{
	Name: "describe-api", Method: http.MethodGet, Path: "/openapi.json", Tag: "API",
	Summary:     "Describe this API",
	Description: "This description: OpenAPI 3.1.",
	May:         access.Rule{Public: true},
	Handler:     api.Func[struct{}, description](describe),
}

type description struct {
	ContentType  string `header:"Content-Type"`
	CacheControl string `header:"Cache-Control" doc:"A description may be kept for five minutes."`
	Body         []byte
}

func describe(context.Context, *api.Call, *struct{}) (*description, error) {
	return &description{ContentType: "application/json", CacheControl: "public, max-age=300", Body: Document}, nil
}
