package logo_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"atrium/shared/access"
	"atrium/shared/apitest"
	"atrium/shared/problem"
	"atrium/shared/table"
)

var (
	isPNG  = apitest.Headers{"Content-Type": "image/png"}
	isJPEG = apitest.Headers{"Content-Type": "image/jpeg"}
	isWebP = apitest.Headers{"Content-Type": "image/webp"}
	red    = color.NRGBA{R: 255, A: 255}
	glass  = color.NRGBA{B: 255, A: 128}
)

// world has a workspace and an organization in it.
func world(t *testing.T) (w *apitest.World, org string) {
	t.Helper()
	w = apitest.New(t)
	w.Workspace = w.Nobody().Post("/workspaces", `{"name":"Agency","owner":{"name":"O","email":"o@x.example"}}`).Want(http.StatusCreated).ID()
	return w, w.Owner().Post("/organizations", `{"name":"Acme"}`).Want(http.StatusCreated).ID()
}

// address is an answer's logoUrl as callers of the test world take it.
func address(a *apitest.Answer) string {
	a.T.Helper()
	url, _ := a.At("logoUrl").(string)
	path, ok := strings.CutPrefix(url, "https://api.example/v1")
	if !ok {
		a.T.Fatalf("logoUrl %q", url)
	}
	return path
}

// seen is the picture at an address, as anybody sees it.
func seen(w *apitest.World, path string) image.Image {
	w.T.Helper()
	picture, err := png.Decode(bytes.NewReader(w.Nobody().Get(path).Want(http.StatusOK).Body))
	if err != nil {
		w.T.Fatal(err)
	}
	return picture
}

func TestPutKeepsASmallPNG(t *testing.T) {
	t.Parallel()
	w, org := world(t)
	for name, tc := range map[string]struct {
		file          []byte
		as            apitest.Headers
		width, height int
		colour        color.Color
	}{
		"a small one as it is":      {asPNG(t, plain(40, 20, red)), isPNG, 40, 20, red},
		"a wide one scaled down":    {asPNG(t, plain(2000, 500, red)), isPNG, 512, 128, red},
		"a high one scaled down":    {asPNG(t, plain(10, 1024, red)), isPNG, 5, 512, red},
		"a hair stays a pixel wide": {asPNG(t, plain(4096, 1, red)), isPNG, 512, 1, red},
		"what shines through":       {asPNG(t, plain(1024, 1024, glass)), isPNG, 512, 512, glass},
		"a JPEG":                    {asJPEG(t, plain(600, 300, red)), isJPEG, 512, 256, nil},
		"a lossy WebP":              {webp(t, false), isWebP, 1, 1, nil},
		"a lossless WebP":           {webp(t, true), isWebP, 1, 1, nil},
		"a PNG called a JPEG":       {asPNG(t, plain(30, 30, red)), isJPEG, 30, 30, red},
	} {
		t.Run(name, func(t *testing.T) {
			w.T = t
			for _, path := range []string{"/organizations/" + org, "/workspace"} {
				a := w.Owner().Put(path+"/logo", tc.file, tc.as).Want(http.StatusOK)
				if now := w.Owner().Get(path); string(now.Body) != string(a.Body) || now.Header.Get("ETag") != a.Header.Get("ETag") {
					t.Errorf("answered %s\nbut it is %s", a.Body, now.Body)
				}
				picture := seen(w, address(a))
				if size := picture.Bounds().Size(); size != image.Pt(tc.width, tc.height) {
					t.Errorf("%s: %v, want %d × %d", path, size, tc.width, tc.height)
				}
				if got := color.NRGBAModel.Convert(picture.At(tc.width/2, tc.height/2)); tc.colour != nil && got != tc.colour {
					t.Errorf("%s: colour %v, want %v", path, got, tc.colour)
				}
			}
		})
	}
}

