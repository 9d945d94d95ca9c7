package vault

import "counterbook/store/internal/vault/keys"

// DropBadge lets a member's badge open nothing any more.
func (t *Tx) DropBadge(id ID) error {
	return t.reseat(id, func(p *keys.Profile) error {
		*p = p.Without(keys.BadgeSlot)
		return nil
	})
}
