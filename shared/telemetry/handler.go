package telemetry

import (
	"context"
	"io"
	"log/slog"
)

// handler writes lines as Lambda filters them by, and names in each the
// invocation that it belongs to.
type handler struct{ slog.Handler }

// NewHandler writes JSON.
func NewHandler(w io.Writer) slog.Handler {
	return handler{slog.NewJSONHandler(w, &slog.HandlerOptions{ReplaceAttr: named})}
}

// named gives the time the name that Lambda looks for.
func named(groups []string, a slog.Attr) slog.Attr {
	if len(groups) == 0 && a.Key == slog.TimeKey {
		a.Key = "timestamp"
	}
	return a
}

// Handle adds the invocation's operation and request, unless the line says them itself.
func (h handler) Handle(ctx context.Context, r slog.Record) error {
	if i, ok := ctx.Value(invocationKey{}).(*Invocation); ok {
		r.AddAttrs(missing(r, slog.String("operation", i.function.name), slog.String("requestId", i.requestID))...)
	}
	return h.Handler.Handle(ctx, r)
}

func missing(r slog.Record, attrs ...slog.Attr) (lacking []slog.Attr) {
	said := map[string]bool{}
	r.Attrs(func(a slog.Attr) bool {
		said[a.Key] = true
		return true
	})
	for _, a := range attrs {
		if !said[a.Key] {
			lacking = append(lacking, a)
		}
	}
	return lacking
}

// WithAttrs keeps the invocation's names.
func (h handler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return handler{h.Handler.WithAttrs(attrs)}
}

// WithGroup keeps the invocation's names.
func (h handler) WithGroup(name string) slog.Handler { return handler{h.Handler.WithGroup(name)} }
