package store

// Review: what a change of a customer would make different, and what about it
// somebody should look at twice.

import (
	"slices"
	"strings"
)

// Review is what is worth a look before a change is saved.
type Review struct {
	Fields    []string      // that would change; none: nothing would
	SamePhone []CustomerRow // other customers who have the new phone
	SameEmail []CustomerRow // and the new e-mail address
	Domain    string        // what the new e-mail address probably ends in; "" where it looks right
	Drafts    int           // invoices that are not issued yet and bear what changes
}

// Warns says that something looks wrong, or has consequences.
func (r Review) Warns() bool {
	return len(r.SamePhone)+len(r.SameEmail)+r.Drafts > 0 || r.Domain != ""
}

// Review looks at a changed customer before it is saved. invoice.Problems say what
// Save would refuse.
func (cs *Customers) Review(c Customer) (Review, error) {
	if err := cs.s.need(EditCustomers); err != nil {
		return Review{}, err
	}
	c = c.tidy()
	if p := c.check(); len(p) > 0 {
		return Review{}, p
	}
	old, err := cs.Get(c.ID)
	if err != nil {
		return Review{}, err
	}
	out := Review{Fields: old.differs(c)}
	has := func(fields ...string) bool {
		return slices.ContainsFunc(fields, func(f string) bool { return slices.Contains(out.Fields, f) })
	}
	if has("Phone", "Email") {
		near, err := cs.Near(c)
		if err != nil {
			return out, err
		}
		for _, n := range near {
			if has("Phone") && n.Like.Has(SamePhone) {
				out.SamePhone = append(out.SamePhone, n.Row)
			}
			if has("Email") && n.Like.Has(SameEmail) {
				out.SameEmail = append(out.SameEmail, n.Row)
			}
		}
	}
	if has("Email") {
		out.Domain = likelyDomain(c.Email)
	}
	if has("Name", "Company", "Address", "VATID", "Others") && cs.s.Can(WriteDrafts) {
		err = all(cs.s, areaDrafts, kindDraft, func(_ ID, d Draft, _ uint64) {
			if d.Customer == c.ID {
				out.Drafts++
			}
		})
	}
	return out, err
}

// usualDomains are those of mail services that many customers have.
var usualDomains = strings.Fields(`gmail.com googlemail.com hotmail.com hotmail.de hotmail.fr hotmail.it hotmail.co.uk outlook.com outlook.de
	yahoo.com yahoo.de yahoo.fr yahoo.it yahoo.co.uk icloud.com protonmail.com posteo.net posteo.de t-online.de freenet.de libero.it
	laposte.net orange.fr seznam.cz bluewin.ch chello.at`)

// realDomains look like one of the usual ones and are there.
var realDomains = strings.Fields("mail.com email.com ymail.com")

// likelyDomain is what an e-mail address probably should end in, where it ends in
// something that is one slip of the finger from a domain that many have; else "".
func likelyDomain(email string) string {
	_, host, _ := strings.Cut(strings.ToLower(email), "@")
	if slices.Contains(usualDomains, host) || slices.Contains(realDomains, host) {
		return ""
	}
	for _, d := range usualDomains {
		if distance(host, d, 1) == 1 && !otherCountry(host, d) {
			return d
		}
	}
	return ""
}

// otherCountry reports whether two domains differ in their country alone.
func otherCountry(a, b string) bool {
	i, j := strings.LastIndexByte(a, '.'), strings.LastIndexByte(b, '.')
	return i == j && i == len(a)-3 && len(a) == len(b) && a[:i] == b[:j]
}
