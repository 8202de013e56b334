package main

import (
	"context"
	"slices"
	"sync"
	"time"
)

// call is one thing to be timed. All that it needs was made before.
type call func(ctx context.Context) error

// source makes calls, one after another.
type source func(ctx context.Context) (call, error)

// take makes the next n calls.
func (s source) take(ctx context.Context, n int) ([]call, error) {
	calls := make([]call, n)
	for i := range calls {
		c, err := s(ctx)
		if err != nil {
			return nil, err
		}
		calls[i] = c
	}
	return calls, nil
}

// alternate takes calls from sources by turns, a few from each, so that
// whatever slows the machine down slows them all, and tells the median time of
// one call from each.
func alternate(ctx context.Context, calls int, sources ...source) ([]time.Duration, error) {
	const batch = 5
	times := make([][]time.Duration, len(sources))
	// The first round warms connections and caches, and is not counted.
	for round := range calls/batch + 1 {
		for i, s := range sources {
			prepared, err := s.take(ctx, batch)
			if err != nil {
				return nil, err
			}
			taken, err := oneByOne(ctx, prepared)
			if err != nil {
				return nil, err
			}
			if round > 0 {
				times[i] = append(times[i], taken...)
			}
		}
	}
	return medians(times), nil
}

func oneByOne(ctx context.Context, calls []call) ([]time.Duration, error) {
	times := make([]time.Duration, len(calls))
	for i, c := range calls {
		begun := time.Now()
		if err := c(ctx); err != nil {
			return nil, err
		}
		times[i] = time.Since(begun)
	}
	return times, nil
}

// rates takes calls from sources by turns, some hundreds from each, has
// callers make them all at once, and tells the median rate of each, per second.
func rates(ctx context.Context, callers int, while time.Duration, sources ...source) ([]float64, error) {
	perTurn := 25 * callers
	times := make([][]time.Duration, len(sources))
	spent := time.Duration(0)
	for round := 0; spent < while; round++ {
		for i, s := range sources {
			prepared, err := s.take(ctx, perTurn)
			if err != nil {
				return nil, err
			}
			begun := time.Now()
			if err := sideBySide(ctx, callers, prepared); err != nil {
				return nil, err
			}
			if round == 0 {
				continue // warms up
			}
			times[i] = append(times[i], time.Since(begun))
			if i == 0 {
				spent += time.Since(begun)
			}
		}
	}
	rates := make([]float64, len(sources))
	for i, m := range medians(times) {
		rates[i] = float64(perTurn) / m.Seconds()
	}
	return rates, nil
}

// sideBySide makes calls with so many callers at once. The first error ends it.
func sideBySide(ctx context.Context, callers int, calls []call) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	queue := make(chan call, len(calls))
	for _, c := range calls {
		queue <- c
	}
	close(queue)
	var group sync.WaitGroup
	for range callers {
		group.Go(func() {
			for c := range queue {
				if ctx.Err() != nil {
					return
				}
				if err := c(ctx); err != nil {
					cancel(err)
				}
			}
		})
	}
	group.Wait()
	return context.Cause(ctx)
}

func medians(times [][]time.Duration) []time.Duration {
	middle := make([]time.Duration, len(times))
	for i, t := range times {
		slices.Sort(t)
		middle[i] = t[len(t)/2]
	}
	return middle
}
