package customers

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"counterbook/store"
	"counterbook/ui/screen/screentest"
)

// requireMasked fails when the whole phone or e-mail of any customer is anywhere in
// the window: in what is read, in what is told to those who cannot see, and in what is
// hidden, scrolled away or in a field of a widget.
func requireMasked(d *screentest.Desk, all []store.Customer, where string) {
	d.T.Helper()
	held := d.Held()
	text := strings.Join(held, "\n")
	require.Contains(d.T, text, "•••", "%s: nothing is masked, so that nothing was looked at", where)
	for _, c := range all {
		if c.Email != "" {
			require.NotContains(d.T, text, c.Email, where)
			require.NotContains(d.T, text, strings.SplitN(c.Email, "@", 2)[0]+"@", where)
		}
		for _, h := range held {
			if n := onlyDigits(c.Phone); n != "" {
				require.NotContains(d.T, onlyDigits(h), n[2:], where)
			}
		}
	}
}

func TestS32NoWholePhoneOrAddressIsAnywhereInTheWindowUntilShown(t *testing.T) {
	for _, role := range []store.Role{store.Owner, store.Manager, store.FrontDesk, store.Invoicing, store.Workshop, store.Trainee} {
		t.Run(role.String(), func(t *testing.T) {
			d := as(t, owner)
			all, err := customers(d).List("")
			require.NoError(t, err)
			if role != store.Owner {
				d = asNew(t, role)
			}
			s := open(d)
			if s.browse {
				requireMasked(d, all, "the table")
				d.Resize(screentest.Size.AddWidthHeight(-464, -100))
				requireMasked(d, all, "the table of a small window")
				d.Resize(screentest.Size)
				d.Tap("Incomplete")
				d.Tap("Clear filters")
				requireMasked(d, all, "rows that were filtered away and back")
				d.Type("Search customers…", "conti")
			} else {
				d.Type("Whole phone or number…", "C-00002")
			}
			s.openFirst()
			require.Equal(t, "Giulia Conti", s.detail.c.Name)
			requireMasked(d, all, "a customer's page")
			if !d.Env.Can(store.EditCustomers) {
				return
			}
			s.detail.edit()
			requireMasked(d, all, "the form")
			s.form.dialog.Close()
			s.form = nil
			d.Settle()
			s.Create()
			d.Type("Name", "Giulia Conti")
			s.form.near.look()
			d.Settle()
			require.NotEmpty(t, s.form.near.rows)
			requireMasked(d, all, "near matches")
			s.form.dialog.Close()
			s.form = nil
			d.Settle()
			d.TapObject(s.detail.contact.secrets[0].button)
			require.Contains(t, strings.Join(d.Held(), "\n"), "+43 660 0004471", "the test sees what is shown")
			d.TapObject(s.detail.contact.secrets[0].button)
			requireMasked(d, all, "after hiding")
			d.TapObject(s.detail.contact.secrets[1].button)
			s.close()
			requireMasked(d, all, "after leaving")
		})
	}
}