func TestPutKeepsNothingButPixels(t *testing.T) {
	t.Parallel()
	w, _ := world(t)
	const secret = "GPS 41.38,2.17"
	file := asPNG(t, plain(20, 20, red))
	clean := address(w.Owner().Put("/workspace/logo", file, isPNG).Want(http.StatusOK))
	commented := address(w.Owner().Put("/workspace/logo", withText(file, secret), isPNG).Want(http.StatusOK))
	if kept := w.Nobody().Get(commented).Want(http.StatusOK).Body; bytes.Contains(kept, []byte(secret)) || clean != commented {
		t.Errorf("a comment survived: %q, at %s and %s", kept, clean, commented)
	}
}

func TestPutShrinksWhatDoesNotFit(t *testing.T) {
	t.Parallel()
	w, _ := world(t)
	a := w.Owner().Put("/workspace/logo", asPNG(t, noise(500)), isPNG).Want(http.StatusOK)
	kept := w.Nobody().Get(address(a)).Want(http.StatusOK).Body
	if len(kept) > 350_000 || len(kept) < 50_000 {
		t.Errorf("%d bytes kept", len(kept))
	}
}

func TestPutRefuses(t *testing.T) {
	t.Parallel()
	w, org := world(t)
	small := asPNG(t, plain(2, 2, red))
	padded := func(size int) []byte { return append(bytes.Clone(small), make([]byte, size-len(small))...) }
	for name, tc := range map[string]struct {
		file   []byte
		as     string
		status int
		code   problem.Code
		place  string
	}{
		"SVG":                  {[]byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`), "image/svg+xml", 415, problem.UnsupportedMedia, "header.Content-Type"},
		"GIF":                  {[]byte("GIF89a"), "image/gif", 415, problem.UnsupportedMedia, "header.Content-Type"},
		"JSON":                 {[]byte(`{}`), "application/json", 415, problem.UnsupportedMedia, "header.Content-Type"},
		"SVG called PNG":       {[]byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`), "image/png", 422, problem.Invalid, "body"},
		"GIF called PNG":       {[]byte("GIF89a\x01\x00\x01\x00\x00\x00\x00;"), "image/png", 422, problem.Invalid, "body"},
		"a broken header":      {[]byte("\x89PNG\r\n\x1a\n"), "image/png", 422, problem.Invalid, "body"},
		"a PNG cut short":      {asPNG(t, noise(20))[:300], "image/png", 422, problem.Invalid, "body"},
		"a WebP cut short":     {webp(t, false)[:40], "image/webp", 422, problem.Invalid, "body"},
		"4,097 pixels wide":    {asPNG(t, plain(4097, 1, red)), "image/png", 422, problem.Invalid, "body"},
		"a bomb":               {withSize(small, 60_000, 60_000), "image/png", 422, problem.Invalid, "body"},
		"no pixels":            {withSize(small, 0, 0), "image/png", 422, problem.Invalid, "body"},
		"no body":              {nil, "image/png", 400, problem.Malformed, ""},
		"a byte more than MiB": {padded(1<<20 + 1), "image/png", 413, problem.TooLarge, ""},
	} {
		t.Run(name, func(t *testing.T) {
			w.T = t
			for _, path := range []string{"/organizations/" + org, "/workspace"} {
				a := w.Owner().Do(http.MethodPut, path+"/logo", tc.file, apitest.Headers{"Content-Type": tc.as})
				if a.Refused(tc.status, tc.code); tc.place != "" {
					a.Refused(tc.status, tc.code, tc.place)
				}
			}
		})
	}
	w.T = t
	if a := w.Owner().Get("/workspace"); a.At("version") != 1.0 || a.At("logoUrl") != nil {
		t.Errorf("refused, yet changed: %s", a.Body)
	}
	w.Owner().Put("/workspace/logo", padded(1<<20), isPNG).Want(http.StatusOK)
}

