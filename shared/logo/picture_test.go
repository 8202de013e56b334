package logo_test

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"net/http"
	"testing"

	"atrium/shared/apitest"
	"atrium/shared/logo"
)

// plain is a picture of one colour.
func plain(width, height int, c color.Color) image.Image {
	picture := image.NewNRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			picture.Set(x, y, c)
		}
	}
	return picture
}

// noise is a picture that no compression makes smaller.
func noise(side int) image.Image {
	picture := image.NewNRGBA(image.Rect(0, 0, side, side))
	random := rand.New(rand.NewPCG(1, 2))
	for i := range picture.Pix {
		picture.Pix[i] = byte(random.IntN(256))
	}
	return picture
}

func asPNG(t testing.TB, picture image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, picture); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asJPEG(t testing.TB, picture image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, picture, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// webp are two of one pixel, lossy and lossless: Go has no encoder of its own.
func webp(t testing.TB, lossless bool) []byte {
	t.Helper()
	encoded := "UklGRiQAAABXRUJQVlA4IBgAAAAwAQCdASoBAAEAAwA0JaQAA3AA/vuUAAA="
	if lossless {
		encoded = "UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA=="
	}
	raw, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// withSize is a PNG whose header tells of another size than it has.
func withSize(file []byte, width, height uint32) []byte {
	file = bytes.Clone(file)
	binary.BigEndian.PutUint32(file[16:], width)
	binary.BigEndian.PutUint32(file[20:], height)
	binary.BigEndian.PutUint32(file[29:], crc32.ChecksumIEEE(file[12:29]))
	return file
}

// withText is a PNG with a comment in it, and something behind its end.
func withText(file []byte, comment string) []byte {
	chunk := append([]byte("tEXt"), "Comment\x00"+comment...)
	var b bytes.Buffer
	const head = 8 + 25 // the signature and IHDR
	b.Write(file[:head])
	_ = binary.Write(&b, binary.BigEndian, uint32(len(chunk)-4))
	b.Write(chunk)
	_ = binary.Write(&b, binary.BigEndian, crc32.ChecksumIEEE(chunk))
	b.Write(file[head:])
	b.WriteString(comment)
	return b.Bytes()
}

// held is a JPEG with the EXIF note that its camera was held so.
func held(file []byte, orientation uint16) []byte {
	// A TIFF header, and a directory of one entry: Orientation, one short.
	tiff := []byte("MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00")
	binary.BigEndian.PutUint16(tiff[18:], orientation)
	segment := append([]byte("Exif\x00\x00"), tiff...)
	var b bytes.Buffer
	b.Write(file[:2])
	b.Write([]byte{0xff, 0xe1})
	_ = binary.Write(&b, binary.BigEndian, uint16(len(segment)+2))
	b.Write(segment)
	b.Write(file[2:])
	return b.Bytes()
}

// FuzzOrientation: whatever a file says, it is read to its end at most.
func FuzzOrientation(f *testing.F) {
	whole := held(asJPEG(f, plain(4, 4, red)), 6)
	f.Add(whole)
	f.Add(bytes.Replace(whole, []byte("MM\x00*"), []byte("II*\x00"), 1))
	for cut := range 40 {
		f.Add(whole[:cut])
	}
	f.Fuzz(func(_ *testing.T, file []byte) { logo.Orientation(file) })
}

// TestLogosStandUpright: a picture whose top left quarter is red, as a camera
// stores it that was held in each of the eight ways.
func TestLogosStandUpright(t *testing.T) {
	t.Parallel()
	w, org := world(t)
	const width, height = 64, 32
	// Where the red quarter of the picture as stored has to be shown, by orientation.
	quarters := map[uint16]image.Point{
		1: {0, 0}, 2: {1, 0}, 3: {1, 1}, 4: {0, 1}, 5: {0, 0}, 6: {1, 0}, 7: {1, 1}, 8: {0, 1},
		0: {0, 0}, 9: {0, 0}, // say nothing
	}
	stored := image.NewNRGBA(image.Rect(0, 0, width, height))
	draw.Draw(stored, stored.Bounds(), image.White, image.Point{}, draw.Src)
	draw.Draw(stored, image.Rect(0, 0, width/2, height/2), image.NewUniform(red), image.Point{}, draw.Src)
	for orientation, quarter := range quarters {
		a := w.Owner().Put("/organizations/"+org+"/logo", held(asJPEG(t, stored), orientation), apitest.Headers{"Content-Type": "image/jpeg"}).Want(http.StatusOK)
		shown, err := png.Decode(bytes.NewReader(w.Nobody().Get(address(a)).Want(http.StatusOK).Body))
		if err != nil {
			t.Fatal(err)
		}
		size := shown.Bounds().Size()
		if lies := orientation >= 5 && orientation <= 8; lies != (size.Y > size.X) || size.X*size.Y != width*height {
			t.Errorf("orientation %d is shown as %v", orientation, size)
		}
		for _, at := range []image.Point{{0, 0}, {1, 0}, {0, 1}, {1, 1}} {
			// In the middle of each quarter.
			_, green, _, _ := shown.At(size.X/4+at.X*size.X/2, size.Y/4+at.Y*size.Y/2).RGBA()
			if isRed := green < 0x8000; isRed != (at == quarter) {
				t.Errorf("orientation %d: at %v red is %v", orientation, at, isRed)
			}
		}
	}
}
