// Package catalogue lists every operation there is. The list is made from the
// folders in functions/, so that a new function cannot be forgotten: run
// `make generate` after adding one.
package catalogue

//go:generate go run ../../infra/generate
