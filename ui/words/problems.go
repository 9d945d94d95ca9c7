// Problems: a sentence for each rule a document or a record did not keep.

package words

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"counterbook/invoice"
	"counterbook/invoice/ident"
)

var indexed = regexp.MustCompile(`\[(\d+)\]`)

// Problem says what is missing or wrong. The text is found by the rule
// ("problem.BR-27"), for numbers with check digits by what is wrong with them
// ("problem.number.length"); "field." names the field in it.
func (w *Words) Problem(p invoice.Problem) string {
	field := w.Field(p.Field)
	data := Data{"Field": field, "Cap": capital(field)}
	for i, name := range []string{"A", "B"} {
		if i < len(p.Args) {
			data[name] = w.argument(p.Args[i])
		}
	}
	if p.Rule == "guard" {
		data["A"] = w.GuardKinds(p.Args)
	}
	text := w.T(w.problemKey(p), data)
	if line := lineOf(p.Field); line > 0 {
		return w.T("problem.line", Data{"Line": line, "Text": text})
	}
	return text
}

// CheckDigits says what is wrong with a number that has check digits, "" for nothing:
// err is what package ident says of it, rule "vat" or "iban".
func (w *Words) CheckDigits(field, rule string, err error) string {
	reason := "format"
	switch {
	case err == nil:
		return ""
	case errors.Is(err, ident.ErrCountry):
		reason = "country"
	case errors.Is(err, ident.ErrLength):
		reason = "length"
	case errors.Is(err, ident.ErrChecksum):
		reason = "checksum"
	}
	return w.Problem(invoice.Problem{Field: field, Rule: rule, Args: []string{reason}})
}

// argument is what a problem names, dates as the language writes them.
func (w *Words) argument(s string) string {
	if d, err := invoice.ParseDate(s); err == nil && s != "" {
		return w.Day(d)
	}
	return s
}

func (w *Words) problemKey(p invoice.Problem) string {
	switch p.Rule {
	case "vat", "iban", "bic":
		if len(p.Args) == 1 && w.Has("problem.number."+p.Args[0]) {
			return "problem.number." + p.Args[0]
		}
	case "range":
		if len(p.Args) == 2 {
			return "problem.range2"
		}
	}
	if key := "problem." + p.Rule; w.Has(key) {
		return key
	}
	return "problem.unknown"
}

// Field names a field of a document or a record in the middle of a sentence:
// "the customer's name". The path may have numbers of lines in it; when the
// whole path has no name, its end may.
func (w *Words) Field(path string) string {
	path = indexed.ReplaceAllString(path, "")
	for rest := path; rest != ""; {
		if key := "field." + rest; w.Has(key) {
			return w.T(key)
		}
		_, after, _ := strings.Cut(rest, ".")
		rest = after
	}
	return path
}

// lineOf returns the number of the line a field belongs to, counted from 1, and
// 0 for none.
func lineOf(field string) int {
	if !strings.HasPrefix(field, "Lines[") {
		return 0
	}
	n, err := strconv.Atoi(indexed.FindStringSubmatch(field)[1])
	if err != nil {
		return 0
	}
	return n + 1
}

// Capital begins a text with a capital letter.
func Capital(s string) string { return capital(s) }

func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[n:]
}
