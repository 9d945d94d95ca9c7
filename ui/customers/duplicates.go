// Possible duplicates: pairs of customers in the whole directory who may be one
// person, each to be merged or said not to be the same. Nothing is ever merged
// without being looked at.

package customers

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"counterbook/store"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// mostPairs is how many pairs are shown at once; others come up as these are dealt
// with.
const mostPairs = 20

// duplicates is the dialog.
type duplicates struct {
	d        *directory
	pairs    []store.Pair
	box      *fyne.Container
	firsts   []*widgets.Button // what merges, of each pair that is shown
	progress *widgets.Progress
	dialog   *widgets.Dialog
}

// mayMerge reports whether the profile makes one customer of two.
func (d *directory) mayMerge() bool {
	return d.e.Can(store.MergeCustomers) && d.e.Can(store.EditCustomers) && d.browse
}

// findDuplicates looks through the directory, beside the screen, and shows who may
// be in it twice.
func (d *directory) findDuplicates() {
	if d.book == nil {
		return
	}
	w := d.e.Words
	u := &duplicates{d: d, box: widgets.Column(0), progress: widgets.NewProgress(w.T("customers.duplicates.looking"), "", nil)}
	ctx, stop := context.WithCancel(context.Background())
	u.box.Add(u.progress)
	u.dialog = &widgets.Dialog{Title: w.T("customers.duplicates.title"), Text: w.T("customers.duplicates.text"), Width: 760, Content: u.box,
		Cancel: w.T("common.close"), OnCancel: func() { stop(); d.afterDuplicates() }}
	u.dialog.ShowOn(d.e.Canvas)
	said := widgets.Paced(func(part float64) {
		if u.dialog.Open() {
			u.progress.Set(part, w.T("rewrite.part", words.Data{"Percent": int(part * 100)}))
		}
	})
	book := d.book
	var pairs []store.Pair
	d.e.Run.Run(func(outer context.Context) (err error) {
		defer context.AfterFunc(outer, stop)()
		pairs, err = book.Duplicates(ctx, said)
		return err
	}, func(err error) {
		stop()
		switch {
		case !u.dialog.Open():
		case err != nil:
			u.box.RemoveAll()
			d.e.Refused(u.dialog, err)
		default:
			u.pairs = pairs
			u.show(0)
		}
	})
}

// afterDuplicates shows the directory as it is now.
func (d *directory) afterDuplicates() {
	d.loadTrade()
	d.refill()
	if d.detail == nil {
		return
	}
	if c, err := d.book.Get(d.detail.c.ID); err == nil {
		d.open(c)
	}
}

// show shows the pairs that are left, with the focus on the n-th.
func (u *duplicates) show(n int) {
	w := u.d.e.Words
	u.firsts = nil
	u.box.RemoveAll()
	if len(u.pairs) == 0 {
		u.box.Add(widgets.Padded(20, 0, 20, 0, widgets.Empty(widgets.IconDone, w.T("customers.duplicates.none"), "", nil)))
	} else {
		u.box.Add(widgets.Padded(0, 0, 8, 0, widgets.Caption(w.N("customers.duplicates.count", len(u.pairs)))))
	}
	for i, p := range u.pairs[:min(len(u.pairs), mostPairs)] {
		u.box.Add(widgets.Line())
		u.box.Add(widgets.Padded(12, 0, 12, 0, u.row(i, p)))
	}
	u.dialog.Refresh()
	if len(u.firsts) > 0 {
		widgets.Focus(u.firsts[min(n, len(u.firsts)-1)])
	}
}

// row is a pair: both below each other, in what they are alike, and what can be done.
func (u *duplicates) row(i int, p store.Pair) fyne.CanvasObject {
	w := u.d.e.Words
	names := words.Data{"A": p.A.Number, "B": p.B.Number}
	not := widgets.NewButton(w.T("customers.duplicates.not"), func() { u.dismiss(i) }).Small()
	not.Name = w.T("customers.duplicates.notIs", names)
	merge := widgets.NewButton(w.T("customers.duplicates.merge"), func() { u.merge(i) }).As(widgets.Outlined).Small()
	merge.Name = w.T("customers.duplicates.mergeIs", names)
	u.firsts = append(u.firsts, merge)
	return widgets.Row(16, widgets.Grow(widgets.Column(8, person(p.A), person(p.B))),
		widgets.Column(8, widgets.NewText(likeIn(w, p.Like)).Sized(widgets.SizeCaption).In(widgets.ColorLook).Right(), widgets.Row(8, not, merge)))
}

// person is a customer in two lines.
func person(c store.CustomerRow) fyne.CanvasObject {
	var seen []string
	for _, s := range []string{c.Number, c.Company, c.City, c.Phone, c.Email} {
		if s != "" {
			seen = append(seen, s)
		}
	}
	return widgets.Row(10, widgets.NewAvatar(c.Name, 32), widgets.Grow(widgets.Column(1, widgets.NewText(c.Name).Bold().Cut(),
		widgets.Caption(strings.Join(seen, " · ")).Cut())))
}

// likeIn says in what two customers are alike.
func likeIn(w *words.Words, l store.Likeness) string {
	var out []string
	for _, one := range likenesses {
		if l.Has(one.is) {
			out = append(out, w.T(one.text))
		}
	}
	return strings.Join(out, ", ")
}

// dismiss remembers that two are not the same person.
func (u *duplicates) dismiss(i int) {
	p := u.pairs[i]
	if err := u.d.book.NotTheSame(p.A.ID, p.B.ID); err != nil {
		u.d.e.Refused(u.dialog, err)
		return
	}
	u.drop(i)
}

// drop takes a pair away.
func (u *duplicates) drop(i int) {
	u.pairs = append(u.pairs[:i:i], u.pairs[i+1:]...)
	u.show(i)
}

// merge asks how two become one. Pairs with the one who is gone then are none any more.
func (u *duplicates) merge(i int) {
	p := u.pairs[i]
	u.d.openMerge(p.A.ID, p.B.ID, func() {
		var left []store.Pair
		for _, o := range u.pairs {
			if u.stands(o.A.ID) && u.stands(o.B.ID) {
				left = append(left, o)
			}
		}
		u.pairs = left
		u.d.loadTrade()
		u.d.refill()
		u.show(i)
	}, nil)
}

// stands reports whether an id is still a customer's own.
func (u *duplicates) stands(id store.CustomerID) bool {
	c, err := u.d.book.Get(id)
	return err == nil && c.ID == id
}
