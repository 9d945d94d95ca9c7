package widgets

import "time"

// Countdown shows how long it takes yet until the next try, second by second.
type Countdown struct {
	Now   func() time.Time
	After func(d time.Duration, f func()) (stop func()) // nil is [After]
	Show  func(left time.Duration)                      // 0: it is over

	until time.Time
	stop  func()
}

// Start counts until a moment.
func (c *Countdown) Start(until time.Time) {
	c.Halt()
	c.until = until
	c.tick()
}

func (c *Countdown) tick() {
	c.stop = nil
	left := max(0, c.until.Sub(c.Now()))
	c.Show(left)
	if left > 0 {
		after := c.After
		if after == nil {
			after = After
		}
		c.stop = after(min(left, time.Second), c.tick)
	}
}

// Halt ends the showing; the delay itself goes on.
func (c *Countdown) Halt() {
	if c.stop != nil {
		c.stop()
		c.stop = nil
	}
}
