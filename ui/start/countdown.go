package start

import "time"

// countdown shows how long it takes yet until the next try, second by second.
type countdown struct {
	now   func() time.Time
	after func(d time.Duration, f func()) (stop func())
	until time.Time
	show  func(left time.Duration) // 0: it is over
	stop  func()
}

// start counts until a moment.
func (c *countdown) start(until time.Time) {
	c.halt()
	c.until = until
	c.tick()
}

func (c *countdown) tick() {
	c.stop = nil
	left := c.left()
	c.show(left)
	if left > 0 {
		c.stop = c.after(min(left, time.Second), c.tick)
	}
}

// left is how long it takes yet, 0 when it is over.
func (c *countdown) left() time.Duration { return max(0, c.until.Sub(c.now())) }

// halt ends the showing; the delay itself goes on.
func (c *countdown) halt() {
	if c.stop != nil {
		c.stop()
		c.stop = nil
	}
}
