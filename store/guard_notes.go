package store

// The note guard at work: what it finds in a text, and what may be saved.

import (
	"errors"
	"slices"
	"strings"

	"counterbook/invoice"
	"counterbook/store/internal/vault"
	"counterbook/store/sensitive"
)

// GuardFinding is a finding with what the shop's guard does about it.
type GuardFinding struct {
	sensitive.Finding
	Level GuardLevel // GuardHint or more
}

// GuardReason says why findings of a kind stay in a note.
type GuardReason struct {
	Kind   string `cbor:"1,keyasint"` // as sensitive.Kind.String names it
	Count  int    `cbor:"2,keyasint"` // how many findings of it
	Reason string `cbor:"3,keyasint"`
	New    bool   `cbor:"-"` // given in this change, so that it counts for all of the kind
}

// Covers reports whether the reason counts for a finding in a text: one that was given
// before does for what stood in the note then. old is the note that is changed, nil for
// a new one.
func (r GuardReason) Covers(f sensitive.Finding, text string, old *Note) bool {
	if old == nil || r.New {
		return true
	}
	was, ok := reasonOf(old.Reasons, f.Kind)
	return !ok || was.Reason != r.Reason || was.Count < r.Count || strings.Contains(old.Text, text[f.Start:f.End])
}

// maxReason is the longest reason, in characters.
const maxReason = 200

// ErrGuarded matches every GuardError.
var ErrGuarded = errors.New("store: the note guard does not let this be saved")

// GuardError says what stands in the way of saving a note. It holds none of its
// text.
type GuardError struct {
	Findings []GuardFinding // those without a reason that counts
	InReason bool           // they are not in the note but in a reason
}

func (e *GuardError) Error() string {
	kinds := make([]string, 0, len(e.Findings))
	for _, f := range e.Findings {
		kinds = append(kinds, f.Kind.String())
	}
	return ErrGuarded.Error() + ": " + strings.Join(kinds, ", ")
}

// Is makes every GuardError an ErrGuarded.
func (e *GuardError) Is(target error) bool { return target == ErrGuarded }

// guardRules is the guard of a moment, ready to look into texts.
type guardRules struct {
	policy   GuardPolicy
	o        sensitive.Options
	override bool // the session may keep what is blocked
}

func (r guardRules) find(text string) []GuardFinding {
	var out []GuardFinding
	for _, f := range sensitive.Find(text, r.o) {
		level := r.policy.Level(f.Kind)
		if f.Certainty == sensitive.Hint {
			level = min(level, GuardHint)
		}
		if level != GuardOff {
			out = append(out, GuardFinding{f, level})
		}
	}
	return out
}

