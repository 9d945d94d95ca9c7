package words

import (
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"counterbook/assets"
	"counterbook/invoice"
	"counterbook/invoice/paper"
	"counterbook/store"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/language"
)

// keys returns the texts of each language by key.
func keys(t *testing.T) map[string]map[string]any {
	all := map[string]map[string]any{}
	for _, f := range assets.Texts() {
		var texts map[string]any
		require.NoError(t, json.Unmarshal(f.JSON, &texts), f.Name)
		if all[f.Language()] == nil {
			all[f.Language()] = map[string]any{}
		}
		for key, text := range texts {
			require.NotContains(t, all[f.Language()], key, "%s has a key that another file has", f.Name)
			require.NotEmpty(t, text, key)
			all[f.Language()][key] = text
		}
	}
	return all
}

func TestEveryLanguageHasWhatDocumentsSay(t *testing.T) {
	all := keys(t)
	require.NotEmpty(t, all["en"])
	for lang, texts := range all {
		for key := range all["en"] {
			if strings.HasPrefix(key, "paper.") {
				require.Contains(t, texts, key, "%s", lang)
			}
		}
		for key := range texts {
			require.Contains(t, all["en"], key, "%s has a key that English has not", lang)
		}
	}
	require.Equal(t, []string{"de", "en"}, DocumentLanguages())
}

var placeholder = regexp.MustCompile(`\{\{?\.?\w+\}?\}`)

func TestEveryFileOfTextsIsRead(t *testing.T) {
	require.NotEmpty(t, assets.Texts())
	for _, f := range assets.Texts() {
		_, err := i18n.NewBundle(language.English).ParseMessageFileBytes(f.JSON, f.Name)
		require.NoError(t, err, f.Name)
		require.Contains(t, []string{"en", "de"}, f.Language(), f.Name)
	}
}

func TestTranslationsKeepTheirPlaceholders(t *testing.T) {
	all := keys(t)
	for lang, texts := range all {
		for key, text := range texts {
			require.ElementsMatch(t, placeholder.FindAllString(fmt.Sprint(all["en"][key]), -1),
				placeholder.FindAllString(fmt.Sprint(text), -1), "%s %s", lang, key)
		}
	}
}

// TestEveryKeyUsedHasAText reads the source of the user interface for
// w.T("…"), w.N("…") and the like.
func TestEveryKeyUsedHasAText(t *testing.T) {
	english := keys(t)["en"]
	used := 0
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		source, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, source, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) == 0 {
				return true
			}
			f, ok := call.Fun.(*ast.SelectorExpr)
			if !ok || f.Sel.Name != "T" && f.Sel.Name != "N" {
				return true
			}
			lit, ok := call.Args[0].(*ast.BasicLit)
			if !ok || lit.Kind != token.STRING {
				return true
			}
			key, err := strconv.Unquote(lit.Value)
			if err == nil {
				used++
				text, ok := english[key]
				if !ok {
					t.Errorf("%s uses %q, which has no text", path, key)
				} else if forms, counts := text.(map[string]any); counts != (f.Sel.Name == "N") || counts && forms["other"] == nil {
					t.Errorf("%s uses %q with %s, but its text has other forms", path, key, f.Sel.Name)
				}
			}
			return true
		})
		return nil
	})
	require.NoError(t, err)
	require.Greater(t, used, 10)
}

func TestTextsTakeDataAndCount(t *testing.T) {
	w := For("en")
	require.Equal(t, "Cancel", w.T("common.cancel"))
	require.Equal(t, "1 second", w.N("wait.seconds", 1))
	require.Equal(t, "3 seconds", w.N("wait.seconds", 3))
	require.Equal(t, "no.such.key", w.T("no.such.key"))
	require.Equal(t, "Cancel", For("de-AT").T("common.cancel"), "English stands in")
	require.Equal(t, "Rechnung", For("de-AT").T("paper.invoice"))
	require.Equal(t, "Invoice", For("fi").T("paper.invoice"))
}

