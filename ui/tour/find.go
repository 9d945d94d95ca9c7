// Finding a control by the words a person would use for it.

package tour

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"counterbook/ui/tour/screenmap"
)

// target finds what a click on label means: a control of that name, then one that
// bears the text, then the text itself; whole texts before parts of texts. What
// lies under a dialog cannot be meant. With several of the same rank, the one
// nearest to the text near is meant; without near that is an error.
func target(m screenmap.Map, label, near string) (screenmap.Control, error) {
	ranks := []func(screenmap.Control) bool{
		func(c screenmap.Control) bool { return acts(c) && named(c, label) },
		func(c screenmap.Control) bool { return !acts(c) && c.Label == label && onControl(m, c) },
		func(c screenmap.Control) bool { return !acts(c) && c.Label == label },
		func(c screenmap.Control) bool { return acts(c) && strings.Contains(c.Label, label) },
		func(c screenmap.Control) bool { return strings.Contains(c.Label, label) },
	}
	for _, rank := range ranks {
		found := innermost(matching(m, rank))
		if len(found) == 0 {
			continue
		}
		return pick(m, found, label, near)
	}
	return screenmap.Control{}, fmt.Errorf("nothing on the window is called %q", label)
}

// field finds what can be filled in or chosen under a label: a control of that
// name, one whose empty field says so, then the one below or beside the text.
func field(m screenmap.Map, label, near string) (screenmap.Control, error) {
	own := innermost(matching(m, func(c screenmap.Control) bool { return takes(c) && named(c, label) }))
	if len(own) > 0 {
		return pick(m, own, label, near)
	}
	var best []screenmap.Control
	least := math.Inf(1)
	for _, c := range matching(m, takes) {
		for _, text := range matching(m, func(c screenmap.Control) bool { return !takes(c) && plain(c.Label) == label }) {
			switch d := labelDistance(text, c); {
			case d < least:
				least, best = d, []screenmap.Control{c}
			case d == least && !math.IsInf(d, 1) && !slices.Contains(best, c):
				best = append(best, c)
			}
		}
	}
	if len(best) == 0 {
		return screenmap.Control{}, fmt.Errorf("no field on the window is called %q", label)
	}
	return pick(m, best, label, near)
}

// pick chooses among equals.
func pick(m screenmap.Map, found []screenmap.Control, label, near string) (screenmap.Control, error) {
	if near == "" {
		if len(found) > 1 {
			return screenmap.Control{}, fmt.Errorf("%d things on the window are called %q: %s", len(found), label, describe(found))
		}
		return found[0], nil
	}
	anchors := matching(m, func(c screenmap.Control) bool { return c.Label == near || c.Text == near })
	if len(anchors) == 0 {
		return screenmap.Control{}, fmt.Errorf("nothing on the window says %q, which %q should be near", near, label)
	}
	best, least := found[0], math.Inf(1)
	for _, c := range found {
		for _, a := range anchors {
			if d := distance(a, c); d < least {
				best, least = c, d
			}
		}
	}
	return best, nil
}

// matching are the controls of the topmost layer that fit.
func matching(m screenmap.Map, fits func(screenmap.Control) bool) []screenmap.Control {
	var found []screenmap.Control
	for _, c := range m.Controls {
		if c.Layer == m.Layers && fits(c) {
			found = append(found, c)
		}
	}
	return found
}

// innermost drops what contains another of the found, such as a label around its
// text. Of several in the same place the last one is left.
func innermost(found []screenmap.Control) []screenmap.Control {
	var kept []screenmap.Control
	for i, outer := range found {
		around := false
		for j, inner := range found {
			around = around || i != j && contains(outer, inner) && (j > i || !contains(inner, outer))
		}
		if !around {
			kept = append(kept, outer)
		}
	}
	return kept
}

func contains(outer, inner screenmap.Control) bool {
	return outer.X <= inner.X && outer.Y <= inner.Y &&
		outer.X+outer.W >= inner.X+inner.W && outer.Y+outer.H >= inner.Y+inner.H
}

// acts says whether a control does something, texts do not.
func acts(c screenmap.Control) bool {
	return c.Kind != screenmap.Text && c.Kind != screenmap.Label && c.Kind != screenmap.Other
}

// takes says whether a control takes a value.
func takes(c screenmap.Control) bool {
	switch c.Kind {
	case screenmap.Field, screenmap.Secret, screenmap.Choice, screenmap.Check:
		return true
	}
	return false
}

func named(c screenmap.Control, label string) bool {
	return plain(c.Label) == label || (c.Label == "" && takes(c) && plain(c.Hint) == label)
}

// plain is a label without the marks that forms put after it.
func plain(label string) string {
	return strings.TrimRight(strings.TrimSpace(label), " *:")
}

func onControl(m screenmap.Map, c screenmap.Control) bool {
	return c.In >= 0 && c.In < len(m.Controls) && acts(m.Controls[c.In])
}

func centre(c screenmap.Control) (x, y int) { return c.X + c.W/2, c.Y + c.H/2 }

func distance(a, b screenmap.Control) float64 {
	ax, ay := centre(a)
	bx, by := centre(b)
	return math.Hypot(float64(ax-bx), float64(ay-by))
}

// reach is how far a field may be from its label, in pixels.
const (
	reachBelow  = 60
	reachBeside = 360
)

// labelDistance is how far a field is from a text, infinite where the text
// cannot be its label: the field is below it and begins with it, or beside it.
func labelDistance(text, c screenmap.Control) float64 {
	below := c.Y - (text.Y + text.H)
	overlap := min(text.X+text.W, c.X+c.W) - max(text.X, c.X)
	if below >= -text.H/2 && below <= reachBelow && overlap > 0 && c.Y > text.Y {
		return float64(max(below, 0)) + math.Abs(float64(c.X-text.X))/10
	}
	beside := c.X - (text.X + text.W)
	_, middle := centre(text)
	if beside >= -4 && beside <= reachBeside && middle >= c.Y && middle <= c.Y+c.H {
		return float64(max(beside, 0))
	}
	return math.Inf(1)
}

// says lists the texts of a map that contain a text, values of fields included.
func says(m screenmap.Map, text string) bool {
	return slices.ContainsFunc(m.Controls, func(c screenmap.Control) bool {
		return strings.Contains(c.Label, text) || strings.Contains(c.Text, text)
	})
}

// describe lists controls for a failure.
func describe(controls []screenmap.Control) string {
	var b strings.Builder
	for _, c := range controls {
		fmt.Fprintf(&b, "\n  %-6s %q", c.Kind, c.Label)
		if c.Text != "" || c.Hint != "" {
			fmt.Fprintf(&b, " = %q (%s)", c.Text, c.Hint)
		}
		fmt.Fprintf(&b, " at %d,%d %d×%d", c.X, c.Y, c.W, c.H)
		if c.Layer > 0 {
			fmt.Fprintf(&b, " layer %d", c.Layer)
		}
		for state, on := range map[string]bool{" focused": c.Focused, " disabled": c.Disabled, " checked": c.Checked} {
			if on {
				b.WriteString(state)
			}
		}
	}
	return b.String()
}
