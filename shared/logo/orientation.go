package logo

import (
	"bytes"
	"encoding/binary"
	"image"

	"golang.org/x/image/draw"
	"golang.org/x/image/math/f64"
)

// turns are where a pixel of a picture w wide and h high goes, by the EXIF
// orientation that a camera noted: how it was held. 1 is upright.
var turns = map[uint16]func(w, h float64) f64.Aff3{
	2: func(w, _ float64) f64.Aff3 { return f64.Aff3{-1, 0, w, 0, 1, 0} },
	3: func(w, h float64) f64.Aff3 { return f64.Aff3{-1, 0, w, 0, -1, h} },
	4: func(_, h float64) f64.Aff3 { return f64.Aff3{1, 0, 0, 0, -1, h} },
	5: func(_, _ float64) f64.Aff3 { return f64.Aff3{0, 1, 0, 1, 0, 0} },
	6: func(_, h float64) f64.Aff3 { return f64.Aff3{0, -1, h, 1, 0, 0} },
	7: func(w, h float64) f64.Aff3 { return f64.Aff3{0, -1, h, -1, 0, w} },
	8: func(w, _ float64) f64.Aff3 { return f64.Aff3{0, 1, 0, -1, 0, w} },
}

// The places of a JPEG file, and of the TIFF directory that its EXIF segment
// is, which lead to the orientation. They are read here by ourselves: what
// libraries know of all other tags would be a fifth of the function's start.
const (
	startOfScan    = 0xda
	exifSegment    = 0xe1
	exifMark       = "Exif\x00\x00"
	entrySize      = 12
	orientationTag = 0x0112
)

// orientation is what a JPEG file says of how its camera was held; 1 where it
// says nothing, or nothing that can be read.
func orientation(file []byte) uint16 {
	for at := 2; at+4 <= len(file) && file[at] == 0xff && file[at+1] != startOfScan; {
		end := at + 2 + int(binary.BigEndian.Uint16(file[at+2:]))
		if end > len(file) {
			break
		}
		tiff, found := bytes.CutPrefix(file[at+4:max(at+4, end)], []byte(exifMark))
		if file[at+1] == exifSegment && found {
			return firstDirectory(tiff)
		}
		at = end
	}
	return 1
}

// firstDirectory finds the orientation in what stands behind exifMark.
func firstDirectory(tiff []byte) uint16 {
	if len(tiff) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.LittleEndian
	if tiff[0] == 'M' {
		order = binary.BigEndian
	}
	from := int64(order.Uint32(tiff[4:]))
	if from+2 > int64(len(tiff)) {
		return 1
	}
	entries := tiff[from+2:]
	for range order.Uint16(tiff[from:]) {
		if len(entries) < entrySize {
			break
		}
		if order.Uint16(entries) == orientationTag {
			return order.Uint16(entries[8:])
		}
		entries = entries[entrySize:]
	}
	return 1
}

// upright is a picture as its camera saw it.
func upright(picture image.Image, held uint16) image.Image {
	turn := turns[held]
	if turn == nil {
		return picture
	}
	bounds := picture.Bounds()
	width, height := bounds.Dx(), bounds.Dy()
	if held >= 5 { // lies on its side
		width, height = height, width
	}
	turned := image.NewNRGBA(image.Rect(0, 0, width, height))
	// The transformation starts from the picture's own corner.
	matrix := turn(float64(bounds.Dx()), float64(bounds.Dy()))
	x, y := float64(bounds.Min.X), float64(bounds.Min.Y)
	matrix[2] -= matrix[0]*x + matrix[1]*y
	matrix[5] -= matrix[3]*x + matrix[4]*y
	draw.NearestNeighbor.Transform(turned, matrix, picture, bounds, draw.Src, nil)
	return turned
}
