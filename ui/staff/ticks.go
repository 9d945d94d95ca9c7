// The rights of one profile as lines with check boxes, each with what keeps it.

package staff

import (
	"slices"

	"fyne.io/fyne/v2"

	"counterbook/store"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// ticks shows what a profile may do. toggled is called when somebody took a tick
// away or gave it.
type ticks struct {
	w       *words.Words
	toggled func(r store.Right, on bool)
	checks  map[store.Right]*widgets.Check
	keeps   map[store.Right]*widgets.Text
}

func newTicks(w *words.Words, toggled func(store.Right, bool)) *ticks {
	return &ticks{w: w, toggled: toggled, checks: map[store.Right]*widgets.Check{}, keeps: map[store.Right]*widgets.Text{}}
}

// groups is a profile's rights, subject by subject, below what the words for what
// keeps them mean. Those of owners and of who is disabled cannot be changed.
func (k *ticks) groups(p store.Profile) []fyne.CanvasObject {
	out := []fyne.CanvasObject{widgets.Caption(k.w.T("staff.keepers")).Wrap()}
	has := p.Role.Rights()
	for _, sub := range subjects {
		title := widgets.Row(12, widgets.Grow(widgets.Caption(k.w.T("staff.subject."+sub.key)).Bold()))
		if len(out) == 1 { // above the first
			title.Add(widgets.Caption(k.w.T("staff.keeper")).Bold())
		}
		group := widgets.Column(2, title)
		for _, r := range sub.rights {
			if slices.Contains(has, r) {
				group.Add(k.line(p, r))
			}
		}
		if len(group.Objects) > 1 {
			out = append(out, group)
		}
	}
	return out
}

// free reports whether rights can be taken from a profile.
func free(p store.Profile) bool { return p.Role != store.Owner && !p.Disabled }

// line is one right.
func (k *ticks) line(p store.Profile, r store.Right) fyne.CanvasObject {
	var name fyne.CanvasObject
	keeps := widgets.Caption(k.w.T(keeper(p.Keeper(r))))
	switch {
	case free(p) && fixed(r):
		keeps.SetText(k.w.T("staff.fixed"))
		fallthrough
	case !free(p):
		icon := widgets.NewIcon(widgets.IconCheck, widgets.ColorMuted, 18)
		text := widgets.NewText(k.w.Right(r)).Wrap()
		if slices.Contains(p.Without, r) {
			icon = widgets.NewIcon(widgets.IconClose, widgets.ColorMuted, 18)
			text.Muted()
		}
		name = widgets.Padded(3, 0, 3, 0, widgets.Row(8, icon, widgets.Grow(text)))
	default:
		c := widgets.NewCheck(k.w.Right(r), func(on bool) { k.toggled(r, on) })
		c.SetTicked(!slices.Contains(p.Without, r))
		k.checks[r], k.keeps[r] = c, keeps
		name = c
	}
	return widgets.Row(12, widgets.Grow(name), keeps)
}

// follow brings what is shown in line with the profile as it is now.
func (k *ticks) follow(p store.Profile) {
	for r, c := range k.checks {
		c.SetTicked(!slices.Contains(p.Without, r))
		k.keeps[r].SetText(k.w.T(keeper(p.Keeper(r))))
	}
}

// toggle is what is taken away from a profile after a tick was taken away or given.
func toggle(p store.Profile, r store.Right, on bool) []store.Right {
	if on {
		return give(p, r)
	}
	return take(p, r)
}

// toggled says what happened to a right.
func toggled(w *words.Words, p store.Profile, r store.Right, on bool) string {
	key := "staff.taken"
	if on {
		key = "staff.given"
	}
	return w.T(key, words.Data{"Name": p.Nickname, "Right": w.Right(r)})
}
