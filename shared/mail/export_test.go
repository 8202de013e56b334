package mail

// Contrast is that of two colours, #rrggbb, and 0 if one is none.
func Contrast(a, b string) float64 {
	x, ok := parseColor(a)
	y, too := parseColor(b)
	if !ok || !too {
		return 0
	}
	return contrast(x, y)
}