func TestPutFollowsTheRules(t *testing.T) {
	t.Parallel()
	w, org := world(t)
	path, file := "/organizations/"+org, asPNG(t, plain(2, 2, red))
	w.Client(access.OrgAdmin, org, "usr_a").Put(path+"/logo", file, isPNG).Want(http.StatusOK)
	w.Key("", access.OrganizationsWrite).Put(path+"/logo", asPNG(t, plain(3, 3, red)), isPNG).Want(http.StatusOK)
	w.Key(org, access.OrganizationsWrite).Put(path+"/logo", file, isPNG).Want(http.StatusOK)
	w.Key("", access.OrganizationsRead).Put(path+"/logo", file, isPNG).Refused(http.StatusForbidden, problem.Forbidden)
	w.Member().Put(path+"/logo", file, isPNG).Refused(http.StatusForbidden, problem.Forbidden)
	w.Client(access.User, org, "usr_u").Put(path+"/logo", file, isPNG).Refused(http.StatusForbidden, problem.Forbidden)
	w.Nobody().Put(path+"/logo", file, isPNG).Refused(http.StatusUnauthorized, problem.Unauthenticated)
	w.Member().Put("/workspace/logo", file, isPNG).Refused(http.StatusForbidden, problem.Forbidden)
	w.Client(access.OrgAdmin, org, "usr_a").Put("/workspace/logo", file, isPNG).Refused(http.StatusForbidden, problem.Forbidden)
	w.Key("", access.OrganizationsWrite).Put("/workspace/logo", file, isPNG).Refused(http.StatusForbidden, problem.Forbidden)

	other := w.Owner().Post("/organizations", `{"name":"Other"}`).Want(http.StatusCreated).ID()
	w.Client(access.OrgAdmin, org, "usr_a").Put("/organizations/"+other+"/logo", file, isPNG).Refused(http.StatusNotFound, problem.NotFound)
	w.Owner().Put("/organizations/org_01jd6v0c8ge2rs2k9v2q1m4t7x/logo", file, isPNG).Refused(http.StatusNotFound, problem.NotFound)
	w.Owner().Put("/organizations/org_x%23/logo", file, isPNG).Refused(http.StatusNotFound, problem.NotFound)
	mine := w.Workspace
	w.Workspace = w.Nobody().Post("/workspaces", `{"name":"B","owner":{"name":"O","email":"o@x.example"}}`).Want(http.StatusCreated).ID()
	w.Owner().Put(path+"/logo", file, isPNG).Refused(http.StatusNotFound, problem.NotFound)
	w.Workspace = mine

	w.Owner().Patch(path, `{"status":"suspended"}`).Want(http.StatusOK)
	w.Owner().Put(path+"/logo", asPNG(t, plain(4, 4, red)), isPNG).Want(http.StatusOK)
	w.Client(access.OrgAdmin, org, "usr_a").Put(path+"/logo", file, isPNG).Refused(http.StatusForbidden, problem.OrganizationShut)
	w.Owner().Patch(path, `{"status":"archived"}`).Want(http.StatusOK)
	w.Owner().Put(path+"/logo", file, isPNG).Refused(http.StatusConflict, problem.ReadOnly)
	w.Owner().Delete(path).Want(http.StatusAccepted)
	w.Owner().Put(path+"/logo", file, isPNG).Refused(http.StatusConflict, problem.ReadOnly)
}

// kept are the logos in the table that are there to stay.
func kept(t *testing.T, w *apitest.World, owner string) []string {
	t.Helper()
	rows, err := w.Table.Query(t.Context(), table.Query{PK: table.Logos(w.Workspace, owner)})
	if err != nil {
		t.Fatal(err)
	}
	var hashes []string
	for _, item := range rows.Items {
		if item["ttl"] == nil {
			hashes = append(hashes, item.String("sk"))
		}
	}
	return hashes
}

