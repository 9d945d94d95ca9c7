package customers

import (
	"counterbook/store"
	"counterbook/ui/screen"
)

// Identify asks who a customer is, and what of them is still right, before another
// screen makes out an invoice to them, and goes on then. Where nothing is to be asked
// it goes on at once.
func Identify(e *screen.Env, id store.CustomerID, then func()) {
	d := &directory{e: e}
	if d.read(); d.book == nil {
		then()
		return
	}
	if e.Can(store.ReadInvoices) {
		d.invoices, _ = e.Session.Invoices() // without it the card says less
	}
	d.identify(id, true, func(store.Customer) { then() })
}
