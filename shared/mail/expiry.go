package mail

import "time"

// Left is how long a link is still good for.
type left struct {
	// One of Days, Hours and Minutes is not 0, unless Over.
	Days, Hours, Minutes int
	// Over says that it no longer is.
	Over bool
	// The date, in UTC: a mail does not know where it is read.
	Day, Month, Year int
}

// until counts days as calendars do, so that they agree with the date beside
// them, and hours and minutes below one day. What writing the mail has taken of
// a full unit is not held against it.
func until(expires, now time.Time) left {
	const delay = time.Minute
	date, d := expires.UTC(), expires.Sub(now)
	l := left{Over: d <= 0, Day: date.Day(), Month: int(date.Month()), Year: date.Year()}
	switch {
	case l.Over:
	case d+delay >= 24*time.Hour:
		l.Days = max(1, int(midnight(date).Sub(midnight(now.UTC())).Hours())/24)
	case d+delay >= time.Hour:
		l.Hours = int((d + delay) / time.Hour)
	default:
		l.Minutes = max(1, int((d+delay/2)/time.Minute))
	}
	return l
}

func midnight(t time.Time) time.Time { return t.Truncate(24 * time.Hour) }
