// This file holds the numbers that identify persons and tax payers: one table of
// all countries, and how a number is read against a row of it.

package ident

import (
	"errors"
	"time"
)

// ErrDate is the error of a number whose digits are no day of the calendar.
var ErrDate = errors.New("ident: the digits are no date")

// Strength says how much a number proves by its form alone.
type Strength uint8

// A Strong number has a date and check digits: chance hardly ever makes one. A
// Weak one has check digits, or a telling form. One that is Named has so little
// that it says nothing without a word beside it.
const (
	Named Strength = iota
	Weak
	Strong
)

// National is one kind of number of one country.
type National struct {
	Country  string // ISO 3166-1 alpha-2
	Key      string // lower case, stable: "pesel"
	Name     string // as its country calls it
	Tax      bool   // the number of a tax payer, often a business
	Strength Strength
	// Forms are the shapes of the normal form: 9 is a digit, A a letter, X
	// either, any other character itself.
	Forms []string
	// Sign tells how a number is written that is Strong only so: this character
	// stands before the digit SignAt.
	Sign   byte
	SignAt int

	read func(n string) (time.Time, error)
}

// Nationals returns the table. It must not be changed.
func Nationals() []National { return nationals }

// Parse reads a number with the separators people write. The date is that of
// birth where the number holds one; a number without a century is read as of the
// twentieth, and one without a day as of the first.
func (n *National) Parse(s string) (normalForm string, born time.Time, err error) {
	c, err := normal(s)
	if err != nil {
		return "", time.Time{}, err
	}
	born, err = n.ParseNormal(c)
	if err != nil {
		return "", time.Time{}, err
	}
	return c, born, nil
}

// ParseNormal reads a number in capitals without separators.
func (n *National) ParseNormal(c string) (time.Time, error) {
	long, fits := false, false
	for _, f := range n.Forms {
		long = long || len(f) == len(c)
		fits = fits || HasForm(c, f)
	}
	switch {
	case !long:
		return time.Time{}, ErrLength
	case !fits:
		return time.Time{}, ErrFormat
	}
	return n.read(c)
}

// HasForm reports whether a number in its normal form has one of the Forms.
func HasForm(n, form string) bool {
	if len(n) != len(form) {
		return false
	}
	for i := range len(n) {
		digit, letter := n[i] >= '0' && n[i] <= '9', n[i] >= 'A' && n[i] <= 'Z'
		switch form[i] {
		case '9':
			if !digit {
				return false
			}
		case 'A':
			if !letter {
				return false
			}
		case 'X':
			if !digit && !letter {
				return false
			}
		default:
			if n[i] != form[i] {
				return false
			}
		}
	}
	return true
}

