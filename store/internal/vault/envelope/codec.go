package envelope

// The one encoding of everything that is stored: CBOR (RFC 8949) with core
// deterministic encoding, decoded strictly.

import (
	"errors"

	"github.com/fxamacker/cbor/v2"
)

var (
	encoder = must(func() (cbor.EncMode, error) {
		o := cbor.CoreDetEncOptions()
		o.Time = cbor.TimeRFC3339Nano
		o.TextMarshaler = cbor.TextMarshalerTextString
		o.BinaryMarshaler = cbor.BinaryMarshalerNone
		return o.EncMode()
	})
	decoder = must(func() (cbor.DecMode, error) {
		return cbor.DecOptions{
			DupMapKey:         cbor.DupMapKeyEnforcedAPF,
			IndefLength:       cbor.IndefLengthForbidden,
			TagsMd:            cbor.TagsForbidden,
			MaxNestedLevels:   16,
			MaxArrayElements:  1 << 20,
			MaxMapPairs:       1 << 16,
			ExtraReturnErrors: cbor.ExtraDecErrorUnknownField,
			TextUnmarshaler:   cbor.TextUnmarshalerTextString,
			BinaryUnmarshaler: cbor.BinaryUnmarshalerNone,
		}.DecMode()
	})
)

func must[T any](f func() (T, error)) T {
	v, err := f()
	if err != nil {
		panic(err)
	}
	return v
}

// Marshal encodes v. Equal values give equal bytes.
func Marshal(v any) ([]byte, error) { return encoder.Marshal(v) }

// Unmarshal decodes b into v. A field this program does not know gives
// ErrNewer, so that a record of a newer program is never read by halves and
// written back without what was not understood.
func Unmarshal(b []byte, v any) error {
	err := decoder.Unmarshal(b, v)
	var unknown *cbor.UnknownFieldError
	if errors.As(err, &unknown) {
		return ErrNewer
	}
	if err != nil {
		return ErrForm
	}
	return nil
}
