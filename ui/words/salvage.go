package words

// Salvages: what came back, in sentences.

import (
	"strings"

	"counterbook/store"
)

// Salvaged says line by line what came of a salvage.
func (w *Words) Salvaged(r store.SalvageReport) []string {
	var out []string
	for _, a := range r.Areas {
		if a.Back+a.Damaged+a.Deleted > 0 || a.Doubt {
			out = append(out, w.salvagedArea(w.T("salvage.area."+a.Name), a))
		}
	}
	if d := r.Desks; d.Back+d.Damaged+d.Deleted > 0 {
		out = append(out, w.salvagedArea(w.T("salvage.area.desks"), d))
	}
	out = append(out, w.N("salvage.staff", r.Staff))
	if len(r.Lost) > 0 {
		var names []string
		for _, p := range r.Lost {
			names = append(names, p.Nickname)
		}
		out = append(out, w.T("salvage.lost", Data{"Names": strings.Join(names, ", ")}))
	}
	if r.Entries > 0 {
		out = append(out, w.N("salvage.log", r.Entries))
	} else {
		out = append(out, w.T("salvage.log.anew"))
	}
	switch {
	case r.Whole:
		out = append(out, w.T("salvage.whole"))
	case !r.Current:
		out = append(out, w.T("salvage.notCurrent"))
	}
	return out
}

func (w *Words) salvagedArea(name string, a store.SalvagedArea) string {
	parts := []string{w.N("salvage.back", a.Back)}
	if a.Damaged > 0 {
		parts = append(parts, w.N("salvage.damaged", a.Damaged))
	}
	if a.Deleted > 0 {
		parts = append(parts, w.N("salvage.deleted", a.Deleted))
	}
	if a.Doubt {
		parts = append(parts, w.T("salvage.doubt"))
	}
	return w.T("salvage.line", Data{"Area": name, "What": strings.Join(parts, "; ")})
}
