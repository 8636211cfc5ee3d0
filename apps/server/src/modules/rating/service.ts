import { createHash } from 'node:crypto';
import type { Actor } from '@tongxin/domain/case/schema.ts';
import type { CaseView } from '@tongxin/domain/case/view.ts';
import type { RatingView } from '@tongxin/domain/receipt/view.ts';
import type { Deps } from '../../platform/deps.ts';
import { conflict, invalid, notFound } from '../../platform/errors/problem.ts';
import { type Scope, type Tx, type Who, withScope } from '../../platform/tx/tx.ts';
import { actInScope, viewInScope } from '../case/index.ts';
import { enterRating, insertRatingLink, useRating } from './repo.ts';

const codeHash = (deps: Deps, code: string): Buffer => deps.crypto.receiptHash(code);

const DAY_MS = 86_400_000;
/** Days in which a link rates. */
const KEPT_DAYS = 30;

/** The answer a link rates, and who was answered. */
export interface Answered {
  readonly caseId: string;
  readonly partyId: string;
  /** The event by which it was answered. */
  readonly eventNo: number;
}

/**
 * The address, below the installation's own, that rates one answer; kept by whoever sends it. The code is derived: a message sent twice leads to
 * the same. By the maintenance role.
 */
export const makeRatingLink = async (deps: Deps, tx: Tx, answered: Answered): Promise<string> => {
  const { caseId, partyId, eventNo } = answered;
  const code = deps.crypto.receiptCode(caseId, `rate:${partyId}:${eventNo}`);
  const expiresAt = new Date(deps.clock.now().getTime() + KEPT_DAYS * DAY_MS).toISOString();
  await insertRatingLink(tx, { hash: codeHash(deps, code), ...answered, expiresAt });
  return `/rate/${code}`;
};

interface Rating {
  readonly view: CaseView;
  readonly scope: Scope;
  readonly field: CaseView['allowed'][number]['form'][number];
  readonly action: string;
  readonly used: string | undefined;
}

/** Opens the case of a rating link as its party. What cannot be rated any more, or was answered anew, is not found: the link has run out. */
const withRating = <T>(deps: Deps, who: Who, code: string, work: (rating: Rating) => Promise<T>): Promise<T> =>
  withScope(deps.pools.app, who, async (opened) => {
    const found = await enterRating(opened.tx, codeHash(deps, code), deps.clock.now().toISOString());
    if (!found || found.stale) throw notFound();
    const { caseId, partyId, value } = found;
    const actor: Actor = { kind: 'anonymous', posts: [], receiptCaseIds: [caseId], receiptPartyId: partyId };
    const scope: Scope = { ...opened, tx: opened.tx, actor, receipt: { caseId, partyId } };
    const view = await viewInScope(deps, scope, caseId);
    const procedure = deps.procedures.get(view.procedureId, view.procedureVersion);
    const action = view.allowed.find(({ id }) => procedure?.actions[id]?.partyAct === 'rate');
    const field = action?.form.find(({ type, required }) => type === 'choice' && required);
    if (!action || !field || action.form.some((one) => one.required && one !== field)) throw notFound();
    return work({ view, scope, field, action: action.id, used: value ?? undefined });
  });

export const viewRating = (deps: Deps, who: Who, code: string): Promise<RatingView> =>
  withRating(deps, who, code, async ({ view, field, used }) => ({
    number: view.number,
    label: view.stageLabel,
    question: field.label,
    options: [...(field.options ?? [])],
    ...(used ? { rated: used } : {}),
  }));

/** One tap. The same again changes nothing; another answer by the same link is refused: with the query code one may rate anew. */
export const rate = (deps: Deps, who: Who, code: string, value: string): Promise<{ rated: string }> =>
  withRating(deps, who, code, async ({ view, scope, field, action, used }) => {
    if (used === value) return { rated: value };
    if (used) throw conflict('ratingUsed');
    if (!field.options?.some((option) => option.value === value)) throw invalid('fieldUnfit', { field: 'value', why: 'notOffered' });
    const hash = codeHash(deps, code);
    await useRating(scope.tx, hash, value, deps.clock.now().toISOString());
    const hex = createHash('sha256').update('rate:').update(hash).digest('hex');
    const commandId = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
    await actInScope(deps, scope, view.id, { commandId, action, version: view.version, input: { [field.id]: value } });
    return { rated: value };
  });
