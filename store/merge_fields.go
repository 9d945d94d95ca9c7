package store

// The fields of customers in a merge. They are gone through by their type, so that
// one that is added to a customer is merged without anybody thinking of it: lists
// and maps are joined, and of everything else one of the two is chosen.

import (
	"reflect"
	"slices"
	"strings"
)

// ofTheStore are fields that nobody chooses.
var ofTheStore = []string{"ID", "Number", "Created", "Updated", "NotSame", "Checks", "Merged", "Version"}

// chosen lists the indexes of fields but those of some names.
func chosen(but ...string) []int {
	var out []int
	t := reflect.TypeFor[Customer]()
	for i := range t.NumField() {
		if !slices.Contains(but, t.Field(i).Name) {
			out = append(out, i)
		}
	}
	return out
}

// mostJoined is how many a customer may have of a list.
var mostJoined = map[string]int{"Tags": maxTagged, "Others": maxCompanies}

// MergeField is a field of two customers who are merged.
type MergeField struct {
	Name string // as Event.Fields has it
	// Differ says that one of the two is to be chosen: both have something, and not
	// the same. Of a list it says that both together are more than a customer may
	// have: those of the chosen one come first.
	Differ bool
}

// MergeFields lists the fields of two customers in which at least one of them has
// something.
func MergeFields(keep, gone Customer) []MergeField {
	var out []MergeField
	a, b, whole := reflect.ValueOf(keep), reflect.ValueOf(gone), reflect.ValueOf(mergeAll(keep, gone, nil))
	for _, i := range chosen(ofTheStore...) {
		x, y, name := a.Field(i), b.Field(i), a.Type().Field(i).Name
		none, noneThere := keep.nothingIn(i), gone.nothingIn(i)
		if none && noneThere {
			continue
		}
		differ := !reflect.DeepEqual(x.Interface(), y.Interface())
		if joined(x) {
			most, limited := mostJoined[name]
			differ = limited && whole.Field(i).Len() > most
		}
		out = append(out, MergeField{Name: name, Differ: differ && !none && !noneThere})
	}
	return out
}

// nothingIn reports whether a customer has nothing in the i-th field. The country that
// every new record begins with is no address.
func (c Customer) nothingIn(i int) bool {
	v := reflect.ValueOf(c)
	return v.Field(i).IsZero() || v.Type().Field(i).Name == "Address" && !c.HasAddress()
}

// joined says of a field that both values of it are kept.
func joined(v reflect.Value) bool { return v.Kind() == reflect.Slice || v.Kind() == reflect.Map }

// MergeChoice makes one customer of two: keep, with the fields that are named taken
// from gone, and those in which keep has nothing. Lists are joined, keep's first but
// where they are named, as far as there is room. The company that is not the usual one
// any more becomes a further one. Only invoices are made for who is so in both, or
// where nothing to reach them is kept.
func MergeChoice(keep, gone Customer, fromGone []string) Customer {
	out := mergeAll(keep, gone, fromGone)
	out.Tags = out.Tags[:min(len(out.Tags), maxTagged)]
	out.Others = out.Others[:min(len(out.Others), maxCompanies)]
	reached := out.Phone+out.Email+out.Phone2 != ""
	out.InvoiceOnly = out.InvoiceOnly && (!reached || keep.InvoiceOnly && gone.InvoiceOnly)
	return out
}

// MergeLeavesOut is what of the lists of two customers has no room in a choice.
func MergeLeavesOut(keep, gone Customer, fromGone []string) (tags []TagID, others []Company) {
	whole := mergeAll(keep, gone, fromGone)
	return whole.Tags[min(len(whole.Tags), maxTagged):], whole.Others[min(len(whole.Others), maxCompanies):]
}

// mergeAll is MergeChoice with all that is in the lists.
func mergeAll(keep, gone Customer, fromGone []string) Customer {
	out := keep
	a, b := reflect.ValueOf(&out).Elem(), reflect.ValueOf(gone)
	for _, i := range chosen(ofTheStore...) {
		x, y := a.Field(i), b.Field(i)
		named := slices.Contains(fromGone, a.Type().Field(i).Name)
		switch {
		case x.Kind() == reflect.Slice && named:
			x.Set(listUnion(y, x))
		case x.Kind() == reflect.Slice:
			x.Set(listUnion(x, y))
		case x.Kind() == reflect.Map:
			x.Set(mapUnion(x, y, named))
		case !gone.nothingIn(i) && (keep.nothingIn(i) || named):
			x.Set(y)
		}
	}
	joined := out.Others
	for _, c := range []Customer{keep, gone} {
		out.addCompany(c)
	}
	if len(out.Others) > maxCompanies { // whom they bought for usually is left out last
		out.Others = slices.Concat(out.Others[len(joined):], joined)
	}
	return out
}

