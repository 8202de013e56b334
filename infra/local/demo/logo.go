package demo

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/png"
	"math"
	"net/http"
	"strconv"
)

const agencyColor = "#4338ca"

// logoSize is a logo's width and height in pixels.
const logoSize = 192

// motif tells what is drawn at a point; both coordinates go from -1 to 1.
type motif func(x, y float64) bool

var motifs = []motif{
	rings, petals, bars, waves, diamond, sunrise, chevrons, crescent,
}

func rings(x, y float64) bool {
	r := math.Hypot(x, y)
	return r < 0.16 || (r > 0.3 && r < 0.42) || (r > 0.54 && r < 0.62)
}

func petals(x, y float64) bool {
	r, angle := math.Hypot(x, y), math.Atan2(y, x)
	return r < 0.14 || (r > 0.2 && r < 0.2+0.45*math.Abs(math.Cos(3*angle)))
}

func bars(x, y float64) bool {
	for i, top := range []float64{0.05, -0.25, -0.55} {
		left := -0.52 + 0.38*float64(i)
		if x > left && x < left+0.26 && y > top && y < 0.5 {
			return true
		}
	}
	return false
}

func waves(x, y float64) bool {
	for _, middle := range []float64{-0.32, 0, 0.32} {
		if math.Abs(x) < 0.6 && math.Abs(y-middle-0.1*math.Sin(6*x)) < 0.075 {
			return true
		}
	}
	return false
}

func diamond(x, y float64) bool {
	d := math.Abs(x) + math.Abs(y)
	return d < 0.24 || (d > 0.42 && d < 0.62)
}

func sunrise(x, y float64) bool {
	r := math.Hypot(x, y-0.2)
	ground := y > 0.28 && y < 0.38 && math.Abs(x) < 0.62
	ray := r > 0.5 && r < 0.66 && math.Mod(math.Atan2(0.2-y, x)+0.2, math.Pi/5) < 0.4
	return ground || (y < 0.2 && (r < 0.4 || ray))
}

func chevrons(x, y float64) bool {
	for _, tip := range []float64{-0.45, -0.1, 0.25} {
		if d := y - tip - math.Abs(x)*0.6; math.Abs(x) < 0.5 && d > 0 && d < 0.18 {
			return true
		}
	}
	return false
}

func crescent(x, y float64) bool {
	return math.Hypot(x, y) < 0.6 && math.Hypot(x-0.22, y+0.16) > 0.48
}

// putLogo draws a logo and puts it where it belongs.
func (c client) putLogo(ctx context.Context, path, background string, which int) error {
	encoded, err := drawLogo(background, motifs[which%len(motifs)])
	if err != nil {
		return err
	}
	return c.do(ctx, http.MethodPut, path, encoded, nil, http.Header{"Content-Type": {"image/png"}})
}

// drawLogo is a white motif on a rounded square, as a PNG.
func drawLogo(background string, m motif) ([]byte, error) {
	rgb, err := strconv.ParseUint(background[1:], 16, 24)
	if err != nil {
		return nil, err
	}
	ground := color.NRGBA{R: uint8(rgb >> 16), G: uint8(rgb >> 8), B: uint8(rgb), A: 255}
	picture := image.NewNRGBA(image.Rect(0, 0, logoSize, logoSize))
	for y := range logoSize {
		for x := range logoSize {
			picture.SetNRGBA(x, y, pixel(x, y, ground, m))
		}
	}
	var b bytes.Buffer
	err = png.Encode(&b, picture)
	return b.Bytes(), err
}

// samples are taken of each pixel in both directions, for smooth edges.
const samples = 2

func pixel(px, py int, ground color.NRGBA, m motif) color.NRGBA {
	var inside, drawn float64
	for i := range samples * samples {
		x := 2*(float64(px)+(float64(i%samples)+0.5)/samples)/logoSize - 1
		y := 2*(float64(py)+(float64(i/samples)+0.5)/samples)/logoSize - 1
		if !onSquare(x, y) {
			continue
		}
		inside++
		if m(x, y) {
			drawn++
		}
	}
	if inside == 0 {
		return color.NRGBA{}
	}
	white := drawn / inside
	mix := func(c uint8) uint8 { return uint8(float64(c)*(1-white) + 255*white) }
	return color.NRGBA{R: mix(ground.R), G: mix(ground.G), B: mix(ground.B), A: uint8(255 * inside / (samples * samples))}
}

// onSquare is a square with round corners.
func onSquare(x, y float64) bool {
	const half, corner = 0.98, 0.3
	dx, dy := math.Max(math.Abs(x)-half+corner, 0), math.Max(math.Abs(y)-half+corner, 0)
	return math.Hypot(dx, dy) <= corner
}
