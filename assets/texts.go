// Texts: what screens and documents say. A file holds one subject in one
// language: "paper.de.json", or "de/paper.json", which is the same.

package assets

import (
	"embed"
	"io/fs"
	"path"
	"slices"
	"strings"
)

//go:embed texts
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
	var files []TextFile
	// Nothing embedded fails to be read, so that there is no error to return.
	_ = fs.WalkDir(textFiles, "texts", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".json" {
			return err
		}
		b, err := textFiles.ReadFile(name)
		base := path.Base(name)
		if language := path.Base(path.Dir(name)); language != "texts" {
			base = strings.TrimSuffix(base, ".json") + "." + language + ".json"
		}
		files = append(files, TextFile{Name: base, JSON: b})
		return err
	})
	slices.SortFunc(files, func(a, b TextFile) int { return strings.Compare(a.Name, b.Name) })
	return files
}
