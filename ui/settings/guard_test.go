package settings

import (
	"os"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"counterbook/store"
	"counterbook/store/sensitive"
	"counterbook/ui/screen/screentest"
	"counterbook/ui/widgets"
)

// settingUp opens the guard's dialog.
func settingUp(t *testing.T) *screentest.Desk {
	d := screentest.New(t, 0)
	d.Open(New, here)
	d.Tap("Set up the note guard…")
	return d
}

func policyOf(d *screentest.Desk) store.GuardPolicy {
	g, err := d.Env.Session.Guard()
	require.NoError(d.T, err)
	p, err := g.Policy()
	require.NoError(d.T, err)
	return p
}

func TestS51TheOwnerSetsTheGuardUpKindByKind(t *testing.T) {
	d := settingUp(t)
	guardLooks(d, "guard")
	require.Equal(t, "Do not let it in", d.Select("Card numbers").Selected())
	require.Equal(t, "Ask for a reason", d.Select("Phone numbers").Selected())
	d.Select("Phone numbers").Choose(1)
	d.Select("Add a country…").Choose(indexOf(d.Select("Add a country…").Options, "Netherlands"))
	require.True(t, d.Has("Take out Netherlands"))
	d.Select("About").Choose(0)
	d.Select("Language").Choose(indexOf(d.Select("Language").Options, "German"))
	d.Type("Look for these too", "gichtanfall*")
	d.Type("Let these be", "krebs")
	d.Type("Try it", "Gichtanfälle, Krebs, call +43 660 000 4471, 111222333")
	for _, s := range []string{"A word about health: “Gichtanfälle”", "A phone number: “+43 660 000 4471”", "A national number: “111222333”", "said", "asks for a reason"} {
		require.True(t, d.HasText(s), s)
	}
	require.False(t, d.HasText("A word about health: “Krebs”"))
	guardLooks(d, "guard-tried")
	d.Tap("Save")
	p := policyOf(d)
	require.Equal(t, store.GuardHint, p.Level(sensitive.Phone))
	require.Equal(t, []string{"NL"}, p.Countries)
	require.Equal(t, []store.GuardWords{{Language: "de", Kind: "health", Find: []string{"gichtanfall*"}, Leave: []string{"krebs"}}}, p.Words)

	d.Tap("Set up the note guard…")
	require.Equal(t, "Say it", d.Select("Phone numbers").Selected())
	d.Tap("Take out Netherlands")
	d.Press(fyne.KeyEscape)
	require.True(t, d.HasText("Something was changed here and is not saved yet."))
	d.Tap("Leave without saving")
	require.Equal(t, p, policyOf(d))
}

func TestS51AWordThatCannotBeReadIsSaidBesideItsList(t *testing.T) {
	d := settingUp(t)
	d.Select("About").Choose(1)
	d.Type("Look for these too", "gut\n\n*halb")
	d.Select("About").Choose(0)
	require.Empty(t, d.Value("Look for these too"))
	d.Tap("Save")
	require.True(t, d.HasText("Line 3: a star before a word needs one behind it. Nothing was saved, and all you typed is kept."))
	require.Equal(t, "gut\n\n*halb", d.Value("Look for these too"), "the list with the word is shown")
	require.Zero(t, policyOf(d).Version)
	guardLooks(d, "guard-wrong")
}

func indexOf(list []string, s string) int {
	for i, o := range list {
		if o == s {
			return i
		}
	}
	return -1
}

// guardLooks checks the dialog in both modes, and in a small window.
func guardLooks(d *screentest.Desk, name string) {
	for _, m := range []struct {
		name string
		mode widgets.Mode
		size fyne.Size
	}{{"dark", widgets.Dark, screentest.Size}, {"small", widgets.Light, fyne.NewSize(1024, 640)}, {"light", widgets.Light, screentest.Size}} {
		d.SetMode(m.mode)
		d.Resize(m.size)
		d.CheckLooks()
		if dir := os.Getenv("PICTURES"); dir != "" {
			d.Capture(dir + "/" + name + "-" + m.name + ".png")
		}
	}
}