// guardRules returns the guard as it is now. Who cannot open the shop's record is
// guarded as the program comes.
func (s *Session) guardRules() (guardRules, error) {
	override := s.Can(OverrideGuard)
	if !s.opens(areaShop, false) {
		return guardRules{o: sensitive.Options{Now: s.now()}, override: override}, nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	r, err := s.guard.get(s, areaShop, func() (guardRules, error) {
		p, err := s.guardPolicy()
		if err != nil {
			return guardRules{}, err
		}
		sh, err := s.storedShop()
		if err != nil {
			return guardRules{}, err
		}
		return p.rules(sh.Legal.Address.Country)
	})
	r.o.Now, r.override = s.now(), override
	return r, err
}

func (p GuardPolicy) rules(country string) (guardRules, error) {
	words, err := p.words()
	return guardRules{policy: p, o: sensitive.Options{Country: country, Others: p.Countries, Words: words}}, err
}

// Find returns what the guard finds in a text, in order of its place. About
// a millisecond goes into 4,000 characters.
func (g *Guard) Find(text string) ([]GuardFinding, error) {
	if err := g.s.need(ReadShop); err != nil {
		return nil, err
	}
	r, err := g.s.guardRules()
	if err != nil {
		return nil, err
	}
	return r.find(text), nil
}

// Reason returns what the guard finds in a reason. invoice.Problems say what else is
// wrong with it.
func (g *Guard) Reason(text string) ([]GuardFinding, error) {
	if err := g.s.need(ReadShop); err != nil {
		return nil, err
	}
	r, err := g.s.guardRules()
	if err != nil {
		return nil, err
	}
	_, err = r.reason(text)
	var found *GuardError
	if errors.As(err, &found) {
		return found.Findings, nil
	}
	return nil, err
}

// Try returns what the guard would find in a text if it were set up otherwise. The
// error says what is wrong with that.
func (g *Guard) Try(p GuardPolicy, text string) ([]GuardFinding, error) {
	if err := g.s.need(ReadShop); err != nil {
		return nil, err
	}
	if err := p.check(); err != nil {
		return nil, err
	}
	p = p.tidy()
	sh, err := g.s.storedShop()
	if err != nil {
		return nil, err
	}
	r, err := p.rules(sh.Legal.Address.Country)
	r.o.Now = g.s.now()
	return r.find(text), err
}

// pass checks a note, and returns it with the reasons it needs and with what was
// found and is not from before: old is the note that it changes, nil for a new one. A
// text that is as it was is not looked into again. invoice.Problems say what is wrong
// with a reason.
func (r guardRules) pass(v Note, old *Note) (Note, []GuardFinding, error) {
	if old != nil && old.Text == v.Text && old.Piece == v.Piece && old.Size == v.Size {
		v.Reasons = old.Reasons
		return v, nil, nil
	}
	for field, text := range map[string]string{"Piece": v.Piece, "Size": v.Size} {
		if found := r.wants(text); len(found) > 0 {
			return v, nil, guardProblem(field, found)
		}
	}
	found, count := r.wants(v.Text), map[string]int{}
	for _, f := range found {
		count[f.Kind.String()]++
	}
	var refused, fresh []GuardFinding
	for _, f := range found {
		reason, given := reasonOf(v.Reasons, f.Kind)
		given = given && reason.Count >= count[f.Kind.String()] && reason.Covers(f.Finding, v.Text, old)
		switch {
		case given && old != nil && stays(old, v.Text, f):
		case !given, f.Level == GuardBlock && !r.override:
			refused = append(refused, f)
		default:
			fresh = append(fresh, f)
		}
	}
	if len(refused) > 0 {
		return v, nil, &GuardError{Findings: refused}
	}
	reasons := v.Reasons
	v.Reasons = nil
	for _, one := range reasons {
		if count[one.Kind] == 0 {
			continue
		}
		var err error
		if one.Reason, err = r.reason(one.Reason); err != nil {
			return v, nil, err
		}
		one.Count, one.New = count[one.Kind], false
		v.Reasons = append(v.Reasons, one)
		delete(count, one.Kind)
	}
	return v, fresh, nil
}

// wants lists what of a text needs a reason.
func (r guardRules) wants(text string) []GuardFinding {
	return slices.DeleteFunc(r.find(text), func(f GuardFinding) bool { return f.Level <= GuardHint })
}

// unexplained lists what in a note of the book has no reason.
func (r guardRules) unexplained(v Note) []GuardFinding {
	var out []GuardFinding
	for _, text := range []string{v.Text, v.Piece, v.Size} {
		for _, f := range r.wants(text) {
			if _, given := reasonOf(v.Reasons, f.Kind); !given {
				out = append(out, f)
			}
		}
	}
	return out
}

// stays reports whether what was found was kept with a reason before: who may not
// override the guard can still change the rest of the note.
func stays(old *Note, text string, f GuardFinding) bool {
	_, ok := reasonOf(old.Reasons, f.Kind)
	return ok && strings.Contains(old.Text, text[f.Start:f.End])
}

// reason checks why something stays. What the guard would not let stand in a note
// does not go into a reason either.
func (r guardRules) reason(text string) (string, error) {
	trim(&text)
	var p problems
	p.require("Reasons.Reason", text, maxReason)
	if len(p) > 0 {
		return text, invoice.Problems(p)
	}
	bad := r.wants(text)
	if len(bad) > 0 {
		return text, &GuardError{Findings: bad, InReason: true}
	}
	return text, nil
}

func reasonOf(list []GuardReason, k sensitive.Kind) (GuardReason, bool) {
	for _, one := range list {
		if one.Kind == k.String() {
			return one, true
		}
	}
	return GuardReason{}, false
}

// guardEvent is what the log says of a note that is saved with findings in it: the
// kinds, and never the text. Without any it is e.
func guardEvent(e Event, fresh []GuardFinding) Event {
	if len(fresh) == 0 {
		return e
	}
	e.Kind, e.Count = NoteKept, len(fresh)
	seen := map[sensitive.Kind]bool{}
	for _, f := range fresh {
		if f.Level == GuardBlock {
			e.Kind = GuardOverridden
		}
		if !seen[f.Kind] {
			seen[f.Kind] = true
			e.Fields = append(e.Fields, guardField(f.Kind))
		}
	}
	return e
}

// guardProblems is a GuardError as one of the problems of an import, which has nobody
// to ask. Any other error stays as it is.
func guardProblems(err error) error {
	var g *GuardError
	if errors.As(err, &g) {
		return guardProblem("Text", g.Findings)
	}
	return err
}

// guardProblem says that a field holds what does not belong there. The arguments are
// the kinds.
func guardProblem(field string, found []GuardFinding) invoice.Problems {
	p := invoice.Problem{Field: field, Rule: "guard"}
	for _, f := range found {
		if k := f.Kind.String(); !slices.Contains(p.Args, k) {
			p.Args = append(p.Args, k)
		}
	}
	return invoice.Problems{p}
}

// guardField is the name of a kind as the log writes names: "SecurityCode".
func guardField(k sensitive.Kind) string {
	var b strings.Builder
	for part := range strings.SplitSeq(k.String(), "-") {
		b.WriteString(strings.ToUpper(part[:1]) + part[1:])
	}
	return b.String()
}

// nothingElse is a transaction that only logs.
func nothingElse(*vault.Tx) error { return nil }
