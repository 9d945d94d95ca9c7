package sample

// Names by where a family comes from, in the mix and the letters one meets at a
// counter in Vienna. First names and surnames are common ones, put together by
// lot.

import "strings"

// origin is where names come from. A surname with two forms has the man's first:
// "Kowalski|Kowalska".
type origin struct {
	weight     int    // of a hundred or so
	abroad     string // the country of those who live there
	dial       string // the beginning of phone numbers there
	women, men []string
	surnames   []string
}

func words(s string) []string { return strings.Fields(s) }

var origins = []origin{
	{46, "AT", "+43",
		words("Anna Katharina Elisabeth Johanna Magdalena Theresa Barbara Christine Eva Franziska Gabriele Helga Ingrid Julia Karin Leonie Lisa Margarete Marlene Monika Renate Sabine Sophie Ulrike Valerie Veronika Waltraud Stefanie Hannah Edith"),
		words("Alexander Andreas Bernhard Christoph Clemens Daniel Dominik Erich Florian Franz Georg Gerhard Günther Hannes Herbert Jakob Johann Josef Karl Konstantin Leopold Lukas Markus Matthias Michael Moritz Paul Peter Rudolf Sebastian Stefan Thomas Valentin Walter Wolfgang"),
		words("Gruber Huber Bauer Wagner Müller Pichler Steiner Moser Mayer Hofer Leitner Berger Fuchs Eder Fischer Schmid Winkler Weber Schwarz Maier Schneider Reiter Mayr Schmidt Wimmer Egger Brunner Lang Baumgartner Auer Binder Lechner Wolf Wallner Aigner Ebner Koller Lehner Haas Schuster Strasser Haider Böhm Kaiser Graf Stadler Pfeiffer Hölzl Wiesinger Zauner Thaler Kirchner Novotny Swoboda Pospischil Prohaska Jelinek Hrdlicka Sedlacek Nemeth Horvath Kovacs Wessely Doležal Fürst Rößler Weiß Größinger Süß Öhler Übelhör")},
	{5, "DE", "+49",
		words("Anke Birgit Heike Jana Kerstin Silke Friederike Wiebke Henriette Frauke"),
		words("Jürgen Detlef Uwe Torsten Hinrich Jens Kai Rainer Sven Volker"),
		words("Petersen Jansen Schröder Krüger Lüders Behrens Voß Großmann Weißmüller Harms Ostermann Lindner")},
	{7, "IT", "+39",
		words("Giulia Chiara Francesca Alessandra Elena Martina Paola Silvia Lucia Bianca Ilaria Sofia"),
		words("Marco Luca Andrea Giovanni Matteo Alessandro Paolo Stefano Davide Lorenzo Pietro Nicolò"),
		strings.Split("Rossi,Conti,Esposito,Ferrari,Bianchi,Romano,Gallo,Costa,Fontana,Moretti,Rizzo,De Luca,D'Angelo,Marchetti,Pellegrini,Zanella", ",")},
	{5, "PL", "+48",
		words("Agnieszka Małgorzata Katarzyna Ewa Łucja Zofia Joanna Barbara Świetlana Elżbieta"),
		words("Piotr Krzysztof Andrzej Tomasz Łukasz Paweł Stanisław Wojciech Michał Jerzy"),
		words("Nowak Kowalski|Kowalska Wiśniewski|Wiśniewska Wójcik Kamiński|Kamińska Lewandowski|Lewandowska Zieliński|Zielińska Sobczak Dąbrowski|Dąbrowska Mazur Krawczyk Grabowski|Grabowska Pawłowski|Pawłowska Gołąb")},
	{5, "CZ", "+420",
		words("Jana Tereza Lenka Kateřina Zuzana Alžběta Markéta Věra Eliška Božena"),
		words("Jiří Tomáš Petr Ondřej Václav Zdeněk Jaroslav Matěj Radek František"),
		words("Novák|Nováková Svoboda|Svobodová Dvořák|Dvořáková Černý|Černá Procházka|Procházková Kučera|Kučerová Veselý|Veselá Horák|Horáková Němec|Němcová Pokorný|Pokorná Říha|Říhová Šťastný|Šťastná Jelínek|Jelínková")},
	{4, "HU", "+36",
		words("Eszter Katalin Zsuzsanna Ágnes Réka Ildikó Orsolya Boglárka"),
		words("Gábor László István Zoltán Balázs Ádám Sándor Bence"),
		words("Nagy Kovács Tóth Szabó Horváth Varga Kiss Molnár Németh Farkas Balogh Lakatos Őze Szűcs")},
	{6, "TR", "+90",
		words("Ayşe Fatma Elif Zeynep Emine Gülşen Özlem Büşra Defne Çiğdem"),
		words("Mehmet Mustafa Ahmet Emre Burak Hüseyin Çağlar Oğuz İbrahim Yusuf"),
		words("Yılmaz Kaya Demir Şahin Çelik Yıldız Öztürk Aydın Arslan Doğan Koç Güneş Aksoy Şimşek")},
	{6, "RS", "+381",
		words("Jelena Milica Ivana Snežana Dragana Marija Ljiljana Vesna Sanja Nataša"),
		words("Nikola Marko Stefan Dragan Zoran Goran Miloš Dušan Aleksandar Slobodan"),
		words("Jovanović Petrović Nikolić Marković Đorđević Stojanović Ilić Pavlović Stanković Popović Kovačević Živković Babić Horvat")},
	{4, "RS", "+381",
		words("Јелена Милица Драгана Љиљана Весна Снежана Наташа Зорица"),
		words("Никола Марко Драган Зоран Горан Милош Душан Ђорђе"),
		words("Јовановић Петровић Николић Марковић Ђорђевић Стојановић Илић Павловић Поповић Живковић")},
	{4, "UA", "+380",
		words("Олена Наталія Ірина Оксана Юлія Тетяна Катерина Софія Ганна Людмила"),
		words("Олександр Сергій Андрій Володимир Дмитро Михайло Тарас Богдан Юрій Євген"),
		words("Коваль Шевченко Бондаренко Ткаченко Мельник Кравчук Олійник Лисенко Савченко Гончар Їжакевич Петренко")},
	{2, "BG", "+359",
		words("Мария Елена Десислава Радостина Цветелина Йоана"),
		words("Георги Димитър Иван Петър Николай Стоян"),
		words("Иванов|Иванова Георгиев|Георгиева Димитров|Димитрова Петров|Петрова Стоянов|Стоянова Николов|Николова")},
	{7, "GR", "+30",
		words("Μαρία Ελένη Αικατερίνη Βασιλική Σοφία Ιωάννα Χριστίνα Δήμητρα"),
		words("Γιώργος Δημήτρης Κώστας Γιάννης Νίκος Παναγιώτης Χρήστος Σπύρος"),
		words("Παπαδόπουλος|Παπαδοπούλου Γεωργίου Νικολάου Καραγιάννης|Καραγιάννη Βλάχος|Βλάχου Οικονόμου Μακρής|Μακρή Δημητρίου Αθανασίου Ψαρράς|Ψαρρά")},
	{3, "RO", "+40",
		words("Ioana Andreea Mihaela Cristina Ștefania Loredana"),
		words("Andrei Mihai Cristian Răzvan Ștefan Vlad"),
		words("Popescu Ionescu Dumitru Stan Gheorghe Munteanu Țurcanu Bălan")},
	{3, "GB", "+44",
		words("Emily Charlotte Imogen Harriet Alice Frances"),
		words("Oliver Harry Edmund Hugh Duncan Rory"),
		words("Whitfield Ashworth Pemberton Calloway Thistlewood Harcourt O'Dwyer MacLennan")},
	{2, "FR", "+33",
		words("Amélie Camille Élodie Hélène Margaux Anaïs"),
		words("François Étienne Benoît Jérôme Gaël Rémi"),
		words("Lefèvre Moreau Girard Bonnet Dupré Rousselot Béranger Lemaître")},
	{2, "AT", "+43",
		words("Thanh Linh Mai Hương"),
		words("Minh Đức Hùng Quang"),
		words("Nguyen Trần Phạm Võ Đặng Bùi")},
}

