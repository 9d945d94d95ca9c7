package ui

// The table of all screens. What stands here is all there is to go to.

import (
	"slices"

	"counterbook/store"
	"counterbook/ui/customers"
	"counterbook/ui/invoices"
	"counterbook/ui/items"
	"counterbook/ui/screen"
	"counterbook/ui/settings"
	"counterbook/ui/staff"
	"counterbook/ui/widgets"
)

// place is a row of the table. A profile that has any of the rights may go
// there; the store refuses what it has no right to all the same.
type place struct {
	place  screen.Place
	under  screen.Place // the place on the rail it belongs to; itself for those on the rail
	icon   widgets.IconName
	rights []store.Right
	log    store.Screen // what the log calls it
	build  func(*screen.Env, screen.Route) screen.Screen
}

var places = []place{
	{screen.Customers, screen.Customers, widgets.IconPeople, []store.Right{store.BrowseCustomers, store.FindCustomers}, store.CustomersScreen, customers.New},
	{screen.Invoices, screen.Invoices, widgets.IconReceipt, []store.Right{store.ReadInvoices, store.WriteDrafts}, store.InvoicesScreen, invoices.New},
	{screen.Invoice, screen.Invoices, widgets.IconReceipt, []store.Right{store.ReadInvoices}, store.InvoicesScreen, invoices.NewInvoice},
	{screen.Draft, screen.Invoices, widgets.IconReceipt, []store.Right{store.WriteDrafts}, store.DraftScreen, invoices.NewDraft},
	{screen.Items, screen.Items, widgets.IconBox, []store.Right{store.ReadItems}, store.ItemsScreen, items.New},
	{screen.Staff, screen.Staff, widgets.IconBadge, []store.Right{store.ManageStaff}, store.StaffScreen, staff.New},
	{screen.Activity, screen.Activity, widgets.IconClock, []store.Right{store.ReadActivity}, store.ActivityScreen, staff.NewActivity},
	{screen.Settings, screen.Settings, widgets.IconGear, []store.Right{store.EditShop}, store.SettingsScreen, settings.New},
}

func find(p screen.Place) (place, bool) {
	i := slices.IndexFunc(places, func(x place) bool { return x.place == p })
	if i < 0 {
		return place{}, false
	}
	return places[i], true
}

// allowed reports whether a session may go to a place.
func (p place) allowed(s *store.Session) bool { return slices.ContainsFunc(p.rights, s.Can) }

// onRail lists the places on the rail that a session may go to.
func onRail(s *store.Session) []place {
	var out []place
	for _, p := range places {
		if p.place == p.under && p.allowed(s) {
			out = append(out, p)
		}
	}
	return out
}
