// This file brings e-mail addresses to one form, and knows how the names of great
// providers are mistyped.

package ident

import (
	"slices"
	"strings"
)

// Email returns an address with its domain in small letters, as case means nothing
// there; what is before the @ belongs to whoever runs the domain and stays. Spaces
// around it and a leading "mailto:" go. It does not prove the address: what has no
// @ comes back as it is.
func Email(s string) string {
	s = strings.TrimSpace(s)
	if len(s) > 7 && strings.EqualFold(s[:7], "mailto:") {
		s = s[7:]
	}
	at := strings.LastIndexByte(s, '@')
	if at < 0 {
		return s
	}
	return s[:at+1] + strings.ToLower(s[at+1:])
}

// providers are the domains many people have their address at.
var providers = []string{
	"gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "yahoo.com", "ymail.com", "icloud.com", "protonmail.com", "proton.me",
	"mail.com", "email.com", "posteo.de", "msn.com",
	"gmx.at", "gmx.de", "gmx.net", "gmx.ch", "web.de", "t-online.de", "freenet.de", "arcor.de", "outlook.de", "hotmail.de", "yahoo.de", "posteo.net", "mailbox.org",
	"aon.at", "chello.at", "a1.net", "bluewin.ch", "hispeed.ch", "sunrise.ch",
	"orange.fr", "wanadoo.fr", "free.fr", "laposte.net", "sfr.fr", "hotmail.fr", "yahoo.fr", "outlook.fr", "live.fr", "bbox.fr", "neuf.fr",
	"libero.it", "virgilio.it", "tiscali.it", "alice.it", "hotmail.it", "yahoo.it", "outlook.it", "tim.it", "live.it",
	"hotmail.es", "yahoo.es", "telefonica.net", "outlook.es",
	"sapo.pt", "hotmail.pt", "outlook.pt", "clix.pt",
	"ziggo.nl", "kpnmail.nl", "hotmail.nl", "live.nl", "xs4all.nl", "planet.nl", "home.nl", "telenet.be", "skynet.be", "hotmail.be",
	"wp.pl", "onet.pl", "interia.pl", "o2.pl", "gazeta.pl", "op.pl",
	"yahoo.ro", "hotmail.ro",
	"yahoo.co.uk", "hotmail.co.uk", "btinternet.com", "virginmedia.com", "live.co.uk", "sky.com", "talktalk.net",
	"aol.com", "comcast.net", "verizon.net", "att.net",
}

// endings are mistyped ends of domains that nobody has.
var endings = map[string]string{
	"con": "com", "cmo": "com", "ocm": "com", "comm": "com", "vom": "com", "xom": "com", "coom": "com", "cpm": "com",
	"nte": "net", "ner": "net", "ogr": "org",
}

// EmailTypo returns what an address was probably meant to be, "" when nothing
// speaks for a slip of the finger: a domain that is one letter away from that of a
// great provider, or an end no domain has. It is a question to ask, never a reason to
// refuse.
func EmailTypo(s string) string {
	s = Email(s)
	user, host, ok := strings.Cut(s, "@")
	if !ok || slices.Contains(providers, host) {
		return ""
	}
	if dot := strings.LastIndexByte(host, '.'); dot > 0 {
		if right := endings[host[dot+1:]]; right != "" {
			better := host[:dot+1] + right
			if again := EmailTypo(user + "@" + better); again != "" {
				return again
			}
			return user + "@" + better
		}
	}
	for _, p := range providers {
		// Of short names, as gmx.de, too many others are one letter away.
		if name, _, _ := strings.Cut(p, "."); len(name) >= 5 && oneSlip(host, p) && !otherCountry(host, p) {
			return user + "@" + p
		}
	}
	return ""
}

// otherCountry reports whether two domains differ in the code of their country alone.
func otherCountry(a, b string) bool {
	i, j := strings.LastIndexByte(a, '.'), strings.LastIndexByte(b, '.')
	return i >= 0 && j >= 0 && a[:i] == b[:j] && len(a) == i+3 && len(b) == j+3
}

// oneSlip reports whether two texts differ by one letter: left out, put in, another,
// or two beside each other in the wrong order.
func oneSlip(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	switch len(b) - len(a) {
	case 0:
		return i < len(a) && (a[i+1:] == b[i+1:] || i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:])
	case 1:
		return a[i:] == b[i+1:]
	}
	return false
}
