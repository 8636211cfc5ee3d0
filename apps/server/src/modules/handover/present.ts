import type { Actor } from '@tongxin/domain/case/schema.ts';
import type { Light } from '@tongxin/domain/case/view.ts';
import type { DutyShift, Handover, HandoverCase, HandoverRow } from '@tongxin/domain/handover/schema.ts';
import type { Label } from '@tongxin/domain/label/schema.ts';
import { maskWords } from '@tongxin/domain/mask/rules.ts';
import type { Shift } from '@tongxin/domain/roster/rules.ts';
import type { Deps } from '../../platform/deps.ts';
import { openContent } from '../../platform/record/chain.ts';
import type { HandoverRecord, KeptCase, NoteRow, SeenRow } from './repo.ts';

export const presentShift = (deps: Deps, shift: Shift | null | undefined): DutyShift | undefined => {
  if (!shift) return undefined;
  const postLabel = deps.directory.post(shift.postId)?.label;
  return { startsAt: shift.startsAt, endsAt: shift.endsAt, kind: shift.kind, ...(postLabel ? { postLabel } : {}) };
};

const stageOf = (deps: Deps, id: string, version: number, stage: string): Label =>
  deps.procedures.get(id, version)?.stages[stage]?.label ?? { zh: stage };

/** A case of a sheet: as it stood then, with the words its reader may read now. */
export const presentCases = (
  deps: Deps,
  kept: readonly KeptCase[],
  seenRows: readonly SeenRow[],
  notes: readonly NoteRow[],
): HandoverCase[] => {
  const seen = new Map(seenRows.map((row) => [row.case_id, row]));
  const noted = new Map(notes.map((note) => [note.case_id, note]));
  return kept.map((one) => {
    const now = seen.get(one.caseId);
    const note = now ? noted.get(one.caseId) : undefined;
    const { words } = note ? openContent(deps.crypto, note.case_id, note.event_no, note.sealed) : {};
    return {
      id: one.caseId,
      number: one.number,
      ...(now ? { title: now.title ?? '' } : {}),
      stageLabel: stageOf(deps, one.procedureId, one.procedureVersion, one.stage),
      ...(now && now.stage !== one.stage ? { nowLabel: stageOf(deps, now.procedure_id, now.procedure_version, now.stage) } : {}),
      light: one.light as Light,
      ...(one.dueAt ? { dueAt: one.dueAt } : {}),
      dueNext: one.dueNext,
      ...(typeof words === 'string' ? { note: maskWords(words) } : {}),
    };
  });
};

const postLabel = (deps: Deps, postId: string | null): Label | undefined => (postId ? deps.directory.post(postId)?.label : undefined);

/** Who may receive: somebody else of the office, as long as nobody has. */
const mayReceive = (row: HandoverRecord, actor: Actor): boolean =>
  row.received_at === null && row.left_by !== actor.personId && actor.posts.some((post) => post.organizationId === row.office_id);

export const presentRow = (deps: Deps, row: HandoverRecord, actor: Actor): HandoverRow => {
  const [left, received] = [postLabel(deps, row.left_post), postLabel(deps, row.received_post)];
  return {
    id: row.handover_id,
    organizationId: row.organization_id,
    leftAt: new Date(row.left_at).toISOString(),
    ...(left ? { leftBy: left } : {}),
    cases: row.cases.length,
    dueNext: row.cases.filter(({ dueNext }) => dueNext).length,
    ...(row.received_at ? { receivedAt: new Date(row.received_at).toISOString() } : {}),
    ...(received ? { receivedBy: received } : {}),
    mayReceive: mayReceive(row, actor),
  };
};

export const sealPlace = (id: string, part: 'words' | 'receivedWords'): string => `handover:${id}:${part}`;

export const presentSheet = (deps: Deps, row: HandoverRecord, actor: Actor, list: HandoverCase[]): Handover => {
  const [shift, next] = [presentShift(deps, row.shift), presentShift(deps, row.next_shift)];
  const opened = (sealed: Buffer | null, part: 'words' | 'receivedWords'): string | undefined =>
    sealed ? deps.crypto.open(sealed, sealPlace(row.handover_id, part)).toString('utf8') : undefined;
  const [words, receivedWords] = [opened(row.words_sealed, 'words'), opened(row.received_words_sealed, 'receivedWords')];
  return {
    ...presentRow(deps, row, actor),
    organizationLabel: deps.directory.organization(row.organization_id)?.label ?? { zh: '–' },
    ...(shift ? { shift } : {}),
    ...(next ? { next } : {}),
    until: new Date(row.until).toISOString(),
    ...(words ? { words } : {}),
    ...(receivedWords ? { receivedWords } : {}),
    list,
    more: row.more,
  };
};
