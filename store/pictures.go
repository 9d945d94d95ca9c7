package store

// Pictures: what stands on the pages of invoices beside text. Each picture is
// kept once, however many invoices show it, and for ever: a page names it by its
// digest, so that an invoice shows what it was issued with.

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"

	"counterbook/invoice/paper"
	"counterbook/store/internal/vault"
)

// pictureID is where a picture of that digest is kept, among what lists do not
// read.
func (s *Session) pictureID(digest []byte) (ID, error) {
	id, err := s.v.Name(areaInvoices, "picture "+hex.EncodeToString(digest))
	id[0] |= paperBit
	return ID(id), err
}

// keepPictures keeps the pictures of pages, and returns the pages with the
// digest of each in its place. What lies there already has to be the picture: an
// invoice would get a number, and never show its pages.
func (s *Session) keepPictures(tx *vault.Tx, pages []paper.Page) ([]paper.Page, error) {
	return eachPicture(pages, func(data []byte) ([]byte, error) {
		digest := sha256.Sum256(data)
		id, err := s.pictureID(digest[:])
		if err != nil {
			return nil, err
		}
		var kept []byte
		switch _, err = readIn(tx, areaInvoices, id, kindPicture, &kept); {
		case errors.Is(err, ErrNotFound):
			err = write(tx, areaInvoices, id, kindPicture, data)
		case err == nil && sha256.Sum256(kept) != digest:
			err = &DamagedError{Where: "picture"}
		}
		return digest[:], err
	})
}

// withPictures returns stored pages with the pictures they name. A picture that
// is not there, or is not the one that was kept, is damage.
func (s *Session) withPictures(pages []paper.Page) ([]paper.Page, error) {
	return eachPicture(pages, func(digest []byte) ([]byte, error) {
		id, err := s.pictureID(digest)
		if err != nil {
			return nil, explain(err)
		}
		var data []byte
		_, err = read(s, areaInvoices, id, kindPicture, &data)
		if sum := sha256.Sum256(data); errors.Is(err, ErrNotFound) || err == nil && !slices.Equal(sum[:], digest) {
			err = &DamagedError{Where: "invoice page"}
		}
		return data, err
	})
}

// eachPicture returns pages with the data of every picture replaced. The pages
// it is given stay as they are.
func eachPicture(pages []paper.Page, replace func([]byte) ([]byte, error)) ([]paper.Page, error) {
	out := slices.Clone(pages)
	for i, p := range out {
		for k, o := range p.Ops {
			if o.Kind != paper.OpImage {
				continue
			}
			data, err := replace(o.Data)
			if err != nil {
				return nil, err
			}
			if &out[i].Ops[0] == &pages[i].Ops[0] {
				out[i].Ops = slices.Clone(p.Ops)
			}
			out[i].Ops[k].Data = data
		}
	}
	return out, nil
}