func TestLabelsAreCompleteInEveryLanguage(t *testing.T) {
	for _, lang := range DocumentLanguages() {
		l := reflect.ValueOf(Labels(lang))
		for i := range l.NumField() {
			require.False(t, l.Field(i).IsZero(), "%s: %s", lang, l.Type().Field(i).Name)
			require.NotContains(t, fmt.Sprint(l.Field(i)), "paper.", "%s: %s", lang, l.Type().Field(i).Name)
		}
		for i, month := range Labels(lang).Months {
			require.NotEmpty(t, month)
			require.NotEmpty(t, Labels(lang).MonthsShort[i])
		}
	}
}

func TestNumbersAreWrittenAsTheLanguageDoes(t *testing.T) {
	v := decimal.RequireFromString("-1240.5")
	en, de := For("en"), For("de")
	require.Equal(t, "€ -1,240.50", en.Money(v, "EUR"))
	require.Equal(t, "-1.240,50", de.Amount(v, "EUR"))
	require.Equal(t, "1,284", en.Number(1284))
	require.Equal(t, "22 Nov 2026", en.Day(invoice.Date{Year: 2026, Month: 11, Day: 22}))
	require.Equal(t, "22.11.2026", de.Day(invoice.Date{Year: 2026, Month: 11, Day: 22}))
	require.Empty(t, en.Day(invoice.Date{}))
	at := time.Date(2026, 11, 22, 10, 42, 0, 0, time.Local)
	require.Equal(t, "22 Nov 2026, 10:42", en.Moment(at))
}

func TestAgoSaysDaysAsACalendarDoes(t *testing.T) {
	w, now := For("en"), time.Date(2026, 11, 22, 9, 0, 0, 0, time.Local)
	for before, want := range map[time.Duration]string{
		10 * time.Second: "just now", 5 * time.Minute: "5 min ago", 2 * time.Hour: "today", 10 * time.Hour: "yesterday",
		48 * time.Hour: "2 d ago", 21 * 24 * time.Hour: "3 w ago", 100 * 24 * time.Hour: "3 mo ago", 800 * 24 * time.Hour: "2 y ago",
	} {
		require.Equal(t, want, w.Ago(now.Add(-before), now))
	}
	require.Empty(t, w.Ago(time.Time{}, now))
}

// rule finds what invoice calls its rules.
var rule = regexp.MustCompile(`"((?:BR|R)-[A-Z0-9-]+|VAT-ID|IBAN|BIC|spread|range)"`)

func TestEveryRuleOfADocumentHasASentence(t *testing.T) {
	w := For("en")
	found := map[string]bool{}
	for _, file := range []string{"check.go", "compute.go"} {
		source, err := os.ReadFile(filepath.Join("..", "..", "invoice", file))
		require.NoError(t, err)
		for _, m := range rule.FindAllStringSubmatch(string(source), -1) {
			found[m[1]] = true
		}
	}
	for _, c := range []string{"S", "Z", "E", "AE", "IC", "G", "O"} {
		delete(found, "BR-"+c) // the start of the two that follow
		found["BR-"+c+"-05"], found["BR-"+c+"-10"] = true, true
	}
	require.Greater(t, len(found), 30)
	for r := range found {
		require.True(t, w.Has("problem."+r), r)
	}
}

func TestProblemsNameFieldAndLine(t *testing.T) {
	w := For("en")
	require.Equal(t, "Line 3: A price cannot be negative. For money back, use a negative quantity or a credit note.",
		w.Problem(invoice.Problem{Field: "Lines[2].Price", Rule: "BR-27"}))
	require.Equal(t, "The customer's street is missing. An invoice needs the full address.",
		w.Problem(invoice.Problem{Field: "Buyer.Address.Street", Rule: "R-226-5"}))
	require.Equal(t, "The VAT number has a typing mistake: its check digits do not match.",
		w.Problem(invoice.Problem{Field: "Legal.VATID", Rule: "vat", Args: []string{"checksum"}}))
	require.Equal(t, "The days to pay must be between 0 and 365.",
		w.Problem(invoice.Problem{Field: "PaymentDays", Rule: "range", Args: []string{"0", "365"}}))
	require.Equal(t, "Something is wrong with the name.", w.Problem(invoice.Problem{Field: "Name", Rule: "new rule"}))
}

