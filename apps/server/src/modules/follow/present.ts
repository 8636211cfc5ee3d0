import type { CaseView } from '@tongxin/domain/case/view.ts';
import type { FollowedView, NearbyReport, OwnFollowing } from '@tongxin/domain/follow/schema.ts';
import type { Label } from '@tongxin/domain/label/schema.ts';
import { maskWords } from '@tongxin/domain/mask/rules.ts';
import type { Procedure } from '@tongxin/domain/procedure/schema.ts';
import { readHeader } from '@tongxin/domain/record/rules.ts';
import type { Deps } from '../../platform/deps.ts';
import type { EventRow } from '../case/index.ts';
import type { Following, NearbyRow, OwnFollowingRow } from './repo.ts';

/** From the largest area down, as places are said. */
const labelsOf = (deps: Deps, areaIds: readonly string[]): Label[] =>
  areaIds.toReversed().flatMap((id) => deps.directory.area(id)?.label ?? []);

/** Kind, area and state: what may be told of a report. */
const coarse = (deps: Deps, row: NearbyRow | OwnFollowingRow) => {
  const category = row.category_id ? deps.directory.category(row.category_id, row.category_version ?? undefined) : undefined;
  const stage = deps.procedures.get(row.procedure_id, row.procedure_version)?.stages[row.stage];
  return {
    ...(category ? { categoryLabel: category.label } : {}),
    areaLabels: labelsOf(deps, row.area_ids).slice(-2),
    stageLabel: stage?.told ?? stage?.label ?? { zh: row.stage },
  };
};

export const presentOwnFollowing = (deps: Deps, row: OwnFollowingRow): OwnFollowing => ({
  queryCode: deps.crypto.receiptCode(row.case_id, row.follower_id),
  ...coarse(deps, row),
  ended: row.ended,
  joinedAt: row.joined_at.toISOString(),
});

export const presentNearby = (deps: Deps, row: NearbyRow, ref: string): NearbyReport => {
  return {
    ref,
    ...(row.category_id ? { categoryId: row.category_id } : {}),
    ...coarse(deps, row),
    reportedOn: row.filed_on,
    followers: row.followers,
  };
};

/**
 * A followed case: of its reporter's view the steps an office took for all to hear, words masked. What passes between the office and one reporter,
 * what any party did or wrote, pictures, title, spot and numbers are not taken over.
 */
export const presentFollowed = (
  procedure: Procedure,
  view: CaseView,
  record: readonly EventRow[],
  { joinedAt }: Following,
  followers: number,
): FollowedView => {
  const byOffice = new Set(
    record.flatMap((event) => {
      const { header, actor } = readHeader(event.header);
      const action = header.action ? procedure.actions[header.action] : undefined;
      return action?.told && !action.personal && actor.organizationId ? [event.event_no] : [];
    }),
  );
  const clock = view.clocks.find(({ status }) => status !== 'stopped');
  const organization = view.leadOrganizationLabel ?? view.receivingOrganizationLabel;
  const end = procedure.stages[view.stage]?.end;
  return {
    ...(view.categoryLabel ? { categoryLabel: view.categoryLabel } : {}),
    areaLabels: view.areaLabels.slice(-2),
    stageLabel: view.stageLabel,
    ended: view.ended,
    unanswered: end !== undefined && end !== 'answered' && end !== 'merged' && end !== 'anonymous',
    ...(organization ? { organizationLabel: organization } : {}),
    ...(clock?.dueAt && !view.ended ? { dueAt: clock.dueAt } : {}),
    overdue: clock?.overdue ?? false,
    provisional: clock?.provisional ?? false,
    record: view.record
      .filter(({ no }) => byOffice.has(no))
      .map((entry) => ({
        ...entry,
        answers: entry.answers.map((answer) => (typeof answer.value === 'string' ? { ...answer, value: maskWords(answer.value) } : answer)),
        files: [],
      })),
    joinedAt,
    followers,
  };
};
