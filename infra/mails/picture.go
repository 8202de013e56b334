package main

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/chromedp/chromedp"
	"golang.org/x/sync/errgroup"

	"atrium/infra/browser"
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
	ctx, done, err := browser.Start(ctx)
	if err != nil {
		return err
	}
	defer done()
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

// narrowest is the screen that mails must still fit on.
const narrowest = 320

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
	if err := browser.Fits(ctx, narrowest); err != nil {
		return err
	}
	for _, v := range views {
		err := chromedp.Do(ctx, chromedp.EmulateViewport(v.width, 844, chromedp.EmulateScale(v.scale)), browser.Prefer(v.scheme))
		var png []byte
		if err == nil {
			png, err = browser.Shot(ctx)
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
