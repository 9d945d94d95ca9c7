// Package words is everything the program says, on screens and on paper: texts
// by key in one bundle, numbers, dates and money as the language writes them,
// and sentences for problems and errors.
//
// Texts are JSON files in assets/texts, a subject and a language each:
// "customers.en.json". A key starts with its subject:
//
//	w.T("customers.title")                                → Customers
//	w.T("customers.deleted", words.Data{"Name": name})    → Giulia Conti was deleted
//	w.N("customers.count", 3)                             → 3 customers
//
// A text with data holds {{.Name}}; one that counts has the forms of its
// language ("one", "other") and {{.Count}}. Keys that start with "paper." are for
// documents and exist in every language; all others may be missing in a language
// and are then said in English.
package words

import (
	"fmt"
	"maps"
	"sync"

	"counterbook/assets"
	"counterbook/invoice/paper"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// Data is what is put into a text.
type Data map[string]any

// Words says things in one language.
type Words struct {
	language string
	texts    *i18n.Localizer
	labels   paper.Labels
}

// load reads the texts once; they are part of the program, so a file that
// cannot be read is a fault of the build and found by the tests.
var load = sync.OnceValue(func() *i18n.Bundle {
	b := i18n.NewBundle(language.English)
	for _, f := range assets.Texts() {
		if _, err := b.ParseMessageFileBytes(f.JSON, f.Name); err != nil {
			continue
		}
	}
	return b
})

// For returns the words of a language, given as "de" or "de-AT"; English where
// there are none.
func For(lang string) *Words {
	w := &Words{language: lang, texts: i18n.NewLocalizer(load(), lang, "en")}
	w.labels = w.paperLabels()
	return w
}

// Language returns the language asked for.
func (w *Words) Language() string { return w.language }

// T returns a text. A key without a text is returned as it is.
func (w *Words) T(key string, data ...Data) string {
	return w.say(&i18n.LocalizeConfig{MessageID: key, TemplateData: join(data)}, key)
}

// N returns a text that counts, in the form the language has for n.
func (w *Words) N(key string, n int, data ...Data) string {
	all := join(data)
	if _, ok := all["Count"]; !ok {
		all["Count"] = w.Number(n)
	}
	return w.say(&i18n.LocalizeConfig{MessageID: key, PluralCount: n, TemplateData: all}, key)
}

// Has says whether there is a text of that key.
func (w *Words) Has(key string) bool {
	_, err := w.texts.Localize(&i18n.LocalizeConfig{MessageID: key, TemplateData: Data{}})
	return err == nil
}

func (w *Words) say(c *i18n.LocalizeConfig, key string) string {
	s, err := w.texts.Localize(c)
	if s == "" && err != nil {
		return key
	}
	return s
}

func join(data []Data) Data {
	all := Data{}
	for _, d := range data {
		maps.Copy(all, d)
	}
	return all
}

// Role names a role, given by its fixed name.
func (w *Words) Role(r fmt.Stringer) string { return w.T("role." + r.String()) }

// Right names a right, given by its fixed name.
func (w *Words) Right(r fmt.Stringer) string { return w.T("right." + r.String()) }
