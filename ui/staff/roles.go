// The table of all roles: which right each has, and what keeps it.

package staff

import (
	"slices"

	"counterbook/store"
	"counterbook/ui/widgets"
)

func (s *profiles) showRoles() {
	t := s.w.T
	columns := []widgets.TableColumn{{Title: t("staff.right")}}
	for _, r := range store.Roles() {
		columns = append(columns, widgets.TableColumn{Title: s.w.Role(r), Width: titleWidth(s.w.Role(r))})
	}
	columns = append(columns, widgets.TableColumn{Title: t("staff.keeper"), Width: 84})
	var rows [][]widgets.Cell
	for _, sub := range subjects {
		for _, right := range sub.rights {
			row := []widgets.Cell{{Text: s.w.Right(right)}}
			for _, r := range store.Roles() {
				c := widgets.Cell{Text: t("staff.level.none"), Colour: widgets.ColorMuted}
				if slices.Contains(r.Rights(), right) {
					c = widgets.Cell{Text: t("common.yes"), Bold: true, Colour: widgets.ColorGood}
				}
				row = append(row, c)
			}
			rows = append(rows, append(row, widgets.Cell{Text: t(keeper(right.Keeper())), Colour: widgets.ColorMuted}))
		}
	}
	table := widgets.NewTable(columns...)
	table.ShowRows(len(rows), func(i int) []widgets.Cell { return rows[i] })
	d := &widgets.Dialog{Title: t("staff.roles"), Text: t("staff.rolesText"), Width: 980, Cancel: t("common.close"),
		Content: widgets.Sized(0, max(240, s.e.Canvas.Size().Height-300), widgets.PanelFlush(table))}
	d.ShowOn(s.e.Canvas)
}
