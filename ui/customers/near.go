// Looking before adding: customers who are like the one in the form, each to be
// opened or said to be somebody else. The store lets nobody be added before.

package customers

import (
	"context"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode"

	"fyne.io/fyne/v2"

	"counterbook/store"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// lookAfter is for how long nothing was typed before the book is looked through.
const lookAfter = 250 * time.Millisecond

var likenesses = []struct {
	is   store.Likeness
	text string
}{
	{store.SamePhone, "customers.near.phone"},
	{store.SameEmail, "customers.near.email"},
	{store.SameVAT, "customers.near.vat"},
	{store.SimilarName, "customers.near.name"},
	{store.SamePlace, "customers.near.place"},
	{store.SameCompany, "customers.near.company"},
}

// near is the part of a form that shows who is like its customer.
type near struct {
	f     *form
	not   []store.CustomerID // who is somebody else
	rows  []store.Near
	opens []*widgets.Button // of each row
	box   *fyne.Container
	stop  func()
	asked int // what was asked last; what comes of anything before is not shown
}

func newNear(f *form) *near {
	return &near{f: f, box: widgets.Column(0), not: f.was.NotSame, stop: func() {}}
}

// typed looks through the book a moment after the last key.
func (n *near) typed() {
	n.asked++
	n.stop()
	n.stop = n.f.d.after(lookAfter, n.look)
}

// look looks through the book, beside the screen: a large one takes longer than a
// frame. What comes after something else was typed is not shown.
func (n *near) look() {
	f := n.f
	if f.d.form != f || !f.was.ID.IsZero() {
		return
	}
	n.asked++
	asked, book, c := n.asked, f.d.book, f.typed()
	var rows []store.Near
	f.d.e.Run.Run(func(context.Context) (err error) {
		rows, err = book.Near(c)
		return err
	}, func(err error) {
		switch {
		case f.d.form != f || asked != n.asked:
		case err != nil:
			f.d.e.Fail(err)
		default:
			n.show(rows)
		}
	})
}

// show shows who is like the customer; nobody for none.
func (n *near) show(rows []store.Near) {
	if reflect.DeepEqual(rows, n.rows) {
		return
	}
	n.rows, n.opens = rows, nil
	n.box.RemoveAll()
	if len(rows) > 0 {
		w := n.f.d.e.Words
		list := widgets.Column(8, widgets.Banner(widgets.Look, w.T("customers.near"), w.T("customers.near.text")))
		for _, r := range rows {
			list.Add(n.row(r))
		}
		n.box.Add(widgets.Padded(0, 0, 14, 0, list))
	}
	n.f.dialog.Refresh()
}

func (n *near) row(r store.Near) fyne.CanvasObject {
	w := n.f.d.e.Words
	c := r.Row
	var seen []string
	for _, s := range []string{c.Number, c.Company, c.City, c.Phone, c.Email} {
		if s != "" {
			seen = append(seen, s)
		}
	}
	name := words.Data{"Name": c.Name}
	open := widgets.QuietButton(w.T("common.open"), func() { n.open(r) }).Small()
	open.Name = w.T("customers.near.open", name)
	n.opens = append(n.opens, open)
	other := widgets.NewButton(w.T("customers.near.other"), func() { n.dismiss(c.ID) }).Small()
	other.Name = w.T("customers.near.otherIs", name)
	return widgets.Row(8,
		widgets.Grow(widgets.Column(2,
			widgets.Row(8, widgets.NewText(c.Name).Bold(), widgets.NewText(likeIn(w, r.Like)).Sized(widgets.SizeCaption).In(widgets.ColorLook)),
			widgets.Caption(strings.Join(seen, " · ")).Cut())),
		open, other)
}

// refused shows who is in the way of adding.
func (n *near) refused(rows []store.Near) {
	n.show(rows)
	if len(n.opens) > 0 {
		widgets.Focus(n.opens[0])
	}
}

// dismiss says that a customer is somebody else.
func (n *near) dismiss(id store.CustomerID) {
	n.not = append(slices.Clone(n.not), id)
	n.asked++ // what is being looked for still has them
	n.show(slices.DeleteFunc(slices.Clone(n.rows), func(r store.Near) bool { return r.Row.ID == id }))
	n.f.dialog.SetProblem("")
	if len(n.rows) == 0 {
		n.f.fields.FocusFirst()
	}
}

// open shows a customer in place of the form.
func (n *near) open(r store.Near) {
	f := n.f
	f.d.giveUp(f.changed() && !f.known(r.Like), func() {
		f.dialog.Close()
		f.d.form = nil
		f.d.openID(r.Row.ID)
	})
}

// known reports whether nothing is in the form but a name and what a customer who is
// like it has as well.
func (f *form) known(l store.Likeness) bool {
	return !slices.ContainsFunc(f.different(f.was, f.typed()), func(t formField) bool {
		return t.key != "Name" && !(t.key == "Phone" && l.Has(store.SamePhone)) && !(t.key == "Email" && l.Has(store.SameEmail))
	})
}

// lookedFor puts what was searched for into the field it belongs in.
func lookedFor(c store.Customer, query string) store.Customer {
	query = strings.TrimSpace(query)
	switch {
	case query == "":
	case strings.Contains(query, "@"):
		c.Email = query
	case len(onlyDigits(query)) >= 5 && !strings.ContainsFunc(query, unicode.IsLetter):
		c.Phone = query
	case strings.ContainsFunc(query, unicode.IsLetter):
		c.Name = query
	}
	return c
}

func onlyDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}