// addCompany keeps the usual company of another record as a further one.
func (c *Customer) addCompany(of Customer) {
	has := func(name string) bool { return fold(name) == fold(of.Company) }
	if of.Company == "" || has(c.Company) || slices.ContainsFunc(c.Others, func(o Company) bool { return has(o.Name) }) {
		return
	}
	o := Company{Name: of.Company}
	if !strings.EqualFold(of.VATID, c.VATID) {
		o.VATID = of.VATID
	}
	if of.Address != c.Address {
		o.Address = of.Address
	}
	c.Others = append(slices.Clone(c.Others), o)
}

// listUnion is a list and what another has besides.
func listUnion(a, b reflect.Value) reflect.Value {
	out := reflect.MakeSlice(a.Type(), 0, a.Len()+b.Len())
	for _, v := range []reflect.Value{a, b} {
		for i := range v.Len() {
			if !holds(out, v.Index(i)) {
				out = reflect.Append(out, v.Index(i))
			}
		}
	}
	if out.Len() == 0 {
		return reflect.Zero(a.Type())
	}
	return out
}

// mapUnion is a map and what another has besides; of a key that both have, the value
// of one of them.
func mapUnion(a, b reflect.Value, ofSecond bool) reflect.Value {
	if a.Len()+b.Len() == 0 {
		return reflect.Zero(a.Type())
	}
	if ofSecond {
		a, b = b, a
	}
	out := reflect.MakeMap(a.Type())
	for _, m := range []reflect.Value{b, a} {
		for it := m.MapRange(); it.Next(); {
			out.SetMapIndex(it.Key(), it.Value())
		}
	}
	return out
}

func holds(list, v reflect.Value) bool {
	for i := range list.Len() {
		if reflect.DeepEqual(list.Index(i).Interface(), v.Interface()) {
			return true
		}
	}
	return false
}

// sameCustomer compares all fields but those that are not in a record.
func sameCustomer(a, b Customer) bool { return reflect.DeepEqual(a, b) }

// without takes out of versions of a customer, in the order in which they were, what
// a merge before them had made of it: a field stands as it was until one of them has
// something else. Of lists and maps goes what the merge brought in.
func without(versions []*Customer, made, was Customer) {
	m, w := reflect.ValueOf(made), reflect.ValueOf(was)
	for _, i := range chosen("ID", "Number", "Updated", "Merged", "Version") {
		made, was := m.Field(i), w.Field(i)
		for _, v := range versions {
			at := reflect.ValueOf(v).Elem().Field(i)
			switch {
			case reflect.DeepEqual(at.Interface(), made.Interface()):
				at.Set(was)
				continue
			case at.Kind() == reflect.Slice:
				at.Set(listWithout(at, made, was))
				continue
			case at.Kind() == reflect.Map:
				at.Set(mapWithout(at, made, was))
				continue
			}
			break
		}
	}
	for _, v := range versions { // what was made sure of since counts, not what was before
		seen := map[string]bool{}
		v.Checks = slices.DeleteFunc(slices.Clone(v.Checks), func(k FieldCheck) bool {
			had := seen[k.Field]
			seen[k.Field] = true
			return had
		})
	}
}

func listWithout(now, made, was reflect.Value) reflect.Value {
	kept := reflect.MakeSlice(now.Type(), 0, now.Len())
	for i := range now.Len() {
		if e := now.Index(i); !holds(made, e) || holds(was, e) {
			kept = reflect.Append(kept, e)
		}
	}
	dropped := reflect.MakeSlice(now.Type(), 0, was.Len())
	for i := range was.Len() {
		if e := was.Index(i); !holds(made, e) {
			dropped = reflect.Append(dropped, e)
		}
	}
	return listUnion(kept, dropped)
}

func mapWithout(now, made, was reflect.Value) reflect.Value {
	out := reflect.MakeMap(now.Type())
	for it := now.MapRange(); it.Next(); {
		k, v := it.Key(), it.Value()
		by, before := made.MapIndex(k), was.MapIndex(k)
		switch {
		case !by.IsValid() || !reflect.DeepEqual(by.Interface(), v.Interface()):
			out.SetMapIndex(k, v)
		case before.IsValid():
			out.SetMapIndex(k, before)
		}
	}
	for it := was.MapRange(); it.Next(); {
		if !made.MapIndex(it.Key()).IsValid() && !out.MapIndex(it.Key()).IsValid() {
			out.SetMapIndex(it.Key(), it.Value())
		}
	}
	if out.Len() == 0 {
		return reflect.Zero(now.Type())
	}
	return out
}
