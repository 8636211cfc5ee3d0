import { isOn, standingOf } from '@tongxin/domain/dispute/joining/rules.ts';
import type { HelperStanding, HelpersView, Invitation } from '@tongxin/domain/dispute/joining/schema.ts';
import type { Deps } from '../../../platform/deps.ts';
import type { Held } from '../hold/service.ts';
import { meetingLink } from '../session/meeting/service.ts';
import type { HelperRow, HelperStepRow, HelpingRow } from './repo.ts';

/** What binds a sealed field to its helper. */
export const helperPlace = (caseId: string, helperId: string, field: 'name' | 'phone' | 'subject'): string =>
  `helper:${caseId}:${helperId}:${field}`;
export const stepPlace = (caseId: string, stepId: string): string => `helperStep:${caseId}:${stepId}`;

export const standingAmong = (helper: HelperRow, steps: readonly HelperStepRow[]): HelperStanding =>
  standingOf(
    helper.role,
    steps.filter(({ helper_id }) => helper_id === helper.helper_id).map(({ helper_id, step }) => ({ helperId: helper_id, step })),
  );

/** One who helps, as its reader may know: telephones are the desk's, an objection its side's and the desk's. */
export const presentHelper = (
  deps: Deps,
  { row, ownSide }: Held,
  helper: HelperRow,
  steps: readonly HelperStepRow[],
): HelpersView['helpers'][number] => {
  const caseId = row.case_id;
  const { helper_id: id, role } = helper;
  const open = (sealed: Buffer | null | undefined, place: string) => sealed && deps.crypto.open(sealed, place).toString('utf8');
  const own = steps.filter(({ helper_id }) => helper_id === id);
  const objection = own.findLast(({ step }) => step === 'objected');
  const answer = own.findLast(({ step }) => step === 'kept');
  const phone = ownSide ? undefined : open(helper.phone_sealed, helperPlace(caseId, id, 'phone'));
  const subject = open(helper.subject_sealed, helperPlace(caseId, id, 'subject'));
  const mine = objection !== undefined && objection.party_id === ownSide;
  const why = objection && (!ownSide || mine) ? open(objection.why_sealed, stepPlace(caseId, objection.step_id)) : undefined;
  const kept = answer && isOn(standingAmong(helper, steps)) ? open(answer.why_sealed, stepPlace(caseId, answer.step_id)) : undefined;
  const all = standingAmong(helper, steps);
  // That an objection waits would say whose: there are two sides.
  const standing =
    ownSide && !mine && all === 'objected'
      ? standingAmong(
          helper,
          steps.filter(({ step }) => step !== 'objected'),
        )
      : all;
  return {
    id,
    role,
    name: open(helper.name_sealed, helperPlace(caseId, id, 'name'))!,
    ...(phone ? { phone } : {}),
    ...(subject ? { subject } : {}),
    ...(helper.session_id ? { sessionId: helper.session_id } : {}),
    standing,
    ...(objection && (!ownSide || mine)
      ? { objection: { own: mine, ...(objection.party_id ? { partyId: objection.party_id } : {}), ...(why ? { why } : {}) } }
      : {}),
    ...(kept && (!ownSide || mine) ? { kept } : {}),
  };
};

/** An invitation with its times: who asks, as what, when and where. */
export const presentInvitation = (deps: Deps, rows: readonly HelpingRow[]): Invitation => {
  const { helper_id, case_id, organization_id, role, subject_sealed, joined } = rows[0]!;
  const label = deps.directory.organization(organization_id)?.label;
  const subject = subject_sealed && deps.crypto.open(subject_sealed, helperPlace(case_id, helper_id, 'subject')).toString('utf8');
  return {
    id: helper_id,
    ...(label ? { organizationLabel: label } : {}),
    role,
    ...(subject ? { subject } : {}),
    joined,
    sessions: rows.flatMap(({ session_id, starts_at, ends_at, fixed, room, link_sealed, meeting }) => {
      if (!session_id || !starts_at || !ends_at) return [];
      // The way into a talk is for whoever took the duty on.
      const link =
        joined && meetingLink(deps, case_id, { session_id, link_sealed, meeting, ends_at, state: fixed ? 'fixed' : 'proposed' }, true);
      return [
        {
          startsAt: starts_at.toISOString(),
          endsAt: ends_at.toISOString(),
          fixed: fixed === true,
          ...(room ? { room } : {}),
          ...(link ? { link } : {}),
        },
      ];
    }),
  };
};
