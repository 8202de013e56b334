package logo

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	_ "image/jpeg" // decodes
	"image/png"
	"math"

	"golang.org/x/image/draw"
	_ "golang.org/x/image/webp" // decodes

	"atrium/shared/logo/address"
	"atrium/shared/problem"
)

// What comes in, and what is kept.
const (
	// maxSide is the most pixels a side that are decoded: a small file can hold a picture that fills the memory.
	maxSide = 4096
	// keptSide is the most that are kept.
	keptSide = 512
	// keptSize is the most bytes that are kept; an item of the table has at most 400 KB.
	keptSize = 350_000
)

// normalized is a picture as PNG of at most keptSide and keptSize: its pixels,
// upright, and nothing else of the file.
func normalized(file []byte) ([]byte, error) {
	head, _, err := image.DecodeConfig(bytes.NewReader(file))
	if err != nil {
		return nil, problem.AtField("body", "is no PNG, JPEG or WebP image")
	}
	if head.Width > maxSide || head.Height > maxSide {
		return nil, problem.AtField("body", fmt.Sprintf("is an image of %d × %d pixels; at most %d × %d are taken", head.Width, head.Height, maxSide, maxSide))
	}
	picture, _, err := image.Decode(bytes.NewReader(file))
	if err != nil || picture.Bounds().Empty() {
		return nil, problem.AtField("body", "is an image that cannot be read to its end, or one that moves; send a still one")
	}
	return shrunk(upright(scaled(picture, keptSide), orientation(file)))
}

// shrunk encodes a picture, smaller and smaller until it is small enough.
func shrunk(picture image.Image) ([]byte, error) {
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	for side := float64(keptSide); ; {
		picture = scaled(picture, int(side))
		var encoded bytes.Buffer
		if err := encoder.Encode(&encoded, picture); err != nil {
			return nil, err
		}
		if encoded.Len() <= keptSize {
			return encoded.Bytes(), nil
		}
		// As many pixels fewer as there are bytes too many, and some to spare.
		side *= 0.95 * math.Sqrt(float64(keptSize)/float64(encoded.Len()))
	}
}

// scaled is a picture with no side longer than that, itself if it has none.
func scaled(picture image.Image, side int) image.Image {
	bounds := picture.Bounds()
	longer := max(bounds.Dx(), bounds.Dy())
	if longer <= side {
		return picture
	}
	width, height := max(1, bounds.Dx()*side/longer), max(1, bounds.Dy()*side/longer)
	smaller := image.NewNRGBA(image.Rect(0, 0, width, height))
	draw.CatmullRom.Scale(smaller, smaller.Bounds(), picture, bounds, draw.Src, nil)
	return smaller
}

// hashOf names a picture.
func hashOf(picture []byte) string {
	sum := sha256.Sum256(picture)
	return hex.EncodeToString(sum[:])[:address.HashLength]
}
