// Who can see a customer, for the owner who is asked.

package customers

import (
	"counterbook/store"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

var sights = map[store.Sight]string{
	store.SeesAll: "customers.viewers.all", store.SeesOne: "customers.viewers.one", store.SeesNothing: "customers.viewers.nothing",
}

var keepers = map[store.Keeper]string{
	store.ByKey: "staff.keeper.key", store.BySignature: "staff.keeper.signature", store.ByProgram: "staff.keeper.program",
}

// viewersButton opens the list, for those who may see it.
func (t *detail) viewersButton() *widgets.Button {
	return widgets.QuietButton(t.d.e.Words.T("customers.viewers"), t.showViewers).Small()
}

// showViewers lists everybody with what they see of the customer and why.
func (t *detail) showViewers() {
	e, w := t.d.e, t.d.e.Words
	staff, err := e.Session.Staff()
	var list []store.Viewer
	if err == nil {
		list, err = staff.Viewers()
	}
	if err != nil {
		e.Fail(err)
		return
	}
	yes := func(is bool) widgets.Cell {
		if is {
			return widgets.Cell{Text: w.T("common.yes")}
		}
		return widgets.Cell{Text: "—", Colour: widgets.ColorMuted}
	}
	rows := make([][]widgets.Cell, len(list))
	for i, v := range list {
		why := "customers.viewers.has"
		if v.Sees == store.SeesNothing {
			why = "customers.viewers.lacks"
		}
		rows[i] = []widgets.Cell{
			{Text: v.Profile.Nickname, Bold: true},
			{Text: w.T(sights[v.Sees])},
			yes(v.Full), yes(v.Notes),
			{Text: w.T(why, words.Data{"Role": w.Role(v.Profile.Role), "Right": w.Right(v.Right)})},
			{Text: w.T(keepers[v.Keeper]), Colour: widgets.ColorMuted},
		}
	}
	table := widgets.NewTable(
		widgets.TableColumn{Title: w.T("customers.viewers.who"), Width: 120},
		widgets.TableColumn{Title: w.T("customers.viewers.sees"), Width: 126},
		widgets.TableColumn{Title: w.T("customers.viewers.full"), Width: 110},
		widgets.TableColumn{Title: w.T("customers.viewers.notes"), Width: 60},
		widgets.TableColumn{Title: w.T("customers.viewers.why")},
		widgets.TableColumn{Title: w.T("staff.keeper"), Width: 96}).Whole()
	table.ShowRows(len(rows), func(i int) []widgets.Cell { return rows[i] })
	d := &widgets.Dialog{Title: w.T("customers.viewers.title", words.Data{"Name": t.c.Name}), Text: w.T("customers.viewers.text"), Width: 1100, Reading: true,
		Content: widgets.Column(12, widgets.PanelFlush(table), widgets.Caption(w.T("staff.keepers")).Wrap()), Cancel: w.T("common.close")}
	d.ShowOn(e.Canvas)
}
