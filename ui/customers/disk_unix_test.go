//go:build unix

package customers

import (
	"testing"

	"github.com/stretchr/testify/require"

	"counterbook/ui/uitest"
)

const full = "There is no room left on the disk. Nothing was saved and nothing was lost: what you typed is still here. Make room on the disk and try again."

func TestD6ACustomerThatTheDiskRefusesStaysInTheForm(t *testing.T) {
	if !uitest.Alone(t) {
		return
	}
	d := as(t, owner)
	s := open(d)
	s.Create()
	d.Type("Name", "Ada Beispiel")
	d.Tap("Add an address")
	d.Type("Town", "Wien")
	room := uitest.NoRoom(t)
	d.Tap("Add customer")
	require.True(t, d.HasText(full))
	require.Equal(t, "Ada Beispiel", d.Value("Name"))
	require.Equal(t, "Wien", d.Value("Town"))
	room()
	d.Tap("Add customer")
	require.False(t, d.HasText(full))
	require.Equal(t, "C-00011", customer(d, "Ada Beispiel").Number)
	require.Empty(t, d.Failed)
}

func TestANoteThatTheDiskRefusesStaysTyped(t *testing.T) {
	if !uitest.Alone(t) {
		return
	}
	d := as(t, owner)
	s := openAt(d, "Giulia Conti")
	writeNote(d, "Prefers mornings")
	room := uitest.NoRoom(t)
	s.Save()
	require.True(t, d.HasText(full))
	require.Equal(t, "Prefers mornings", d.Value("Write a note…"))
	_, unsaved := s.Work()
	require.True(t, unsaved)
	room()
	s.Save()
	require.Empty(t, d.Value("Write a note…"))
	require.True(t, d.HasText("Prefers mornings"))
}
