package sensitive

// Context: what the words near a number say it is.

import "strings"

// mark says what a word means for the numbers beside it.
type mark uint16

const (
	product mark = 1 << iota // IMEI, barcode, parcel: no card, no person
	order                    // order, article, invoice: no phone
	phoneWord
	birthWord
	cvvWord
	passportWord
	idCardWord
	secretWord // password, PIN: says it alone
	codeWord   // code, key: says it with a placeWord
	placeWord  // door, gate, alarm, Wi-Fi
	taxWord
	ibanWord
)

// marked holds the words, folded and split as tokens are.
var marked = func() map[string]mark {
	m := map[string]mark{}
	for k, words := range map[mark]string{
		product: "imei ean gtin isbn barcode strichcode cod_bare codigo_de_barras tracking awb sendungsnummer paket colis colissimo parcel przesylka spedizione envio pakket sn serial serie seriennummer seriennr barras bare barres kreskowy upc sscc kolli",
		order: "order bestellung bestellnummer bestell bestel bestelling bestelnummer bestelnr comanda comenzi commande pedido ordine zamowienie zamowienia encomenda encomendas auftrag auftragsnummer auftragsnr artikel artikelnummer artikelnr artnr art article articulo articolo artykul artigo articol sku ref reference referencia referenz " +
			"model modell modele modelo rechnung rechnungsnummer invoice factura facture fattura faktura fatura factuur charge lot batch partie ticket rma kundennummer kundennr beleg bon nr_art part teil teilenummer voucher gutschein lieferschein lieferscheinnr delivery pos preis price pret prix precio prezzo cena preco prijs eur euro lei zl pln usd chf gbp kwh km kg mm cm frame rahmennummer rahmen chassis vin quote angebot oferta devis deviz offerte",
		phoneWord:    "tel telefon telefoon telefono telefone telephone phone mobil mobile mobiel movil cell cellulare cel celular gsm handy handynummer telefonnummer telefoonnummer portable whatsapp wa viber signal call ring rufen anrufen anruf ruf suna sunati dzwonic zadzwonic dzwon appeler rappeler appelez llamar llama chiamare chiama bellen bel ligar liga kom komorka tlf telemovel fon mob sms fax natel telefonu telefonul numarul_de_telefon",
		birthWord:    "geb geboren geburtsdatum geburtstag gebdat geburt born dob birth birthdate birthday nee naissance nacido nacida nacimiento nac nato nata nascita nascido nascida nascimento nasc geboortedatum geboorte ur urodzony urodzona urodzenia urodzin urodz nascut nascuta nasterii nastere ne nacio nasceu nacque nata b",
		cvvWord:      "cvv cvc cid cvv2 cvc2 csc cryptogramme prufziffer prufnummer kartenprufnummer kartenprufziffer sicherheitscode beveiligingscode veiligheidscode securitycode",
		passportWord: "passport reisepass reisepassnummer reisepassnr passnummer passnr passnr paszport paszportu passeport pasaporte passaporto passaporte paspoort paspoortnummer pasaport pasaportul pasaportului",
		idCardWord:   "personalausweis personalausweisnummer ausweis ausweisnummer ausweisnr perso identite cni dni dowod dowodu identitatii identitate buletin buletinul ci seria identiteitskaart identiteitsbewijs rijbewijs identita identidad cidadao bi idcard idkaart fuhrerschein permis",
		secretWord:   "password passwort passwd passwort pwd pw kennwort passcode pin pincode motdepasse mdp contrasena clave haslo senha parola wachtwoord entsperrcode sperrcode entsperrmuster unlock tuercode turcode alarmcode torcode hausturcode haustuercode deurcode poortcode digicode zahlencode wifikey wlankey wlanschlussel pukcode puk toegangscode zugangscode codice_pin wifipasswort wlanpasswort passphrase pinul parole",
		codeWord:     "code cod codul kod kodu codigo codice key schlussel cle passe chiave kluczyk combination combinatie kombination combinaison zahlenkombination cheie cheia",
		placeWord:    "door gate alarm alarme alarma allarme alarmanlage tur tuer tor haustur haustuer garage wifi wlan wi interfon interphone porte portail portal portao porta puerta portero cancello citofono bramy bramki drzwi domofonu domofon klatki deur voordeur achterdeur poort portone portoncino furtka furtki furtce portillon usa poarta scara immeuble entree safe tresor seif coffre keybox lockbox schlusselbox schlusseltresor schlusselkasten keysafe entrance building edificio predio sejf sejfu garaz alarmu alarmei portei bloc",
		taxWord:      "vat tva iva ust ustid ustidnr uid mwst btw nip cui cif vies moms dic tax steuer fiscal piva ptu ico tin alv arvonlisavero dph pvm km pvn",
		ibanWord:     "iban",
	} {
		for w := range strings.FieldsSeq(words) {
			m[w] |= k
		}
	}
	return m
}()

