package sensitive

// The words that say what a number beside them is.

import "strings"

// marked holds the words, folded and split as tokens are.
var marked = func() map[string]mark {
	m := map[string]mark{}
	for k, words := range map[mark]string{
		product: "imei ean gtin isbn barcode strichcode cod_bare codigo_de_barras tracking awb sendungsnummer paket colis colissimo parcel przesylka spedizione envio pakket sn serial serie seriennummer seriennr barras bare barres kreskowy upc sscc kolli",
		order: "order bestellung bestellnummer bestell bestel bestelling bestelnummer bestelnr comanda comenzi commande pedido ordine zamowienie zamowienia encomenda encomendas auftrag auftragsnummer auftragsnr artikel artikelnummer artikelnr artnr art article articulo articolo artykul artigo articol sku ref reference referencia referenz " +
			"model modell modele modelo modello rechnung rechnungsnummer invoice factura facture fattura faktura fatura factuur charge lot batch partie ticket rma kundennummer kundennr beleg bon nr_art part teil teilenummer voucher gutschein lieferschein lieferscheinnr delivery pos preis price pret prix precio prezzo cena preco prijs eur euro lei zl pln usd chf gbp kwh km kg mm cm frame rahmennummer rahmen chassis vin quote angebot oferta devis deviz offerte",
		phoneWord: "tel telefon telefoon telefono telefone telephone phone mobil mobile mobiel movil cell cellulare cel celular gsm handy handynummer telefonnummer telefoonnummer portable whatsapp wa viber signal call ring rufen anrufen anruf ruf suna sunati dzwonic zadzwonic dzwon appeler rappeler appelez llamar llama chiamare chiama bellen bel ligar liga kom komorka tlf telemovel fon mob sms fax natel landline festnetz festnetznummer fixe fixo fijo vaste stacjonarny telefonu telefonul numarul_de_telefon",
		birthWord: "geb geboren geburtsdatum geburtstag gebdat geburt born dob birth birthdate birthday nee naissance nacido nacida nacimiento nac nato nata nascita nascido nascida nascimento nasc geboortedatum geboorte ur urodzony urodzona urodzenia urodzin urodz nascut nascuta nasterii nastere ne nacio nasceu nacque nata b " +
			"gebore geborn geborene geborener geborenen gebtag gebdatum gebjahr geburtsjahr geburtsdat geburtsd bday gebtg naiss naissances " +
			"nacieron naci nasceram nasci datanasc nato nati nate nacque " +
			"urodzil urodzila urodzilo nascuti nascute nascutului ddn fdn fechanac geboortedat geboortedag geboortejaar gebor verj",
		cvvWord: "cvv cvc cid cvv2 cvc2 csc cryptogramme prufziffer prufnummer kartenprufnummer kartenprufziffer sicherheitscode beveiligingscode veiligheidscode securitycode " +
			"cvn cav cav2 cvv1 crypto kpn kartenprufnr prufnr prufz kartenprufz kartencode kreditkartencode kaartcode verificatiecode kaartverificatiecode verifikationscode verifizierungscode sicherheitsnummer sicherheitszahl veiligheidsnummer",
		passportWord: "passport reisepass reisepassnummer reisepassnr passnummer passnr passnr paszport paszportu passeport pasaporte passaporto passaporte paspoort paspoortnummer pasaport pasaportul pasaportului " +
			"passports reisepasses passeports pasaportes passaporti passaportes paspoorten paspnr pasp paszportem paszportow pasapoarte pasaportului reisedokument reispas",
		idCardWord: "personalausweis personalausweisnummer ausweis ausweisnummer ausweisnr perso identite cni dni dowod dowodu identitatii identitate buletin buletinul ci seria identiteitskaart identiteitsbewijs rijbewijs identita identidad cidadao bi idcard idkaart fuhrerschein permis " +
			"personalausweises personalausweisnr perso ausweiskopie identitatskarte identitatskartennummer idk fuhrerscheinnummer fuhrerscheinnr aufenthaltstitel aufenthaltserlaubnis " +
			"legitimatie legitimatiebewijs legitymacja legitymacji eid idkarte idnummer idcards verblijfsdocument verblijfsvergunning rijbewijsnummer dnie cnibe patente " +
			"conducir conducao conduire conducere prawko prawka osobisty osobistego dowodem legitimacion legitimacao identificacion identificacao",
		secretWord: "password passwort passwd passwort pwd pw kennwort passcode pin pincode motdepasse mdp contrasena clave haslo senha parola wachtwoord entsperrcode sperrcode entsperrmuster unlock tuercode turcode alarmcode torcode hausturcode haustuercode deurcode poortcode digicode zahlencode wifikey wlankey wlanschlussel pukcode puk toegangscode zugangscode codice_pin wifipasswort wlanpasswort passphrase pinul parole " +
			"psw psswd pswd passw passcodes pincodes login logindaten zugangsdaten loggin ww wachtwoorden haslem hasla hasel senhas parolei parolele parolen contrasenas contrasenya " +
			"entsperren entriegeln entsperrung entriegelung freischaltcode unlocks unlocked unlocking deverrouiller deverrouillage debloquer deblocage desbloquear desbloqueo desbloqueio desbloquea sbloccare sblocco sblocca sbloccarlo " +
			"ontgrendelen ontgrendeling ontgrendel odblokowac odblokowania odblokowanie odblokuj blokady blokada deblocare deblochez deblocheaza deblocat " +
			"icloud appleid tastensperre displaysperre bildschirmsperre simpin simcode wpa wpa2 pinnummer pinkode pinzahl pinnr geheimzahl geheimnummer geheimcode digicodes codepin",
		codeWord: "code cod codul kod kodu codigo codice key schlussel cle passe chiave kluczyk combination combinatie kombination combinaison zahlenkombination cheie cheia " +
			"codes codigos codici coduri kody koden kodem kombi combo zugang acces access acceso accesso acesso toegang dostepu dostep acces schlusselnummer",
		placeWord: "door gate alarm alarme alarma allarme alarmanlage tur tuer tor haustur haustuer garage wifi wlan wi interfon interphone porte portail portal portao porta puerta portero cancello citofono bramy bramki drzwi domofonu domofon klatki deur voordeur achterdeur poort portone portoncino furtka furtki furtce portillon usa poarta scara immeuble entree safe tresor seif coffre keybox lockbox schlusselbox schlusseltresor schlusselkasten keysafe entrance building edificio predio sejf sejfu garaz alarmu alarmei portei bloc " +
			"lobby entry hall gatehouse stairs staircase block barrier carpark garages shed parking residence batiment bat grille barriere sas portillons accueil verja cancela bloque finca garaje trastero palazzo condominio scala ingresso box portineria " +
			"hek portiek gebouw flat berging slagboom ingang kelder brama bramka wejscie wejscia blok bloku szlaban szlabanu garazu klatka furtki drzwiami predial condominio garagem entrada intrare intrarea intrarii garaj bariera curte hof hoftor keller treppenhaus eingang hauseingang schranke hoftur wohnung " +
			"fahrradschloss fietsslot fietsenkelder cijferslot schloss padlock bikelock antivol candado lucchetto klodka klodki lacat cadeado slot",
		taxWord: "vat tva iva ust ustid ustidnr uid mwst btw nip cui cif vies moms dic tax steuer fiscal piva ptu ico tin alv arvonlisavero dph pvm km pvn",
		lockWord: "alarm alarme alarms alarmanlage alarmanlagen alarma allarme antifurto alarmu alarmie alarmowy alarmowa alarmei alarmsystem alarmsysteem alarmpaneel alarmzentrale inbraakalarm zahlenschloss fahrradschloss cijferslot fietsslot padlock antivol cofre coffre seif seiful sejf sejfu sejfie " +
			"tresor haustresor kluis kluisje sleutelkluis sleutelkluisje sleutelkastje sleutelkast sleutelbox schlusseltresor schlusselbox schlusselsafe schlusselkasten schlusselkastchen keybox keysafe lockbox keyholder cassaforte skrytka skrytce skrytki ",
		intercomWord: "interphone interfon interfonul intercom sprechanlage gegensprechanlage digicode portero telefonillo videoportero citofono videocitofono domofon domofonu domofonem videofoon parlofoon porteiro",
		deviceWord: "phone smartphone iphone ipad ipod tablet tab tablette tablete tableta tabletu samsung galaxy huawei xiaomi redmi pixel oneplus nokia motorola android handy natel telefon telefonu telefonul telefonului telefoon telefono telefone telemovel movil cellulare mobile mobil portable gsm komorka komorki komorke telefonem " +
			"laptop laptopa laptopul laptops notebook pc computer macbook imac ordi ordinateur ordenador portatil portatile portatil rechner computadora komputer komputera calculator calculatorul sim watch smartwatch uhr lock blocare blocat blocarea blokady blokowania blokada ekranu ecranului bloqueo bloqueio blocco verrouillage verrou sperrbildschirm lockscreen schermvergrendeling vergrendeling tel",
		patternWord: "pattern patterns swipe swipes muster wischmuster wischcode entsperrmuster sperrmuster musterentsperrung schema schemas motif dessin patron trazo dibujo segno sequenza padrao desenho wzor wzorek wzoru szlaczek gest patroon veegpatroon ontgrendelpatroon traco",
		backWord:    "back behind reverse rear atras detras dorso reverso trasera posterior dos verso arriere derriere hinten ruckseite ruckseitig hinterseite retro dietro achter achterop achterkant achterzijde tyl tylu odwrocie rewersie spate spatele verso tras costas",
		addressWord: "address addr adresse adres adresu adresem addresse anschrift lieferadresse lieferanschrift rechnungsadresse wohnadresse privatadresse heimadresse adressen adresa adresei domicilio domicile direccion indirizzo ind morada endereco woonadres bezorgadres leveradres afleveradres huisadres thuisadres domiciliu domiciliul adresul wohnt wohnhaft habite vive abita woont woonachtig mieszka zamieszkaly zamieszkala mora reside residente residiert locuieste lives",
		ibanWord:    "iban",
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
