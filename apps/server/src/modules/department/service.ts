import { createHash, randomBytes } from 'node:crypto';
import type { HeldPost } from '@tongxin/domain/case/schema.ts';
import type { CaseRow, NewCase } from '@tongxin/domain/case/view.ts';
import type { Deps } from '../../platform/deps.ts';
import { conflict, forbidden, invalid, notFound, Problem } from '../../platform/errors/problem.ts';
import { type Scope, type Who, withScope } from '../../platform/tx/tx.ts';
import { type ListRow, presentRow } from '../case/index.ts';
import { fileNewCase } from '../intake/index.ts';
import { feedHead, findChanged, findOfBody, findToken, issueToken, listTokens, type Place, revokeToken, type TokenRow } from './repo.ts';

export const tokens = (deps: Deps, who: Who): Promise<TokenRow[]> => withScope(deps.pools.app, who, ({ tx }) => listTokens(tx));

export interface NewToken {
  readonly id: string;
  readonly organizationId: string;
  readonly name: string;
  readonly days: number;
}

/** Issues a token; it is answered once and kept nowhere. The same id again answers the row without it. */
export const issue = (deps: Deps, who: Who, asked: NewToken): Promise<{ row: TokenRow; token?: string }> =>
  withScope(deps.pools.app, who, async ({ tx }) => {
    if (!deps.directory.organization(asked.organizationId)) throw invalid('unknownOrganization');
    const known = await findToken(tx, asked.id);
    if (known) {
      if (known.organization_id !== asked.organizationId || known.name !== asked.name) throw conflict('idTaken');
      return { row: known };
    }
    const token = `txd_${randomBytes(32).toString('base64url')}`;
    await issueToken(tx, { ...asked, token, now: deps.clock.now().toISOString() }).catch((error: { code?: string }) => {
      if (error.code === '42501') throw forbidden('missingCapability', { capability: 'exchange.manage' });
      throw error;
    });
    return { row: (await findToken(tx, asked.id))!, token };
  });

export const revoke = (deps: Deps, who: Who, id: string): Promise<TokenRow> =>
  withScope(deps.pools.app, who, async ({ tx }) => {
    if (!(await revokeToken(tx, id, deps.clock.now().toISOString()))) throw notFound();
    return (await findToken(tx, id))!;
  });

/** Whose system calls: the body of the account's post. People have screens. */
const bodyOf = (scope: Scope): HeldPost => {
  const post = scope.actor.posts.find(({ role }) => role === 'departmentService');
  if (!post) throw forbidden('forSystems');
  return post;
};

/** Where a pull stands: among what the body leads, then supports, with the head of the feed when it began; then in the feed. */
type Cursor =
  | { readonly part: 'lead' | 'supporting'; readonly head: number; readonly after?: Place }
  | { readonly part: 'feed'; readonly position: number };

const encode = (cursor: Cursor): string => Buffer.from(JSON.stringify(cursor)).toString('base64url');
const SHAPE = /^\{"part":"(lead|supporting|feed)"/u;
const decode = (text: string): Cursor => {
  const words = Buffer.from(text, 'base64url').toString('utf8');
  if (!SHAPE.test(words)) throw invalid('badCursor');
  try {
    const cursor = JSON.parse(words) as Cursor;
    const number = cursor.part === 'feed' ? cursor.position : cursor.head;
    const after = cursor.part === 'feed' ? undefined : cursor.after;
    const placed =
      !after || (!Number.isNaN(Date.parse(after.updatedAt)) && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u.test(after.caseId));
    if (!Number.isSafeInteger(number) || number < 0 || !placed) throw invalid('badCursor');
    return cursor;
  } catch {
    throw invalid('badCursor');
  }
};

/** Events of the feed one pull looks through. */
const LOOKED = 2000;

export interface Pulled {
  readonly rows: CaseRow[];
  /** For the next pull; also when there is nothing new. */
  readonly next: string;
  /** Ask again at once. */
  readonly more: boolean;
}

const pullList = async (
  scope: Scope,
  body: string,
  cursor: Extract<Cursor, { head: number }>,
  limit: number,
): Promise<{ found: ListRow[]; next: Cursor }> => {
  const found = await findOfBody(scope.tx, cursor.part, body, cursor.after, limit);
  const last = found.at(-1);
  if (found.length === limit && last)
    return { found, next: { ...cursor, after: { updatedAt: new Date(last.updated_at).toISOString(), caseId: last.case_id } } };
  return { found, next: cursor.part === 'lead' ? { part: 'supporting', head: cursor.head } : { part: 'feed', position: cursor.head } };
};

/** Cases dispatched to the caller's body: all there are at first, then those that changed since the cursor; at least once each. */
export const pull = (
  deps: Deps,
  who: Who,
  { cursor: text, limit = 100 }: { readonly cursor?: string; readonly limit?: number },
): Promise<Pulled> =>
  withScope(deps.pools.app, who, async (scope) => {
    const { organizationId } = bodyOf(scope);
    const head = await feedHead(scope.tx);
    const cursor: Cursor = text ? decode(text) : { part: 'lead', head };
    const now = deps.clock.now().toISOString();
    const answer = (rows: readonly ListRow[], next: Cursor, more: boolean): Pulled => ({
      rows: rows.map((row) => presentRow(deps, row, now)),
      next: encode(next),
      more,
    });
    if (cursor.part !== 'feed') {
      const { found, next } = await pullList(scope, organizationId, cursor, limit);
      return answer(found, next, true);
    }
    // A place beyond the head is of a feed that is no more: a copy was restored.
    if (cursor.position > head) throw new Problem(410, 'cursorGone');
    const { rows, upTo } = await findChanged(scope.tx, organizationId, cursor.position, LOOKED);
    return answer(rows, { part: 'feed', position: upTo }, upTo < head);
  });

export interface PushedCase
  extends Pick<NewCase, 'text' | 'demandKind' | 'categoryId' | 'point' | 'address' | 'areaId' | 'reporter' | 'occurredAt'> {
  readonly sourceNumber: string;
}

/** The id of a department's case, from its body and its number there: the same number is the same case, whoever sends it. */
const caseIdOf = (organizationId: string, sourceNumber: string): string => {
  const hex = createHash('sha256').update(`department:${organizationId}:${sourceNumber}`, 'utf8').digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/** Files a department's own case. The same again answers the same case, other words under its number 409 `sourceChanged`. */
export const push = async (
  deps: Deps,
  who: Who,
  { sourceNumber, ...body }: PushedCase,
): Promise<{ id: string; number: string; sourceNumber: string; receivedAt: string; repeated: boolean }> => {
  const { organizationId } = await withScope(deps.pools.app, who, async (scope) => bodyOf(scope));
  const id = caseIdOf(organizationId, sourceNumber);
  const system = `department.${organizationId.replaceAll('-', '').slice(0, 32)}`;
  const { receipt, repeated } = await fileNewCase(deps, who, { id, ...body }, { system, number: sourceNumber }).catch((error: unknown) => {
    if (error instanceof Problem && error.code === 'idTaken') throw conflict('sourceChanged');
    throw error;
  });
  return { id, number: receipt.number, sourceNumber, receivedAt: receipt.receivedAt, repeated };
};
