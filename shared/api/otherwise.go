package api

import "net/http"

// Otherwise answers every request that no operation answers, in place of the
// bare 404 and 405 of net/http. On AWS, API Gateway answers those by itself.
func Otherwise(h http.Handler) Option { return func(s *Server) { s.mux.Handle("/", h) } }
