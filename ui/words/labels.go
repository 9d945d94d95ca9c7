// Labels of documents, from the texts that start with "paper.".

package words

import (
	"strings"

	"counterbook/assets"
	"counterbook/invoice/paper"
)

// Labels returns the labels of documents in a language.
func Labels(lang string) paper.Labels { return For(lang).labels }

// Labels returns the labels of documents in this language.
func (w *Words) Labels() paper.Labels { return w.labels }

// DocumentLanguages returns the languages documents can be written in.
func DocumentLanguages() []string {
	var found []string
	for _, f := range assets.Texts() {
		if strings.HasPrefix(f.Name, "paper.") {
			found = append(found, f.Language())
		}
	}
	return found
}

// countries are the codes of the countries that have a name in the texts.
var countries = strings.Fields(`AT AU BE BG CA CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LI LT LU LV MC MT NL
	NO PL PT RO RS SE SI SK SM TR UA US`)

// Countries returns the ISO 3166-1 alpha-2 codes of the countries that can be
// chosen by name.
func Countries() []string { return append([]string(nil), countries...) }

// Country returns the name of a country, its code where there is none.
func (w *Words) Country(code string) string {
	if name, ok := w.labels.Countries[code]; ok {
		return name
	}
	return code
}

func (w *Words) paperLabels() paper.Labels {
	t := func(key string) string { return w.T("paper." + key) }
	l := paper.Labels{
		Invoice: t("invoice"), CreditNote: t("credit"), Corrected: t("corrected"), Draft: t("draft"),
		Number: t("number"), Date: t("date"), Due: t("due"), Supply: t("supply"), SupplySame: t("supplySame"),
		BuyerReference: t("buyerReference"), BuyerVAT: t("buyerVAT"), Preceding: t("preceding"), Attention: t("attention"),
		Item: t("item"), Quantity: t("quantity"), Price: t("price"), Discount: t("discount"), VAT: t("vat"),
		Amount: t("amount"), PriceBase: t("priceBase"),
		Lines: t("lines"), Net: t("net"), VATOn: t("vatOn"), Untaxed: t("untaxed"), Total: t("total"),
		Prepaid: t("prepaid"), Rounding: t("rounding"), AmountDue: t("amountDue"),
		Pay: t("pay"), PayBy: t("payBy"), PayNow: t("payNow"), Scan: t("scan"), Holder: t("holder"), IBAN: t("iban"), BIC: t("bic"),
		Bank: t("bank"), Reference: t("reference"), VATID: t("vatID"), TaxNumber: t("taxNumber"), Page: t("page"),
		Decimal: t("decimal"), Thousands: t("thousands"), Percent: t("percent"), Money: t("money"),
		DatePattern: t("datePattern"), Countries: map[string]string{},
	}
	copy(l.Months[:], strings.Fields(t("months")))
	copy(l.MonthsShort[:], strings.Fields(t("monthsShort")))
	for _, code := range countries {
		l.Countries[code] = t("country." + code)
	}
	return l
}
