package tour

import (
	"testing"

	"counterbook/ui/tour/screenmap"

	"github.com/stretchr/testify/require"
)

// window is a small map: a rail, a heading, a form, two rows of details.
func window() screenmap.Map {
	return screenmap.Map{Controls: []screenmap.Control{
		{Kind: screenmap.Button, Label: "Customers Ctrl+1", X: 0, Y: 0, W: 200, H: 40, In: -1},
		{Kind: screenmap.Text, Label: "Customers", X: 10, Y: 10, W: 80, H: 20, In: 0},
		{Kind: screenmap.Text, Label: "Customers", X: 250, Y: 10, W: 80, H: 20, In: -1},
		{Kind: screenmap.Label, Label: "Name *", X: 250, Y: 50, W: 300, H: 20, In: -1},
		{Kind: screenmap.Text, Label: "Name *", X: 254, Y: 52, W: 50, H: 16, In: -1},
		{Kind: screenmap.Field, Text: "Zoe", X: 250, Y: 74, W: 300, H: 36, In: -1},
		{Kind: screenmap.Text, Label: "City", X: 250, Y: 120, W: 40, H: 16, In: -1},
		{Kind: screenmap.Field, X: 250, Y: 140, W: 300, H: 36, In: -1},
		{Kind: screenmap.Field, Hint: "Search", X: 600, Y: 10, W: 200, H: 36, In: -1},
		{Kind: screenmap.Label, Label: "Phone", X: 250, Y: 200, W: 60, H: 20, In: -1}, // made of a text of its size
		{Kind: screenmap.Text, Label: "Phone", X: 250, Y: 200, W: 60, H: 20, In: -1},
		{Kind: screenmap.Button, Label: "Show", X: 400, Y: 200, W: 60, H: 20, In: -1},
		{Kind: screenmap.Text, Label: "E-mail", X: 250, Y: 230, W: 60, H: 20, In: -1},
		{Kind: screenmap.Button, Label: "Show", X: 400, Y: 230, W: 60, H: 20, In: -1},
		{Kind: screenmap.Text, Label: "Country", X: 250, Y: 270, W: 60, H: 20, In: -1},
		{Kind: screenmap.Choice, Text: "Austria", X: 400, Y: 262, W: 150, H: 36, In: -1},
	}}
}

func TestAClickMeansTheControlBeforeTheHeading(t *testing.T) {
	c, err := target(window(), "Customers", "")
	require.NoError(t, err)
	require.Equal(t, 10, c.X)
	c, err = target(window(), "Phone", "")
	require.NoError(t, err)
	require.Equal(t, screenmap.Text, c.Kind)
}

func TestAClickOnOneOfSeveralNeedsSomethingNear(t *testing.T) {
	_, err := target(window(), "Show", "")
	require.ErrorContains(t, err, "2 things")
	c, err := target(window(), "Show", "E-mail")
	require.NoError(t, err)
	require.Equal(t, 230, c.Y)
	_, err = target(window(), "Show", "Fax")
	require.ErrorContains(t, err, `"Fax"`)
	_, err = target(window(), "Delete", "")
	require.ErrorContains(t, err, "nothing")
}

func TestAFieldIsFoundByItsLabelAboveBesideAndInside(t *testing.T) {
	for label, y := range map[string]int{"Name": 74, "City": 140, "Search": 10, "Country": 262} {
		c, err := field(window(), label, "")
		require.NoError(t, err, label)
		require.Equal(t, y, c.Y, label)
	}
	_, err := field(window(), "Street", "")
	require.ErrorContains(t, err, "no field")
}

func TestWhatLiesUnderADialogIsNotMeant(t *testing.T) {
	m := window()
	m.Layers = 1
	m.Controls = append(m.Controls, screenmap.Control{Kind: screenmap.Button, Label: "Delete customer", X: 300, Y: 300, W: 100, H: 30, Layer: 1, In: -1})
	_, err := target(m, "Phone", "")
	require.Error(t, err)
	_, err = target(m, "Delete customer", "")
	require.NoError(t, err)
	require.True(t, says(m, "Phone"), "it can be read all the same")
	require.True(t, says(m, "Austria"))
	require.False(t, says(m, "Fax"))
}
