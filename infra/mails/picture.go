package main

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"golang.org/x/sync/errgroup"

	"atrium/infra/mails/sample"
)

// View is one way to look at a mail.
type view struct {
	width int64
	// scale is how many dots make a pixel.
	scale  float64
	scheme string
}

var views = []view{{1440, 1, "light"}, {1440, 1, "dark"}, {390, 2, "light"}, {390, 2, "dark"}}

// Of is the file that shows a mail this way.
func (v view) of(m sample.Mail) string {
	return fmt.Sprintf("%s.%d.%s.png", m.Name(), v.width, v.scheme)
}

// pictures draws all mails, in one browser. It fails with exec.ErrNotFound
// where there is none.
func pictures(ctx context.Context, mails []sample.Mail) error {
	path, err := chromium()
	if err != nil {
		return err
	}
	profile, err := os.MkdirTemp("", "mails-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(profile) }()
	ctx, stop := chromedp.NewExecAllocator(ctx, options(path, profile)...)
	defer stop()
	ctx, done := chromedp.NewContext(ctx)
	defer done()
	if err := chromedp.Do(ctx); err != nil {
		return fmt.Errorf("starting %s: %w", path, err)
	}
	fmt.Printf("Drawing %d pictures.\n", len(mails)*len(views))
	tabs, stopped := errgroup.WithContext(ctx)
	for i := range runtime.NumCPU() {
		tabs.Go(func() error { return tab(stopped, mails, i, runtime.NumCPU()) })
	}
	return tabs.Wait()
}

// tab draws each so many-th mail, from the first on, in a tab of its own.
func tab(ctx context.Context, mails []sample.Mail, first, step int) error {
	ctx, done := chromedp.NewContext(ctx)
	defer done()
	if err := chromedp.Do(ctx); err != nil {
		return fmt.Errorf("opening a tab: %w", err)
	}
	for i := first; i < len(mails); i += step {
		if err := picture(ctx, mails[i]); err != nil {
			return fmt.Errorf("drawing %s: %w", mails[i].Name(), err)
		}
	}
	return nil
}

// chromium is where the browser is, under any of its names.
func chromium() (string, error) {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", exec.ErrNotFound
}

// options let it draw, and speak to nobody. What it shows is our own, so that
// it also runs where a sandbox cannot, as in containers.
func options(path, profile string) []chromedp.ExecAllocatorOption {
	own := []chromedp.ExecAllocatorOption{chromedp.ExecPath(path), chromedp.UserDataDir(profile), chromedp.NoSandbox, chromedp.DisableGPU}
	for _, flag := range []string{"disable-quic", "disable-background-networking", "disable-component-update", "disable-sync", "hide-scrollbars"} {
		own = append(own, chromedp.Flag(flag, true))
	}
	own = append(own, chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND"))
	return append(chromedp.DefaultExecAllocatorOptions[:], own...)
}

// picture draws a mail in all views.
func picture(ctx context.Context, m sample.Mail) error {
	ctx, stop := context.WithTimeout(ctx, time.Minute)
	defer stop()
	absolute, err := filepath.Abs(filepath.Join(folder, m.Name()+".html"))
	if err != nil {
		return err
	}
	address := url.URL{Scheme: "file", Path: absolute}
	if err := chromedp.Do(ctx, chromedp.Navigate(address.String())); err != nil {
		return err
	}
	if err := fits(ctx, narrowest); err != nil {
		return err
	}
	for _, v := range views {
		err := chromedp.Do(ctx, chromedp.EmulateViewport(v.width, 844, chromedp.EmulateScale(v.scale)), prefer(v.scheme))
		var png []byte
		if err == nil {
			png, err = chromedp.Run(ctx, shot)
		}
		if err == nil {
			err = os.WriteFile(filepath.Join(folder, v.of(m)), png, 0o600)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// prefer shows pages as who has chosen a colour scheme sees them.
func prefer(scheme string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
		})
		return err
	})
}

// narrowest is the screen that mails must still fit on.
const narrowest = 320

// fits fails where a page must be moved sideways to be read.
func fits(ctx context.Context, width int64) error {
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, 844)); err != nil {
		return err
	}
	needed, err := chromedp.Run(ctx, chromedp.Evaluate[int64]("document.documentElement.scrollWidth"))
	if err == nil && needed > width {
		err = fmt.Errorf("it is %d pixels wide on a screen of %d", needed, width)
	}
	return err
}

// shot is the whole page, as long as it is.
func shot(ctx context.Context, t *chromedp.Target) ([]byte, error) {
	yes := true
	got, err := cdp.Call(ctx, t, page.CaptureScreenshot, page.CaptureScreenshotParams{
		Format: page.CaptureScreenshotFormatPng, CaptureBeyondViewport: &yes, OptimizeForSpeed: &yes,
	})
	return got.Data, err
}
