import { Uuid } from '@tongxin/domain/case/view.ts';
import { type Static, Type } from 'typebox';
import type { TokenRow } from './repo.ts';

export const TokenView = Type.Object({
  id: Uuid,
  organizationId: Uuid,
  name: Type.String(),
  /** The last letters of the token. */
  ending: Type.String(),
  issuedAt: Type.String(),
  expiresAt: Type.String(),
  revokedAt: Type.Optional(Type.String()),
});

export const presentToken = (row: TokenRow): Static<typeof TokenView> => ({
  id: row.token_id,
  organizationId: row.organization_id,
  name: row.name,
  ending: row.ending,
  issuedAt: row.issued_at.toISOString(),
  expiresAt: row.expires_at.toISOString(),
  ...(row.revoked_at ? { revokedAt: row.revoked_at.toISOString() } : {}),
});
