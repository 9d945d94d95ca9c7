package sample

// Goods: the price list, at every rate a framer in Vienna has to do with.

import (
	"github.com/shopspring/decimal"

	"counterbook/invoice"
	"counterbook/store"
)

func dec(s string) decimal.Decimal { return decimal.RequireFromString(s) }

func rate(percent string) invoice.Tax {
	return invoice.Tax{Category: invoice.Standard, Rate: dec(percent)}
}

// exempt is for courses; the reason is printed, in the language of most documents.
var exempt = invoice.Tax{Category: invoice.Exempt, Reason: "Unterricht, steuerfrei (§ 6 Abs. 1 Z 11 UStG)"}

var goods = []store.Item{
	{Code: "FR-4060", Name: "Frame, walnut 40×60", Unit: "pc", Price: dec("58.00"), Tax: rate("20")},
	{Code: "FR-3040", Name: "Frame, oak 30×40", Unit: "pc", Price: dec("42.00"), Tax: rate("20")},
	{Code: "GL-M", Name: "Museum glass, cut to size", Unit: "m²", Price: dec("94.00"), Tax: rate("20")},
	{Code: "PR-M", Name: "Print, matte", Unit: "pc", Price: dec("24.50"), Tax: rate("10")},
	{Code: "PP-3", Name: "Passe-partout, cream", Unit: "pc", Price: dec("12.80"), Tax: rate("20")},
	{Code: "WK-H", Name: "Workshop hour", Unit: "h", Price: dec("64.00"), Tax: rate("20")},
	{Code: "BK-01", Name: "Book on framing", Unit: "pc", Price: dec("18.00"), Tax: rate("10")},
	{Code: "FR-5070", Name: "Frame, lime wood, white 50×70", Unit: "pc", Price: dec("66.50"), Tax: rate("20")},
	{Code: "FR-2030", Name: "Frame, maple 20×30", Unit: "pc", Price: dec("29.90"), Tax: rate("20")},
	{Code: "FR-A4", Name: "Frame for certificates, A4, black", Unit: "pc", Price: dec("21.50"), Tax: rate("20")},
	{Code: "FR-7010", Name: "Frame, oak, deep 70×100", Unit: "pc", Price: dec("128.00"), Tax: rate("20")},
	{Code: "MO-G12", Name: "Moulding, gilded, 12 mm", Unit: "m", Price: dec("38.40"), Tax: rate("20")},
	{Code: "MO-B20", Name: "Moulding, beech, 20 mm", Unit: "m", Price: dec("16.20"), Tax: rate("20")},
	{Code: "GL-C", Name: "Clear glass, cut to size", Unit: "m²", Price: dec("31.00"), Tax: rate("20")},
	{Code: "GL-A", Name: "Acrylic glass, 3 mm", Unit: "m²", Price: dec("72.00"), Tax: rate("20")},
	{Code: "PP-1", Name: "Passe-partout, white, bevelled", Unit: "pc", Price: dec("14.60"), Tax: rate("20")},
	{Code: "BK-A", Name: "Backing board, acid-free", Unit: "pc", Price: dec("6.90"), Tax: rate("20")},
	{Code: "HG-2", Name: "Hanging set, two hooks and wire", Unit: "set", Price: dec("4.50"), Tax: rate("20")},
	{Code: "ST-C", Name: "Stretching a canvas, by the metre", Unit: "m", Price: dec("19.00"), Tax: rate("20")},
	{Code: "RE-D", Name: "Repair of a moulding", Unit: "h", Price: dec("72.00"), Tax: rate("20")},
	{Code: "DL-V", Name: "Delivery within Vienna", Unit: "trip", Price: dec("22.00"), Tax: rate("20")},
	{Code: "PR-E", Name: "Etching, signed, edition of 50", Unit: "pc", Price: dec("180.00"), Tax: rate("13")},
	{Code: "PR-W", Name: "Watercolour, by local artists", Unit: "pc", Price: dec("240.00"), Tax: rate("13")},
	{Code: "PR-L", Name: "Linocut, coloured", Unit: "pc", Price: dec("95.00"), Tax: rate("13")},
	{Code: "PC-1", Name: "Postcard of old Vienna", Unit: "pc", Price: dec("1.50"), Tax: rate("20")},
	{Code: "BK-02", Name: "Catalogue, Viennese frames", Unit: "pc", Price: dec("32.00"), Tax: rate("10")},
	{Code: "CL-E", Name: "Evening course, gilding", Unit: "seat", Price: dec("85.00"), Tax: exempt},
	{Code: "GV", Name: "Gift voucher", Unit: "pc", Price: dec("50.00"), Tax: invoice.Tax{Category: invoice.ZeroRated}},
}
