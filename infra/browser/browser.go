// Package browser shows pages as people's browsers do, in a Chromium without a
// window: the pictures of mails are drawn in one, and the dashboard's pages are
// tried in one.
package browser

import (
	"context"
	"fmt"
	"os"
	"os/exec"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// Start starts a browser; what is run with the context is run in it. It fails
// with exec.ErrNotFound where there is none. done ends it.
func Start(ctx context.Context) (started context.Context, done func(), err error) {
	path, err := find()
	if err != nil {
		return nil, nil, err
	}
	profile, err := os.MkdirTemp("", "browser-")
	if err != nil {
		return nil, nil, err
	}
	ctx, stop := chromedp.NewExecAllocator(ctx, options(path, profile)...)
	ctx, end := chromedp.NewContext(ctx)
	done = func() {
		end()
		stop()
		_ = os.RemoveAll(profile)
	}
	if err := chromedp.Do(ctx); err != nil {
		done()
		return nil, nil, fmt.Errorf("starting %s: %w", path, err)
	}
	return ctx, done, nil
}

// find is where the browser is, under any of its names.
func find() (string, error) {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", exec.ErrNotFound
}

// options let it speak to this machine alone. What it shows is our own, so that
// it also runs where a sandbox cannot, as in containers.
func options(path, profile string) []chromedp.ExecAllocatorOption {
	own := []chromedp.ExecAllocatorOption{chromedp.ExecPath(path), chromedp.UserDataDir(profile), chromedp.NoSandbox, chromedp.DisableGPU}
	for _, flag := range []string{"disable-quic", "disable-background-networking", "disable-component-update", "disable-sync", "hide-scrollbars"} {
		own = append(own, chromedp.Flag(flag, true))
	}
	own = append(own, chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"))
	return append(chromedp.DefaultExecAllocatorOptions[:], own...)
}

// Prefer shows pages as who has chosen a colour scheme, light or dark, sees them.
func Prefer(scheme string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
		})
		return err
	})
}

// Fits fails where a page must be moved sideways to be read on so many pixels.
func Fits(ctx context.Context, width int64) error {
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, 844)); err != nil {
		return err
	}
	needed, err := chromedp.Run(ctx, chromedp.Evaluate[int64]("document.documentElement.scrollWidth"))
	if err == nil && needed > width {
		err = fmt.Errorf("it is %d pixels wide on a screen of %d", needed, width)
	}
	return err
}

// Shot is a picture of the whole page, as long as it is.
func Shot(ctx context.Context) ([]byte, error) {
	yes := true
	return chromedp.Run(ctx, func(ctx context.Context, t *chromedp.Target) ([]byte, error) {
		got, err := cdp.Call(ctx, t, page.CaptureScreenshot, page.CaptureScreenshotParams{
			Format: page.CaptureScreenshotFormatPng, CaptureBeyondViewport: &yes, OptimizeForSpeed: &yes,
		})
		return got.Data, err
	})
}