func TestALogoReplacesTheOneBefore(t *testing.T) {
	t.Parallel()
	w, org := world(t)
	for path, owner := range map[string]string{"/organizations/" + org: org, "/workspace": "workspace"} {
		first := w.Owner().Put(path+"/logo", asPNG(t, plain(2, 2, red)), isPNG).Want(http.StatusOK)
		if first.At("version") != 2.0 || first.Header.Get("ETag") != `"2"` {
			t.Errorf("%s: version %v", path, first.At("version"))
		}
		if same := w.Owner().Put(path+"/logo", asPNG(t, plain(2, 2, red)), isPNG).Want(http.StatusOK); string(same.Body) != string(first.Body) {
			t.Errorf("%s: the same picture again made %s", path, same.Body)
		}
		w.Owner().Put(path+"/logo", asPNG(t, plain(3, 3, red)), isPNG, apitest.Headers{"If-Match": `"1"`}).
			Refused(http.StatusPreconditionFailed, problem.Stale, "header.If-Match")
		second := w.Owner().Put(path+"/logo", asPNG(t, plain(3, 3, red)), isPNG, apitest.Headers{"If-Match": `"2"`}).Want(http.StatusOK)
		if left := kept(t, w, owner); len(left) != 1 || !strings.HasSuffix(address(second), "-"+left[0]) {
			t.Errorf("%s: kept %q, shown %s", path, left, address(second))
		}
		// Who has the first address, in a mail perhaps, sees what it showed.
		w.Nobody().Get(address(first)).Want(http.StatusOK)
		again := w.Owner().Put(path+"/logo", asPNG(t, plain(2, 2, red)), isPNG).Want(http.StatusOK)
		if left := kept(t, w, owner); len(left) != 1 || address(again) != address(first) {
			t.Errorf("%s: back to the first, kept %q, shown %s", path, left, address(again))
		}
		gone := w.Owner().Patch(path, `{"logoUrl":null}`).Want(http.StatusOK)
		if left := kept(t, w, owner); len(left) != 0 || gone.At("logoUrl") != nil {
			t.Errorf("%s: taken away, yet kept %q and shown %v", path, left, gone.At("logoUrl"))
		}
		w.Nobody().Get(address(first)).Refused(http.StatusNotFound, problem.NotFound)
		w.Nobody().Get(address(second)).Want(http.StatusOK)
	}
	did := w.Owner().Get("/organizations/" + org + "/activity").Want(http.StatusOK)
	if did.At("items.0.changes.0.field") != "logoUrl" || did.At("items.0.changes.0.after") != nil || did.At("items.1.action") != "organization.updated" {
		t.Errorf("recorded: %s", did.Body)
	}
}

func TestOfManyLogosAtOnceOneIsKept(t *testing.T) {
	t.Parallel()
	w, org := world(t)
	path := "/organizations/" + org
	var group sync.WaitGroup
	for i := range 6 {
		group.Go(func() { w.Owner().Put(path+"/logo", asPNG(t, plain(i+1, 1, red)), isPNG).Want(http.StatusOK) })
	}
	group.Wait()
	a := w.Owner().Get(path).Want(http.StatusOK)
	if left := kept(t, w, org); len(left) != 1 || !strings.HasSuffix(address(a), "-"+left[0]) || a.At("version") != 7.0 {
		t.Errorf("kept %q, shown %s", left, a.Body)
	}
}

func TestOfTwoWithOneETagOneWins(t *testing.T) {
	t.Parallel()
	w, _ := world(t)
	statuses := make([]int, 2)
	var group sync.WaitGroup
	for i := range statuses {
		group.Go(func() {
			statuses[i] = w.Owner().Put("/workspace/logo", asPNG(t, plain(i+1, 1, red)), isPNG, apitest.Headers{"If-Match": `"1"`}).Status
		})
	}
	group.Wait()
	slices.Sort(statuses)
	if !slices.Equal(statuses, []int{http.StatusOK, http.StatusPreconditionFailed}) {
		t.Errorf("statuses %v", statuses)
	}
}
