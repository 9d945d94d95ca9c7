package export

// The writer: one subject after the other, each record into the JSON file and
// into its tables.

import (
	"context"
	"encoding/json"
	"errors"
	"reflect"
	"strconv"
	"time"

	"counterbook/store"
	"counterbook/store/exchange"
)

type writer struct {
	ctx      context.Context
	x        source
	f        *folder
	json     *out
	buf      []byte
	count    map[Subject]int
	progress func(Progress)

	// of the subject that is being written
	table *table
	files map[*table]*out
}

func (w *writer) everything(now time.Time) (err error) {
	if err := errors.Join(w.f.write(readmeFile, readme), w.f.write(schemaFile, Schema)); err != nil {
		return err
	}
	if w.json, err = w.f.create(dataFile); err != nil {
		return err
	}
	head, err := json.Marshal(now.UTC().Format(time.RFC3339))
	if err != nil {
		return err
	}
	w.buf = append(w.buf[:0], "{\n\"$schema\":\""+schemaFile+"\",\n\"format\":\""+Format+"\",\n\"version\":"...)
	w.buf = append(append(w.buf, byte('0'+Version)), ",\n\"exported\":"...)
	w.buf = append(w.buf, head...)
	if _, err := w.json.Write(w.buf); err != nil {
		return err
	}
	for _, s := range Subjects() {
		if err := w.subject(s); err != nil {
			return err
		}
	}
	if _, err := w.json.Write([]byte("\n}\n")); err != nil {
		return err
	}
	return w.json.close()
}

// subject writes one subject.
func (w *writer) subject(s Subject) error {
	k := kinds[s]
	w.table, w.files = newTable(string(s), k.one, k.typ), map[*table]*out{}
	for _, t := range w.table.all() {
		o, err := w.f.create(tables + "/" + t.name + ".csv")
		if err != nil {
			return err
		}
		w.files[t] = o
		if _, err := o.Write(exchange.AppendRow([]byte(exchange.ByteOrderMark), t.header())); err != nil {
			return err
		}
	}
	opening, closing := "[\n", "\n]"
	if s == Shop || s == Fields || s == Guard {
		opening, closing = "", ""
	}
	if _, err := w.json.Write([]byte(",\n\"" + string(s) + "\":" + opening)); err != nil {
		return err
	}
	w.tell(s, 0)
	if err := w.read(s); err != nil {
		return err
	}
	if _, err := w.json.Write([]byte(closing)); err != nil {
		return err
	}
	for _, t := range w.table.all() {
		if err := w.files[t].close(); err != nil {
			return err
		}
	}
	return nil
}

// read gets the records of a subject.
func (w *writer) read(s Subject) error {
	switch s {
	case Shop:
		sh, err := w.x.Shop()
		if err != nil {
			return err
		}
		return w.put(s, "", sh, 1)
	case Guard:
		g, err := w.x.Guard()
		if err != nil {
			return err
		}
		return w.put(s, "", g, 1)
	case Fields:
		f, err := w.x.Fields()
		if err != nil {
			return err
		}
		return w.put(s, "", f, 1)
	case Staff:
		list, err := w.x.Staff()
		for _, p := range list {
			if err := w.put(s, p.ID.String(), p, len(list)); err != nil {
				return err
			}
		}
		return err
	case Customers:
		return w.x.Customers(func(c store.Customer, of int) error { return w.put(s, c.ID.String(), c, of) })
	case History:
		return w.x.History(func(v store.Change) error { return w.put(s, v.ID.String(), v, 0) })
	case Tags:
		list, err := w.x.Tags()
		for _, t := range list {
			if err := w.put(s, strconv.FormatUint(uint64(t.ID), 10), t, len(list)); err != nil {
				return err
			}
		}
		return err
	case Reports:
		list, err := w.x.Reports()
		for _, r := range list {
			if err := w.put(s, "", r, len(list)); err != nil {
				return err
			}
		}
		return err
	case Notes:
		return w.x.Notes(func(n store.Note) error { return w.put(s, n.ID.String(), n, 0) })
	case Items:
		return w.x.Items(func(i store.Item, of int) error { return w.put(s, i.ID.String(), i, of) })
	case Drafts:
		return w.x.Drafts(func(d store.Draft, of int) error { return w.put(s, d.ID.String(), d, of) })
	case Invoices:
		used := fileNames{}
		return w.x.Invoices(func(inv store.Invoice, of int) error {
			pdf, err := w.x.PDF(inv.ID)
			if err != nil {
				return err
			}
			row := issued{inv, papers + "/" + used.of(inv.Doc.Number)}
			if err := w.f.write(row.File, pdf); err != nil {
				return err
			}
			return w.put(s, inv.ID.String(), row, of)
		})
	}
	return w.x.Activity(func(e store.Event) error { return w.put(s, "", e, w.count[s]+int(e.Number)) })
}

// put writes one record into the JSON file and the tables.
func (w *writer) put(s Subject, id string, record any, of int) error {
	if err := w.ctx.Err(); err != nil {
		return err
	}
	v := reflect.ValueOf(record)
	w.buf = w.buf[:0]
	if w.count[s] > 0 {
		w.buf = append(w.buf, ",\n"...)
	}
	w.buf = appendJSON(w.buf, v)
	if _, err := w.json.Write(w.buf); err != nil {
		return err
	}
	err := w.table.rows(v, id, func(t *table, row []string) error {
		w.buf = exchange.AppendRow(w.buf[:0], row)
		_, err := w.files[t].Write(w.buf)
		return err
	})
	w.count[s]++
	w.tell(s, of)
	return err
}

func (w *writer) tell(s Subject, of int) {
	if w.progress != nil {
		w.progress(Progress{Subject: s, Done: w.count[s], Of: of})
	}
}