// names are the words that name a kind of number, by word; each is "country.key"
// in lower case.
var names = func() map[string][]string {
	m := map[string][]string{}
	for rule, words := range map[string]string{
		"at.svnr": "svnr sv sozialversicherungsnummer sozialversicherung versicherungsnummer svnummer vsnr ecard", "at.steuernummer": "steuernummer steuernr stnr abgabenkontonummer",
		"be.rrn": "rijksregisternummer rijksregister rrn niss insz registre nrn nationaal", "be.enterprise": "ondernemingsnummer entreprise kbo bce btw tva",
		"bg.egn": "egn eгн егн", "ch.ahv": "ahv avs ahvn ahvnummer", "ch.uid": "uid ide idi mwst",
		"cy.tic": "tic αφτ tax tin", "cz.rc": "rc rodne rodneho rodnecislo", "sk.rc": "rc rodne rodneho rodnecislo", "cz.ico": "ico ic", "sk.ico": "ico", "sk.dic": "dic",
		"de.idnr": "steuer steuerid steuernummer idnr identifikationsnummer steueridentifikationsnummer tin steuerliche", "de.rvnr": "rentenversicherungsnummer sozialversicherungsnummer rv rvnr sv svnr versicherungsnummer",
		"dk.cpr": "cpr cprnr personnummer", "dk.cvr": "cvr", "ee.isikukood": "isikukood ik", "lt.asmens-kodas": "asmens ak kodas",
		"es.dni": "dni nif", "es.nie": "nie", "es.cif": "cif nif", "es.nss": "seguridad nss ss", "fi.hetu": "hetu henkilotunnus", "fi.y-tunnus": "tunnus ytunnus",
		"fr.nir": "secu securite nir vitale nss", "fr.spi": "fiscal spi fiscale impots", "fr.siren": "siren siret",
		"gb.nino": "ni nino insurance", "gb.nhs": "nhs", "gb.utr": "utr", "gr.amka": "amka αμκα", "gr.afm": "afm αφμ",
		"hr.oib": "oib", "hr.jmbg": "jmbg", "si.emso": "emso", "si.davcna": "davcna", "hu.szemelyi": "szemelyi", "hu.taj": "taj", "hu.adoazonosito": "adoazonosito ado",
		"ie.ppsn": "pps ppsn", "it.cf": "cf fiscale", "it.piva": "piva iva partita", "lu.matricule": "matricule cns", "lv.personas-kods": "personas pk", "lv.personas-kods-2017": "personas pk",
		"mt.id": "id identity", "nl.bsn": "bsn burgerservicenummer sofinummer sofi", "no.fnr": "fodselsnummer fnr personnummer", "no.orgnr": "orgnr org organisasjonsnummer",
		"pl.pesel": "pesel peselu", "pl.nip": "nip nipu", "pl.regon": "regon", "pt.nif": "nif contribuinte nipc", "pt.cc": "cc cidadao", "pt.niss": "niss social",
		"ro.cnp": "cnp", "ro.cui": "cui cif fiscal", "se.personnummer": "personnummer pnr", "se.personnummer-10": "personnummer pnr", "se.orgnr": "orgnr organisationsnummer org",
		"us.ssn": "ssn social", "us.itin": "itin", "us.ein": "ein",
	} {
		for w := range strings.FieldsSeq(words) {
			m[w] = append(m[w], rule)
		}
	}
	return m
}()

// context finds what each word says.
func (s *scanner) context() {
	s.marks = make([]mark, len(s.tokens))
	for i := range s.tokens {
		if !s.tokens[i].digits {
			s.marks[i] = marked[string(s.word(i))]
		}
	}
}

// lines counts the line breaks before a token.
func (s *scanner) lines(i int) int {
	return strings.Count(string(s.gap(i)), "\n")
}

// near looks at the tokens before one and behind another, at most so many, not
// further than the next line, and stops at the first that satisfies.
func (s *scanner) near(from, to, before, after int, is func(i int) bool) bool {
	for i, breaks := from-1, s.breaks(from); i >= 0 && i >= from-before && breaks < 2; i-- {
		if is(i) {
			return true
		}
		breaks += s.breaks(i)
	}
	for i, breaks := to+1, 0; i < len(s.tokens) && i <= to+after; i++ {
		if breaks += s.lines(i); breaks > 0 {
			break
		}
		if is(i) {
			return true
		}
	}
	return false
}

// breaks is lines for a token that may be the first.
func (s *scanner) breaks(i int) int {
	if i == 0 {
		return 0
	}
	return s.lines(i)
}

// says reports whether a word of a kind stands near.
func (s *scanner) says(m mark, from, to, before, after int) bool {
	return s.near(from, to, before, after, func(i int) bool { return s.marks[i]&m != 0 })
}

// sameLine is says for words before a number on its own line only.
func (s *scanner) sameLine(m mark, from, before int) bool {
	for i := from - 1; i >= 0 && i >= from-before && s.lines(i+1) == 0; i-- {
		if s.marks[i]&m != 0 {
			return true
		}
	}
	return false
}

// named reports whether a word near names a kind of number.
func (s *scanner) named(rule string, from, to int) bool {
	return s.near(from, to, 5, 4, func(i int) bool {
		for _, r := range names[string(s.word(i))] {
			if r == rule {
				return true
			}
		}
		return false
	})
}
