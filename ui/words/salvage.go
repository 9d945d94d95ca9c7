package words

// Salvages: what came back, in sentences.

import (
	"slices"
	"strings"

	"counterbook/store"
)

// Salvaged says line by line what came of a salvage: what is lost first. When staff
// were added is of interest only where it is lost.
func (w *Words) Salvaged(r store.SalvageReport) []string {
	var out, whole []string
	for _, a := range append(slices.Clone(r.Areas), r.Desks) {
		if a.Name == "" {
			a.Name = "desks"
		}
		switch {
		case a.Lacks() || a.Deleted > 0:
			out = append(out, w.salvagedArea(a))
		case a.Back > 0 && a.Name != "staff":
			whole = append(whole, w.T("salvage.area."+a.Name))
		}
	}
	if len(whole) > 0 {
		out = append(out, w.T("salvage.all", Data{"Areas": strings.Join(whole, ", ")}))
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

func (w *Words) salvagedArea(a store.SalvagedArea) string {
	// A record is not always a customer or an invoice: an invoice is kept as two. How
	// many came back is no figure that anybody could compare.
	var parts []string
	switch {
	case a.Damaged > 0 && a.Back == 0 && a.Name == "shop":
		parts = append(parts, w.T("salvage.gone.shop"))
	case a.Damaged > 0 && a.Back == 0:
		parts = append(parts, w.T("salvage.gone"))
	case a.Damaged > 0 && a.Doubt:
		parts = append(parts, w.T("salvage.someLost"))
	case a.Damaged > 0:
		parts = append(parts, w.N("salvage.damaged", a.Damaged))
	case a.Doubt:
		parts = append(parts, w.T("salvage.found"), w.T("salvage.missing"))
	default:
		parts = append(parts, w.T("salvage.whole.area"))
	}
	if a.Deleted > 0 {
		parts = append(parts, w.N("salvage.deleted", a.Deleted))
	}
	if a.Doubt {
		parts = append(parts, w.T("salvage.doubt"))
	}
	return w.T("salvage.line", Data{"Area": w.T("salvage.area." + a.Name), "What": strings.Join(parts, "; ")})
}