func TestErrorsNeverShowTheirOwnText(t *testing.T) {
	w := For("en")
	for _, e := range errorTexts {
		require.True(t, w.Has(e.key), e.key)
		require.Equal(t, w.T(e.key), w.Error(fmt.Errorf("context: %w", e.is)))
	}
	require.Equal(t, w.T("error.unknown"), w.Error(errors.New("secret detail")))
	require.Empty(t, w.Error(nil))
	require.Contains(t, w.Error(&store.TooSoonError{Wait: 40 * time.Second}), "40 seconds")
	require.Contains(t, w.Error(&store.DamagedError{Where: "notes"}), "notes")
	require.Contains(t, w.Error(&store.DamagedError{Where: "area", Area: "notes"}), "The notes in this file are not those")
	require.Contains(t, w.Error(&store.DamagedError{Where: "right to write", Area: "invoices", Commit: 12, ByName: "Jonas"}),
		"Something among the invoices was changed in a way that the profile of Jonas does not allow (change 12).")
	for _, area := range store.AreaWords() {
		require.True(t, w.Has("damaged.area."+area), area)
	}
	require.Contains(t, w.Error(&store.NoRightError{Right: store.IssueInvoices}), "Issue invoices")
	require.Contains(t, w.Error(&store.KitError{Group: 3}), "Group 3")
	require.Contains(t, w.Error(&paper.GlyphError{Rune: '🙂', Field: "Lines[0].Name"}), "U+1F642")
	for _, why := range []paper.PictureWhy{paper.PictureEmpty, paper.PictureNone, paper.PictureBroken, paper.PictureUnknown, paper.PictureHuge} {
		require.True(t, w.Has("error.picture."+string(why)), why)
	}
	require.Contains(t, w.Error(&paper.PictureError{Why: paper.PictureHuge}), "64 MB")
	require.Contains(t, w.Error(&paper.PictureError{Why: paper.PictureHuge, Width: 20000, Height: 9000}), "50 million")
	require.Contains(t, w.Error(invoice.Problems{{Field: "Name", Rule: "missing"}}), "Please fill in the name.")
}

func TestEveryRightAndRoleHasAName(t *testing.T) {
	w := For("en")
	for _, r := range store.Roles() {
		require.True(t, w.Has("role."+r.String()), r.String())
		for _, right := range r.Rights() {
			require.True(t, w.Has("right."+right.String()), right.String())
			require.NotEqual(t, "right."+right.String(), w.Right(right))
		}
	}
}

func TestEveryTextThatCanBeRefusedHasAName(t *testing.T) {
	w := For("en")
	for _, field := range []string{
		"Name", "Company", "Phone", "Email", "Address.Street", "Address.Street2", "Address.Postcode", "Address.City", "Address.Region", "VATID", "Language",
		"Text", "Code", "Unit", "Price", "Buyer.Name", "Buyer.Contact", "Buyer.VATID", "Buyer.TaxNumber", "Buyer.Address.Street", "Buyer.Address.Street2",
		"Buyer.Address.Postcode", "Buyer.Address.City", "Buyer.Address.Region", "BuyerReference", "Lines[3].Name", "Lines[3].Code", "Lines[3].Detail",
		"Lines[3].Unit", "Lines[3].Quantity", "Lines[3].Price", "Lines[3].Adjustments[0].Reason", "Lines[3].Tax.Reason", "Adjustments[0].Reason", "Terms", "Note",
		"Footer", "Legal.Name", "Legal.TaxNumber", "Legal.Address.Street", "Bank.Holder", "Bank.Name", "Bank.IBAN", "Seller.Name", "Seller.Address.Postcode",
		"Rates[0].Reason", "Nickname", "NumberPattern",
	} {
		name := w.Field(field)
		require.NotContains(t, field, name, "%s is called %q", field, name)
		require.Equal(t, strings.ToLower(name[:1]), name[:1], "%s is called %q in the middle of a sentence", field, name)
	}
}
