// Tags: choosing a customer's from the shop's list, and keeping that list.

package customers

import (
	"errors"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"counterbook/invoice"
	"counterbook/store"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// tagPicker is the part of a form that chooses tags: those that are chosen, each to
// be taken off, and a menu of the others.
type tagPicker struct {
	d       *directory
	tags    []store.Tag
	chosen  []store.TagID
	changed func()
	add     *widgets.Button
	flow    *fyne.Container
	box     *fyne.Container
}

func newTagPicker(d *directory, changed func()) *tagPicker {
	p := &tagPicker{d: d, tags: d.filters.tags, changed: changed, flow: widgets.Flow(6)}
	w := d.e.Words
	p.add = widgets.NewButton(w.T("customers.tags.add"), p.choose).Small().WithIcon(widgets.IconPlus)
	p.box = widgets.Padded(14, 0, 0, 0, widgets.Column(6, widgets.Caption(w.T("customers.tags")).Bold(), p.flow))
	p.box.Hidden = len(p.tags) == 0 // owners begin the list
	return p
}

// put shows the tags of a customer.
func (p *tagPicker) put(ids []store.TagID) {
	p.chosen = slices.Clone(ids)
	p.show()
}

// value is what is chosen, in the order of the numbers, as it is stored.
func (p *tagPicker) value() []store.TagID {
	if len(p.chosen) == 0 {
		return nil
	}
	out := slices.Clone(p.chosen)
	slices.Sort(out)
	return slices.Compact(out)
}

func (p *tagPicker) show() {
	p.flow.RemoveAll()
	w := p.d.e.Words
	for _, t := range p.tags {
		if !slices.Contains(p.chosen, t.ID) {
			continue
		}
		off := widgets.NewButton(t.Name, func() {
			p.chosen = slices.DeleteFunc(p.chosen, func(id store.TagID) bool { return id == t.ID })
			p.show()
			widgets.Focus(p.add)
			p.changed()
		}).Small().As(widgets.Chosen).WithIcon(widgets.IconClose)
		off.Name = w.T("customers.tags.off", words.Data{"Tag": t.Name})
		p.flow.Add(off)
	}
	p.add.Hidden = len(p.chosen) >= len(p.tags)
	p.flow.Add(p.add)
	p.flow.Refresh()
	p.box.Refresh()
}

func (p *tagPicker) choose() {
	var items []widgets.MenuItem
	for _, t := range p.tags {
		if !slices.Contains(p.chosen, t.ID) {
			items = append(items, widgets.MenuItem{Text: t.Name, Do: func() {
				p.chosen = append(p.chosen, t.ID)
				p.show()
				p.changed()
			}})
		}
	}
	widgets.ShowMenu(p.add, items...)
}

// tagLine says the tags of a customer, "" for none.
func (d *directory) tagLine(ids []store.TagID) string {
	var names []string
	for _, t := range d.filters.tags {
		if slices.Contains(ids, t.ID) {
			names = append(names, t.Name)
		}
	}
	return strings.Join(names, ", ")
}

// keepTags opens the list of tags, for who keeps the shop.
func (d *directory) keepTags() {
	k := &tagKeeper{d: d, list: widgets.Column(4), name: widgets.NewEntry()}
	w := d.e.Words
	k.form = widgets.NewForm(1, widgets.NewField("Name", w.T("customers.tags.new"), k.name).Hint(w.T("customers.tags.newHint")))
	k.name.OnSubmitted = func(string) { k.add() }
	k.fill()
	k.dialog = &widgets.Dialog{Title: w.T("customers.tags.title"), Text: w.T("customers.tags.text"), Width: 560,
		Content:  widgets.Column(14, k.list, k.form, widgets.Row(8, widgets.NewButton(w.T("customers.tags.addDo"), k.add), widgets.Spacer())),
		Cancel:   w.T("common.close"),
		OnCancel: func() { d.filters.load(); d.refill() },
		OnLeave:  func(leave func()) { d.giveUp(strings.TrimSpace(k.name.Text) != "", leave) }}
	k.dialog.ShowOn(d.e.Canvas)
	k.form.FocusFirst()
}

// tagKeeper is the list of tags while it is kept.
type tagKeeper struct {
	d      *directory
	list   *fyne.Container
	name   *widgets.Entry
	form   *widgets.Form
	dialog *widgets.Dialog
}

func (k *tagKeeper) book() *store.Tags {
	b, err := k.d.e.Session.Tags()
	if err != nil {
		k.d.e.Refused(k.dialog, err)
	}
	return b
}

// fill lists the tags with how many customers have each.
func (k *tagKeeper) fill() {
	d, w := k.d, k.d.e.Words
	d.filters.load()
	k.list.RemoveAll()
	if len(d.filters.tags) == 0 {
		k.list.Add(widgets.Paragraph(w.T("customers.tags.none")))
	}
	for _, t := range d.filters.tags {
		says := w.N("customers.tags.has", d.filters.counts.Tags[t.ID])
		if len(t.Synonyms) > 0 {
			says = w.T("customers.tags.also", words.Data{"Has": says, "Words": strings.Join(t.Synonyms, ", ")})
		}
		change := widgets.QuietButton(w.T("common.edit"), func() { k.change(t) }).Small()
		change.Name = w.T("customers.tags.editOne", words.Data{"Tag": t.Name})
		remove := widgets.QuietButton(w.T("customers.tags.remove"), func() { k.remove(t) }).Small()
		remove.Name = w.T("customers.tags.removeOne", words.Data{"Tag": t.Name})
		k.list.Add(widgets.Row(8, widgets.Grow(widgets.Column(1, widgets.NewText(t.Name).Cut(), widgets.Caption(says).Cut())), change, remove))
	}
	k.list.Refresh()
	if k.dialog != nil {
		k.dialog.Refresh()
	}
}

func (k *tagKeeper) add() {
	b := k.book()
	if b == nil {
		return
	}
	if _, err := b.Add(k.name.Text); err != nil {
		k.wrong(k.dialog, k.form, err)
		return
	}
	k.name.SetText("")
	k.form.ClearProblems()
	k.fill()
	k.form.FocusFirst()
}

// wrong says what is wrong with a tag, in its form.
func (k *tagKeeper) wrong(d *widgets.Dialog, form *widgets.Form, err error) {
	var problems invoice.Problems
	if !errors.As(err, &problems) {
		k.d.e.Refused(d, err)
		return
	}
	form.ClearProblems()
	for _, p := range problems {
		text := k.d.e.Words.Problem(p)
		if p.Rule == "taken" && len(p.Args) > 0 {
			text = k.d.e.Words.T("customers.tags.taken", words.Data{"Tag": p.Args[0]})
		}
		if !form.SetProblem(p.Field, text) {
			d.SetProblem(text)
		}
	}
	d.Refresh()
	form.FocusProblem()
}

// change gives a tag another name and other words.
func (k *tagKeeper) change(t store.Tag) {
	w := k.d.e.Words
	name, others := widgets.NewEntry(), widgets.NewEntry()
	form := widgets.NewForm(1, widgets.NewField("Name", w.T("customers.tags.name"), name).Hint(w.T("customers.tags.nameHint")),
		widgets.NewField("Synonyms", w.T("customers.tags.words"), others).Hint(w.T("customers.tags.wordsHint")))
	was := strings.Join(t.Synonyms, ", ")
	name.SetText(t.Name)
	others.SetText(was)
	var d *widgets.Dialog
	save := func() bool {
		b := k.book()
		if b == nil {
			return false
		}
		if err := b.Change(store.Tag{ID: t.ID, Name: name.Text, Synonyms: strings.Split(others.Text, ",")}); err != nil {
			k.wrong(d, form, err)
			return false
		}
		k.fill()
		return true
	}
	others.OnSubmitted = func(string) {
		if save() {
			d.Close()
		}
	}
	d = &widgets.Dialog{Title: w.T("customers.tags.editOne", words.Data{"Tag": t.Name}), Content: form, Confirm: w.T("common.save"), Cancel: w.T("common.cancel"),
		OnConfirm: save,
		OnLeave:   func(leave func()) { k.d.giveUp(name.Text != t.Name || others.Text != was, leave) }}
	d.ShowOn(k.d.e.Canvas)
	form.FocusFirst()
}

// remove asks what becomes of the tag for those who have it.
func (k *tagKeeper) remove(t store.Tag) {
	w := k.d.e.Words
	into := []store.TagID{0}
	names := []string{w.T("customers.tags.nothing")}
	for _, o := range k.d.filters.tags {
		if o.ID != t.ID {
			into, names = append(into, o.ID), append(names, w.T("customers.tags.become", words.Data{"Tag": o.Name}))
		}
	}
	choice := widgets.NewSelect(names, func(int) {})
	choice.SetIndex(0)
	form := widgets.NewForm(1, widgets.NewField("Into", w.N("customers.tags.what", k.d.filters.counts.Tags[t.ID]), choice))
	var d *widgets.Dialog
	d = &widgets.Dialog{Title: w.T("customers.tags.removeTitle", words.Data{"Tag": t.Name}), Text: w.T("customers.tags.removeText"), Content: form,
		Confirm: w.T("customers.tags.removeVerb"), Cancel: w.T("common.cancel"), Danger: true,
		OnConfirm: func() bool {
			b := k.book()
			if b == nil {
				return false
			}
			if err := b.Remove(t.ID, into[max(0, choice.Index())]); err != nil {
				k.d.e.Refused(d, err)
				return false
			}
			k.fill()
			return true
		}}
	d.ShowOn(k.d.e.Canvas)
}
