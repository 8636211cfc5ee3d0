import { instantToLocalDate } from '@tongxin/domain/calendar/rules.ts';
import type { CaseView } from '@tongxin/domain/case/view.ts';
import type { SharedView } from '@tongxin/domain/receipt/view.ts';
import type { Deps } from '../../../platform/deps.ts';
import { notFound } from '../../../platform/errors/problem.ts';
import { type Who, withScope } from '../../../platform/tx/tx.ts';
import { type CodeHolder, codeOfParty, viewInScope } from '../../case/index.ts';

const SHARE = 'share';
const bytesOf = (uuid: string): Buffer => Buffer.from(uuid.replaceAll('-', ''), 'hex');
const uuidOf = (hex: string): string =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;

/** The token of a link that may be forwarded: case, party and its slip sealed, so that nothing is kept and nothing can be guessed. */
export const shareToken = (deps: Deps, { caseId, partyId, slip }: CodeHolder): string =>
  deps.crypto.seal(Buffer.concat([caseId, partyId, ...(slip ? [slip] : [])].map(bytesOf)), SHARE).toString('base64url');

export const shareReceipt = (deps: Deps, who: Who): Promise<{ token: string }> =>
  withScope(deps.pools.app, who, async ({ receipt }) => {
    if (!receipt) throw notFound();
    return { token: shareToken(deps, receipt) };
  });

/** Whoever a token was made for, as if with the query code: known here alone. Throws 404 for what was not made here. */
const holderOf = (deps: Deps, token: string): Who => {
  let hex: string;
  try {
    hex = deps.crypto.open(Buffer.from(token, 'base64url'), SHARE).toString('hex');
  } catch {
    throw notFound();
  }
  const slip = hex.slice(64);
  const code = codeOfParty(deps, {
    caseId: uuidOf(hex.slice(0, 32)),
    partyId: uuidOf(hex.slice(32, 64)),
    ...(slip ? { slip: uuidOf(slip) } : {}),
  });
  return { kind: 'service', token: deps.config.secrets.serviceTokens.portal, receiptHash: deps.crypto.receiptHash(code) };
};

const day = (instant: string): string => instantToLocalDate(instant);

/** Of the reporter's own view what anybody may see to whom it was forwarded. */
const presentShared = (view: CaseView, confidential: boolean): SharedView => {
  const hidden = confidential || view.reporterProtected;
  const clock = view.clocks.find(({ status, dueAt }) => status === 'running' && dueAt);
  const organization = view.leadOrganizationLabel ?? view.receivingOrganizationLabel;
  return {
    ...(view.categoryLabel && !confidential ? { categoryLabel: view.categoryLabel } : {}),
    areaLabels: hidden ? [] : view.areaLabels.slice(-2),
    stageLabel: view.stageLabel,
    ended: view.ended,
    ...(organization && !hidden ? { organizationLabel: organization } : {}),
    ...(view.reportedAt ? { reportedOn: day(view.reportedAt) } : {}),
    updatedOn: day(view.updatedAt),
    ...(clock?.dueAt && !view.ended ? { dueOn: day(clock.dueAt) } : {}),
  };
};

export const viewShared = (deps: Deps, token: string): Promise<SharedView> =>
  withScope(deps.pools.app, holderOf(deps, token), async (scope) => {
    if (!scope.receipt) throw notFound();
    const view = await viewInScope(deps, scope, scope.receipt.caseId);
    return presentShared(view, deps.procedures.get(view.procedureId, view.procedureVersion)?.confidential ?? true);
  });
