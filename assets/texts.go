// Texts: what screens and documents say. A file holds one subject in one
// language: "paper.de.json".

package assets

import (
	"embed"
	"io/fs"
	"path"
	"slices"
	"strings"
)

//go:embed texts/*.json
var textFiles embed.FS

// TextFile is a file of texts.
type TextFile struct {
	Name string // "paper.de.json"
	JSON []byte
}

// Language returns the language of a file's texts, "de".
func (f TextFile) Language() string {
	base := strings.TrimSuffix(f.Name, ".json")
	return strings.TrimPrefix(path.Ext(base), ".")
}

// Texts returns all files of texts, by name.
func Texts() []TextFile {
	names, err := fs.Glob(textFiles, "texts/*.json")
	if err != nil {
		return nil
	}
	files := make([]TextFile, 0, len(names))
	for _, name := range names {
		if b, err := textFiles.ReadFile(name); err == nil {
			files = append(files, TextFile{Name: path.Base(name), JSON: b})
		}
	}
	slices.SortFunc(files, func(a, b TextFile) int { return strings.Compare(a.Name, b.Name) })
	return files
}
