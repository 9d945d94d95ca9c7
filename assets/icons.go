// Icons: one family (Material Symbols Outlined, weight 400), single filled
// paths without a colour, so that a theme may colour them.

package assets

import (
	"embed"
	"io/fs"
	"sort"
	"strings"
)

//go:embed icons/*.svg
var iconFiles embed.FS

// Icon returns the SVG of the icon with the given short name ("people",
// "eye-off"), and false when there is none of that name.
func Icon(name string) ([]byte, bool) {
	b, err := iconFiles.ReadFile("icons/" + name + ".svg")
	return b, err == nil
}

// IconNames returns the short names of all icons, sorted.
func IconNames() []string {
	found, err := fs.Glob(iconFiles, "icons/*.svg")
	if err != nil {
		return nil
	}
	names := make([]string, 0, len(found))
	for _, f := range found {
		names = append(names, strings.TrimSuffix(strings.TrimPrefix(f, "icons/"), ".svg"))
	}
	sort.Strings(names)
	return names
}
