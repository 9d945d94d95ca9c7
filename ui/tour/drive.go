//go:build linux

// Mouse and keyboard.

package tour

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"counterbook/ui/tour/screenmap"
)

const (
	// pointerTakes is how long the program may take to notice where the pointer is
	// before it is moved again: Fyne would click where it was.
	pointerTakes = 2 * time.Second
	// keyGap is the time between two keys, in milliseconds.
	keyGap = "15"
	// stepGap is the time between two keys that move the focus or run a command.
	stepGap = "60"
	// onCheck is where a check is clicked, in pixels from its left: it may be wider
	// than what is drawn, and does not answer there.
	onCheck = 16
	// stillFor is how long nothing may change on a settled window.
	stillFor = 250 * time.Millisecond
)

// Click clicks on what bears the label: see the order in target.
func (p *Program) Click(label string) {
	p.t.Helper()
	p.ClickNear(label, "")
}

// Open clicks twice on what bears the label, as one opens a row of a table.
func (p *Program) Open(label string) {
	p.t.Helper()
	p.moveTo(p.still(fmt.Sprintf("%q can be opened", label), func(m screenmap.Map) (screenmap.Control, error) {
		return target(m, label, "")
	}))
	p.xdotool("click", "--repeat", "2", "--delay", "80", "1")
}

// ClickNear clicks on the one of several with the label that is nearest to a text.
func (p *Program) ClickNear(label, near string) {
	p.t.Helper()
	p.clickOn(p.still(fmt.Sprintf("%q can be clicked", label), func(m screenmap.Map) (screenmap.Control, error) {
		return target(m, label, near)
	}))
}

// Fill replaces what is in the field under a label. Where the value can be read
// back it is.
func (p *Program) Fill(label, value string) {
	p.t.Helper()
	p.FillNear(label, "", value)
}

// FillNear fills in the one of several fields of that label nearest to a text.
func (p *Program) FillNear(label, near, value string) {
	p.t.Helper()
	look := func(m screenmap.Map) (screenmap.Control, error) { return field(m, label, near) }
	p.clickOn(p.still(fmt.Sprintf("%q can be filled in", label), look))
	p.until(fmt.Sprintf("%q has the focus", label), func() error {
		if c, err := look(p.Map()); err != nil || c.Focused {
			return err
		}
		return errors.New("it has not")
	})
	p.Keys("ctrl+a", "BackSpace")
	p.Type(value)
	p.until(fmt.Sprintf("%q holds what was typed", label), func() error {
		c, err := look(p.Map())
		if err != nil || c.Kind == screenmap.Secret || c.Text == value {
			return err
		}
		return fmt.Errorf("it holds %q", c.Text)
	})
}

// Choose picks an option of the drop-down list under a label.
func (p *Program) Choose(label, option string) {
	p.t.Helper()
	look := func(m screenmap.Map) (screenmap.Control, error) { return field(m, label, "") }
	below := p.Map().Layers
	p.clickOn(p.still(fmt.Sprintf("%q can be chosen", label), look))
	p.until(fmt.Sprintf("the list of %q is open", label), func() error { // what is called like the option elsewhere is not meant
		if p.Map().Layers > below {
			return nil
		}
		return errors.New("it is not")
	})
	p.Click(option)
	p.until(fmt.Sprintf("%q is %q", label, option), func() error {
		c, err := look(p.Map())
		if err != nil || c.Text == option {
			return err
		}
		return fmt.Errorf("it is %q", c.Text)
	})
}

// TabTo presses Tab until a control has the focus, and fails when it never gets
// it: what cannot be reached so is lost to people without a mouse.
func (p *Program) TabTo(label string) {
	p.t.Helper()
	const most = 80
	for range most {
		m := p.Map()
		if c, err := field(m, label, ""); err == nil && c.Focused {
			return
		}
		if c, err := target(m, label, ""); err == nil && (c.Focused || c.In >= 0 && m.Controls[c.In].Focused) {
			return
		}
		p.tab()
	}
	p.fail("%d times Tab do not reach %q", most, label)
}

// tab presses Tab and waits until the focus is elsewhere: on a busy machine the next
// key would come before the program has said so, and go too far.
func (p *Program) tab() {
	p.t.Helper()
	focused := func() []screenmap.Control {
		return matching(p.Map(), func(c screenmap.Control) bool { return c.Focused })
	}
	before := focused()
	p.Keys("Tab")
	_ = waitFor(pointerTakes, func() error {
		if slices.Equal(before, focused()) {
			return errors.New("it is not")
		}
		return nil
	})
	p.Settle()
}