// latin is what the letters of other alphabets, and Latin ones with signs,
// become in an e-mail address.
var latin = strings.NewReplacer(func() (pairs []string) {
	for _, p := range strings.Fields(
		`ä=ae ö=oe ü=ue ß=ss á=a à=a â=a ã=a å=a ă=a ạ=a ą=a ć=c č=c ç=c ď=d đ=d é=e è=e ê=e ë=e ě=e ę=e ğ=g í=i ì=i î=i ï=i ı=i ł=l ľ=l ñ=n ń=n ň=n
		ó=o ò=o ô=o ő=o õ=o ơ=o ř=r š=s ş=s ș=s ś=s ť=t ț=t ú=u ù=u û=u ű=u ů=u ư=u ù=u ý=y ž=z ź=z ż=z ầ=a '=
		а=a б=b в=v г=g д=d ђ=dj е=e є=ye ж=zh з=z и=i і=i ї=yi й=y ј=j к=k л=l љ=lj м=m н=n њ=nj о=o п=p р=r с=s т=t ћ=c у=u ф=f х=h ц=ts ч=ch џ=dz ш=sh щ=sht ъ=a ь= ю=yu я=ya
		α=a ά=a β=v γ=g δ=d ε=e έ=e ζ=z η=i ή=i θ=th ι=i ί=i ϊ=i κ=k λ=l μ=m ν=n ξ=x ο=o ό=o π=p ρ=r σ=s ς=s τ=t υ=y ύ=y φ=f χ=ch ψ=ps ω=o ώ=o`) {
		from, to, _ := strings.Cut(p, "=")
		pairs = append(pairs, from, to)
	}
	return append(pairs, " ", "")
}()...)

// ascii is a name as an e-mail address has it.
func ascii(name string) string {
	var b strings.Builder
	for _, r := range latin.Replace(strings.ToLower(name)) {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			b.WriteRune(r)
		}
	}
	return b.String()
}
