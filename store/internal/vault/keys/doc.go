// Package keys holds who can open what: the slots that turn a passphrase, a
// recovery kit or a badge into a profile's bundle of keys, and the table of members
// and grants that the owner's root key signs.
//
// Nothing in a book's file is trusted because it is in the file. A profile's
// bundle, which only its own secret opens, carries the owner's verifying key;
// a table, a certificate or a grant that this key did not sign is refused.
//
// The package is pure: it works on bytes and reads no file.
//
// # Format 2: how a key is reached
//
// Everything is CBOR (RFC 8949) with integer keys, in core deterministic encoding;
// the numbers stand at the fields of the types. A field that is not known is refused.
// Derive(k, label) is HKDF-Expand with SHA-256 (RFC 5869) of 32 bytes; labels start
// with "counterbook/v1/", the version of the labels and not of the format. "Sealed
// with HPKE" is base mode of RFC 9180 with the suite that is stored beside it,
// today MLKEM768-X25519, HKDF-SHA256 and ChaCha20-Poly1305, no additional data, and
// as info the CBOR of the list that is given.
//
//	secret    a slot's key is Argon2id (RFC 9106) over the passphrase in NFKC, with the
//	          slot's salt and costs; or HKDF-SHA256 (extract and expand) over the bytes
//	          of a kit (20) or a badge (16), salt, info "counterbook/v1/kit" or "…/badge"
//	slot      holds the bundle key: XChaCha20-Poly1305, additional data the CBOR of
//	          ["counterbook/v1/slot", bind, kind, salt, costs], where bind is
//	          "counterbook/v1/bundle" ‖ 0 ‖ book 16 ‖ profile 16. Check is the first 16
//	          bytes of Derive(slot's key, "…/commit"); Sum the first 8 of the SHA-256 of
//	          additional data ‖ Check
//	bundle    a profile's private keys, book, pinned root key and newest commit: CBOR,
//	          0x80, zeros up to a multiple of 256; XChaCha20-Poly1305 under the bundle
//	          key, additional data bind
//	mark      one byte (Mark), as a record of area 0, id the profile, commit 0, under
//	          Derive(members' key, "…/mark") of the epoch that it names
//	table     signed with Ed25519 by the root key of the bundle: over
//	          "counterbook/v1/table" ‖ 0 ‖ the CBOR of the table without its signature
//	copy      the members' key of the table's Epoch, sealed with HPKE to each profile
//	          that is not disabled; info ["counterbook/v1/members", book, epoch, profile]
//	private   the part of the table that members read: CBOR, as a record of area 0 and
//	          id 0, commit the table's Version, under Derive(members' key, "…/table")
//	earlier   the members' keys of the epochs 1 to Epoch-1, in the private part
//	grant     an area key, sealed with HPKE; info ["counterbook/v1/grant", book, area,
//	          epoch, profile]. Check of copies and grants is that of slots
//	event     see EventSealer: to the public half of the pair that DHKEM(X25519) derives
//	          from Derive(key of the activity area, "…/events")
//
// A record is sealed as package envelope says, under
// Derive(area key, "…/area/record") of the epoch that it names. The id of a record
// that is found by a name is the first 16 bytes of HMAC-SHA256 over the name, under
// Derive(the area key of the lowest epoch there is a grant of, "…/area/name").
//
// # When keys turn
//
// Who is disabled or reset loses its copy, and the members' key gets a new epoch in
// the same transaction, under which that transaction's own log entry is sealed
// already. Who loses an area loses its grants, and the area gets a new epoch. A
// bundle of before opens nothing that is written afterwards. The root key never turns.
package keys