// Wheel turns the mouse wheel over what bears the label, down for n above zero.
func (p *Program) Wheel(label string, n int) {
	p.t.Helper()
	button := "5"
	if n < 0 {
		button, n = "4", -n
	}
	p.moveTo(p.still(fmt.Sprintf("%q is there", label), func(m screenmap.Map) (screenmap.Control, error) {
		return target(m, label, "")
	}))
	p.xdotool("click", "--repeat", strconv.Itoa(n), "--delay", "30", button)
}

// ScrollTo turns the wheel over what bears the first label until the field of the
// second one is in view as a whole.
func (p *Program) ScrollTo(over, label string) {
	p.t.Helper()
	const (
		most = 60 // turns
		edge = 20 // pixels from the edge of the window
	)
	p.Wheel(over, 1)
	for range most {
		p.Settle()
		m := p.Map()
		if c, err := field(m, label, ""); err == nil && c.Y+c.H < m.Height-edge {
			return
		}
		p.xdotool("click", "--repeat", "3", "--delay", "30", "5")
	}
	p.fail("%q does not scroll into view", label)
}

// TypesInto waits until a field has the focus by itself, and types.
func (p *Program) TypesInto(label, text string) {
	p.t.Helper()
	p.until(fmt.Sprintf("%q has the focus by itself", label), func() error {
		if c, err := field(p.Map(), label, ""); err != nil || c.Focused {
			return err
		}
		return errors.New("it has not")
	})
	p.Type(text)
}

// Type types into what has the focus. xdotool loses characters that no key of
// the keyboard has: such a text is pasted.
func (p *Program) Type(text string) {
	p.t.Helper()
	if text == "" {
		return
	}
	if !strings.ContainsFunc(text, func(r rune) bool { return r > unicode.MaxASCII }) {
		for i, line := range strings.Split(text, "\n") {
			if i > 0 {
				p.Keys("Return")
			}
			p.xdotool("type", "--delay", keyGap, "--", line)
			p.presses += len(line)
		}
		return
	}
	if err := p.d.copy(text); err != nil {
		p.fail("%v", err)
	}
	p.Keys("ctrl+v")
}

// Keys presses keys one after another, such as "ctrl+s", "Tab", "Return".
func (p *Program) Keys(keys ...string) {
	p.t.Helper()
	p.xdotool(append([]string{"key", "--delay", stepGap}, keys...)...)
	p.presses += len(keys)
}

// Presses is how many keys were pressed so far: letters that were typed, each
// once, and chords such as Ctrl+K, each once.
func (p *Program) Presses() int { return p.presses }

// still waits until look finds a control that is not disabled and stays where
// it is.
func (p *Program) still(what string, look func(screenmap.Map) (screenmap.Control, error)) screenmap.Control {
	p.t.Helper()
	var last screenmap.Control
	since := time.Now()
	p.until(what, func() error {
		c, err := look(p.Map())
		if err != nil {
			return err
		}
		if c.Disabled {
			return errors.New("it is disabled")
		}
		c.Focused = false
		if c != last {
			last, since = c, time.Now()
		}
		if time.Since(since) < 2*glance {
			return errors.New("it moves")
		}
		return nil
	})
	return last
}

func (p *Program) moveTo(c screenmap.Control) {
	p.t.Helper()
	id, err := p.window()
	if err != nil {
		p.fail("%v", err)
	}
	x, y := centre(c)
	if c.Kind == screenmap.Check {
		x = min(x, c.X+onCheck)
	}
	for try := range 10 {
		// Where it is already the pointer does not move, and nothing is told.
		x := x + try%2
		p.xdotool("mousemove", "--window", id, strconv.Itoa(x), strconv.Itoa(y))
		if waitFor(pointerTakes, func() error {
			if m := p.Map(); m.PointerX != x || m.PointerY != y {
				return fmt.Errorf("it is at %d,%d", m.PointerX, m.PointerY)
			}
			return nil
		}) == nil {
			return
		}
	}
	p.fail("the program does not notice the pointer at %d,%d", x, y)
}

func (p *Program) clickOn(c screenmap.Control) {
	p.t.Helper()
	p.moveTo(c)
	p.xdotool("click", "1")
}

func (p *Program) xdotool(args ...string) {
	p.t.Helper()
	if _, err := p.d.try("xdotool", args...); err != nil {
		p.fail("%v", err)
	}
}
