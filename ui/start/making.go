package start

// The page while a made-up shop is made that takes longer than a moment.

import (
	"fyne.io/fyne/v2"

	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// Making shows how far the made-up shop is. It is a screen.Screen.
type Making struct {
	e        *Env
	progress *widgets.Progress
	content  fyne.CanvasObject
}

// NewMaking returns the page for a shop of that many customers.
func NewMaking(e *Env, customers int, cancel func()) *Making {
	m := &Making{e: e}
	m.progress = widgets.NewProgress(e.Words.N("start.making", customers), e.Words.T("common.cancel"), cancel)
	m.Set(0)
	m.content = ground(card(440, m.progress), widgets.Column(0))
	return m
}

// Set shows which part is done, from 0 to 1.
func (m *Making) Set(share float64) {
	m.progress.Set(share, m.e.Words.T("start.making.part", words.Data{"Percent": int(share * 100)}))
}

// Content implements screen.Screen.
func (m *Making) Content() fyne.CanvasObject { return m.content }

// Shown implements screen.Screen.
func (m *Making) Shown() { m.progress.Focus() }