// nationals is the table. The comments name who defines each format.
var nationals = []National{
	// Dachverband der Sozialversicherungsträger; Bundesministerium für Finanzen.
	{Country: "AT", Key: "svnr", Name: "Sozialversicherungsnummer", Strength: Weak, Forms: []string{"9999999999"}, Sign: ' ', SignAt: 4, read: readATPerson},
	{Country: "AT", Key: "steuernummer", Name: "Steuernummer", Tax: true, Strength: Named, Forms: []string{"999999999"}, read: checked(luhn)},
	// Rijksregister, Koninklijk Besluit of 3 April 1984.
	{Country: "BE", Key: "rrn", Name: "Rijksregisternummer", Strength: Strong, Forms: []string{"99999999999"}, read: readBE},
	{Country: "BE", Key: "enterprise", Name: "Ondernemingsnummer", Tax: true, Strength: Named, Forms: []string{"0999999999", "1999999999"}, read: checked(validBE)},
	// ГРАО, Наредба РД-02-20-9 (2012).
	{Country: "BG", Key: "egn", Name: "ЕГН", Strength: Weak, Forms: []string{"9999999999"}, read: readBG},
	// Bundesamt für Sozialversicherungen; UIDG for businesses.
	{Country: "CH", Key: "ahv", Name: "AHV-Nummer", Strength: Strong, Forms: []string{"7569999999999"}, read: checked(ean13)},
	{Country: "CH", Key: "uid", Name: "UID", Tax: true, Strength: Weak, Forms: []string{"CHE999999999"}, read: checked(func(n string) bool { return validCH(n[2:]) })},
	// Τμήμα Φορολογίας; the register of civil numbers has no check digit.
	{Country: "CY", Key: "tic", Name: "ΑΦΤ", Tax: true, Strength: Weak, Forms: []string{"99999999A"}, read: checked(validCY)},
	// Zákon 133/2000 Sb. and zákon 301/1995 Z. z.
	{Country: "CZ", Key: "rc", Name: "Rodné číslo", Strength: Weak, Forms: []string{"9999999999"}, Sign: '/', SignAt: 6, read: readCZ},
	{Country: "CZ", Key: "ico", Name: "IČO", Tax: true, Strength: Named, Forms: []string{"99999999"}, read: checked(validICO)},
	{Country: "SK", Key: "rc", Name: "Rodné číslo", Strength: Weak, Forms: []string{"9999999999"}, Sign: '/', SignAt: 6, read: readCZ},
	{Country: "SK", Key: "ico", Name: "IČO", Tax: true, Strength: Named, Forms: []string{"99999999"}, read: checked(validICO)},
	{Country: "SK", Key: "dic", Name: "DIČ", Tax: true, Strength: Named, Forms: []string{"9999999999"}, read: checked(func(n string) bool { return number(n)%11 == 0 })},
	// Bundeszentralamt für Steuern, § 139b AO; VKVV § 2 for pensions.
	{Country: "DE", Key: "idnr", Name: "Steuer-ID", Tax: true, Strength: Weak, Forms: []string{"99999999999"}, read: checked(validDETax)},
	{Country: "DE", Key: "rvnr", Name: "Rentenversicherungsnummer", Strength: Strong, Forms: []string{"99999999A999"}, read: readDEPension},
	// Det Centrale Personregister: no check digit since 2007. CVR-loven.
	{Country: "DK", Key: "cpr", Name: "CPR-nummer", Strength: Weak, Forms: []string{"9999999999"}, read: readDK},
	{Country: "DK", Key: "cvr", Name: "CVR-nummer", Tax: true, Strength: Named, Forms: []string{"99999999"}, read: checked(vatRules["DK"].valid)},
	// EVS 585:2007; Lietuvos Respublikos gyventojų registro įstatymas.
	{Country: "EE", Key: "isikukood", Name: "Isikukood", Strength: Strong, Forms: []string{"99999999999"}, read: readBaltic},
	{Country: "LT", Key: "asmens-kodas", Name: "Asmens kodas", Strength: Strong, Forms: []string{"99999999999"}, read: readBaltic},
	// Ministerio del Interior, Real Decreto 1553/2005; Orden EHA/451/2008.
	{Country: "ES", Key: "dni", Name: "DNI", Strength: Weak, Forms: []string{"99999999A"}, read: checked(validES)},
	{Country: "ES", Key: "nie", Name: "NIE", Strength: Weak, Forms: []string{"X9999999A", "Y9999999A", "Z9999999A"}, read: checked(validES)},
	{Country: "ES", Key: "cif", Name: "NIF", Tax: true, Strength: Weak, Forms: []string{"A9999999X"}, read: checked(validES)},
	{Country: "ES", Key: "nss", Name: "Número de la Seguridad Social", Strength: Weak, Forms: []string{"999999999999"}, read: checked(validESSocial)},
	// Digi- ja väestötietovirasto: asetus 128/2010, signs of 2023; Y-tunnus.
	{Country: "FI", Key: "hetu", Name: "Henkilötunnus", Strength: Weak, Forms: []string{"999999999X", "999999A999X"}, Sign: '-', SignAt: 6, read: readFI},
	{Country: "FI", Key: "y-tunnus", Name: "Y-tunnus", Tax: true, Strength: Named, Forms: []string{"99999999"}, read: checked(validFI)},
	// INSEE, Code de la sécurité sociale R. 161-1; DGFiP; SIREN, SIRET.
	{Country: "FR", Key: "nir", Name: "Numéro de sécurité sociale", Strength: Strong, Forms: []string{"999999999999999", "999992A99999999"}, read: readFR},
	{Country: "FR", Key: "spi", Name: "Numéro fiscal", Tax: true, Strength: Weak, Forms: []string{"0999999999999", "1999999999999", "2999999999999", "3999999999999"}, read: checked(validFRTax)},
	{Country: "FR", Key: "siren", Name: "SIREN", Tax: true, Strength: Named, Forms: []string{"999999999", "99999999999999"}, read: checked(luhn)},
	// HMRC NIM39110; NHS Data Dictionary; HMRC for the UTR.
	{Country: "GB", Key: "nino", Name: "National Insurance number", Strength: Weak, Forms: []string{"AA999999A"}, read: checked(validNINO)},
	{Country: "GB", Key: "nhs", Name: "NHS number", Strength: Weak, Forms: []string{"9999999999"}, read: checked(validNHS)},
	{Country: "GB", Key: "utr", Name: "UTR", Tax: true, Strength: Named, Forms: []string{"9999999999"}, read: checked(validUTR)},
	// ΗΔΙΚΑ; ΑΑΔΕ.
	{Country: "GR", Key: "amka", Name: "ΑΜΚΑ", Strength: Strong, Forms: []string{"99999999999"}, read: readGR},
	{Country: "GR", Key: "afm", Name: "ΑΦΜ", Tax: true, Strength: Weak, Forms: []string{"999999999"}, read: checked(func(n string) bool { return n != "000000000" && validEL(n) })},
	// Zakon o osobnom identifikacijskom broju; Zakon o matičnom broju.
	{Country: "HR", Key: "oib", Name: "OIB", Strength: Weak, Forms: []string{"99999999999"}, read: checked(mod11and10)},
	{Country: "HR", Key: "jmbg", Name: "JMBG", Strength: Strong, Forms: []string{"9999999399999"}, read: readJMBG},
	{Country: "SI", Key: "emso", Name: "EMŠO", Strength: Strong, Forms: []string{"9999999599999"}, read: readJMBG},
	{Country: "SI", Key: "davcna", Name: "Davčna številka", Tax: true, Strength: Named, Forms: []string{"99999999"}, read: checked(func(n string) bool { return n[0] != '0' && validSI(n) })},
	// 1996. évi XX. törvény.
	{Country: "HU", Key: "szemelyi", Name: "Személyi azonosító", Strength: Strong, Forms: []string{"99999999999"}, read: readHU},
	{Country: "HU", Key: "taj", Name: "TAJ-szám", Strength: Weak, Forms: []string{"999999999"}, read: checked(validTAJ)},
	{Country: "HU", Key: "adoazonosito", Name: "Adóazonosító jel", Tax: true, Strength: Weak, Forms: []string{"8999999999"}, read: readHUTax},
	// Social Welfare Consolidation Act 2005, s. 262.
	{Country: "IE", Key: "ppsn", Name: "PPSN", Strength: Weak, Forms: []string{"9999999A", "9999999AA"}, read: checked(validPPSN)},
	// Decreto ministeriale 23 dicembre 1976 (codice fiscale, partita IVA).
	{Country: "IT", Key: "cf", Name: "Codice fiscale", Strength: Strong, Forms: []string{"AAAAAAXXAXXAXXXA"}, read: readIT},
	{Country: "IT", Key: "piva", Name: "Partita IVA", Tax: true, Strength: Named, Forms: []string{"99999999999"}, read: checked(luhn)},
	// Loi du 19 juin 2013, règlement grand-ducal du 28 novembre 2013.
	{Country: "LU", Key: "matricule", Name: "Matricule", Strength: Strong, Forms: []string{"9999999999999"}, read: readLU},
	// Fizisko personu reģistra likums; no date since July 2017.
	{Country: "LV", Key: "personas-kods", Name: "Personas kods", Strength: Strong, Forms: []string{"99999999999"}, read: readLV},
	{Country: "LV", Key: "personas-kods-2017", Name: "Personas kods", Strength: Named, Forms: []string{"32999999999"}, read: checked(nil)},
	// Identity Card Act, cap. 258: no check digit.
	{Country: "MT", Key: "id", Name: "ID card number", Strength: Weak, Forms: []string{"9999999A"}, read: checked(validMT)},
	// Wet algemene bepalingen burgerservicenummer: the elfproef.
	{Country: "NL", Key: "bsn", Name: "BSN", Strength: Weak, Forms: []string{"999999999"}, read: checked(validBSN)},
	// Skatteetaten; Brønnøysundregistrene.
	{Country: "NO", Key: "fnr", Name: "Fødselsnummer", Strength: Strong, Forms: []string{"99999999999"}, read: readNO},
	{Country: "NO", Key: "orgnr", Name: "Organisasjonsnummer", Tax: true, Strength: Named, Forms: []string{"899999999", "999999999"}, read: checked(validNO)},
	// Ustawa o ewidencji ludności (2010); ustawa z 13.10.1995; GUS.
	{Country: "PL", Key: "pesel", Name: "PESEL", Strength: Strong, Forms: []string{"99999999999"}, read: readPL},
	{Country: "PL", Key: "nip", Name: "NIP", Tax: true, Strength: Weak, Forms: []string{"9999999999"}, read: checked(validPL)},
	{Country: "PL", Key: "regon", Name: "REGON", Tax: true, Strength: Named, Forms: []string{"999999999"}, read: checked(validREGON)},
	// Decreto-Lei 14/2013; Lei 7/2007; Segurança Social.
	{Country: "PT", Key: "nif", Name: "NIF", Tax: true, Strength: Weak, Forms: []string{"999999999"}, read: checked(validNIF)},
	{Country: "PT", Key: "cc", Name: "Cartão de Cidadão", Strength: Strong, Forms: []string{"999999999XX9"}, read: checked(validCC)},
	{Country: "PT", Key: "niss", Name: "NISS", Strength: Weak, Forms: []string{"19999999999", "29999999999"}, read: checked(validNISS)},
	// OUG 97/2005; Codul de procedură fiscală.
	{Country: "RO", Key: "cnp", Name: "CNP", Strength: Strong, Forms: []string{"9999999999999"}, read: readRO},
	{Country: "RO", Key: "cui", Name: "CUI", Tax: true, Strength: Named, Forms: []string{"999999", "9999999", "99999999", "999999999", "9999999999"}, read: checked(func(n string) bool { return n[0] != '0' && validRO(n) })},
	// Folkbokföringslagen § 18; Skatteverket SKV 709.
	{Country: "SE", Key: "personnummer", Name: "Personnummer", Strength: Strong, Forms: []string{"999999999999"}, read: readSE},
	{Country: "SE", Key: "personnummer-10", Name: "Personnummer", Strength: Weak, Forms: []string{"9999999999"}, Sign: '-', SignAt: 6, read: readSE},
	{Country: "SE", Key: "orgnr", Name: "Organisationsnummer", Tax: true, Strength: Named, Forms: []string{"9999999999"}, read: checked(func(n string) bool { return n[2] >= '2' && luhn(n) })},
	// SSA POMS RM 10201.030; IRS publications 1915 and 1635.
	{Country: "US", Key: "ssn", Name: "SSN", Strength: Weak, Forms: []string{"999999999"}, read: checked(validSSN)},
	{Country: "US", Key: "itin", Name: "ITIN", Tax: true, Strength: Weak, Forms: []string{"999999999"}, read: checked(validITIN)},
	{Country: "US", Key: "ein", Name: "EIN", Tax: true, Strength: Named, Forms: []string{"999999999"}, read: checked(validEIN)},
}

// checked is how a number is read that holds no date.
func checked(valid func(string) bool) func(string) (time.Time, error) {
	return func(n string) (time.Time, error) {
		if valid != nil && !valid(n) {
			return time.Time{}, ErrChecksum
		}
		return time.Time{}, nil
	}
}
