package logo

import (
	"bytes"
	"image"

	"github.com/bep/imagemeta"
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

// formats are those of image.Decode, as imagemeta calls them.
var formats = map[string]imagemeta.ImageFormat{"jpeg": imagemeta.JPEG, "png": imagemeta.PNG, "webp": imagemeta.WebP}

// orientation is what a file says of how its picture was held; 1 where it says
// nothing, or nothing that can be read.
func orientation(file []byte, format string) uint16 {
	held := uint16(1)
	_, _ = imagemeta.Decode(imagemeta.Options{
		R: bytes.NewReader(file), ImageFormat: formats[format], Sources: imagemeta.EXIF,
		ShouldHandleTag: func(tag imagemeta.TagInfo) bool { return tag.Tag == "Orientation" && tag.Namespace == "IFD0" },
		HandleTag: func(tag imagemeta.TagInfo) error {
			if value, ok := tag.Value.(uint16); ok {
				held = value
			}
			return imagemeta.ErrStopWalking
		},
	})
	return held
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
