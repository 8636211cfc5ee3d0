import { createHash } from 'node:crypto';
import { instantToLocalDate, isDate } from '@tongxin/domain/calendar/rules.ts';
import type { NewEvent } from '@tongxin/domain/case/schema.ts';
import type { CaseView } from '@tongxin/domain/case/view.ts';
import { chineseDate, DOCUMENTS } from '@tongxin/domain/document/rules.ts';
import { dossierOf, SLOT_FORMS, signedOnScreen } from '@tongxin/domain/dossier/rules.ts';
import type { Archived, DossierItem, DossierPlace, DossierView, NewArchive, Slot } from '@tongxin/domain/dossier/schema.ts';
import { evolve } from '@tongxin/domain/procedure/rules.ts';
import { canonical, readHeader } from '@tongxin/domain/record/rules.ts';
import { v7 } from 'uuid';
import type { Deps } from '../../../platform/deps.ts';
import { conflict, invalid, notFound } from '../../../platform/errors/problem.ts';
import { openContent } from '../../../platform/record/chain.ts';
import { type Scope, type Who, withScope } from '../../../platform/tx/tx.ts';
import { appendAndCommit, type CaseMaterial, postLabel, procedureOf, readSealedParty, withLocked } from '../../case/index.ts';
import { openInScope, printsOf } from '../../file/index.ts';
import { printPdf } from '../print/service.ts';
import { getMaterial, type Kept, keptOf, nextNumber, officeOf, postOf, printsFor, staffView } from '../service.ts';
import { archivingFacts, bind, type Piece, signedPage } from './print/service.ts';

/** Procedures whose papers are bound into a file of the ministry's order. */
const PROCEDURES: readonly string[] = ['mediation'];

interface Known {
  readonly material: CaseMaterial;
  readonly view: CaseView;
  readonly kept: readonly Kept[];
  /** Signed papers as they came back, by paper. */
  readonly scans: ReadonlyMap<string, readonly string[]>;
  readonly parts: ReturnType<typeof dossierOf>;
  readonly archived: Archived | undefined;
}

const headersOf = (material: CaseMaterial, type: string) =>
  material.record.filter((event) => event.type === type).map((event) => ({ event, ...readHeader(event.header) }));

const contentOf = (deps: Deps, material: CaseMaterial, event: CaseMaterial['record'][number]): Readonly<Record<string, unknown>> =>
  event.sealed ? openContent(deps.crypto, material.row.case_id, event.event_no, event.sealed) : {};

const archivedOf = (deps: Deps, material: CaseMaterial): Archived | undefined => {
  const last = headersOf(material, 'document.archived').at(-1);
  if (!last) return undefined;
  const { words } = contentOf(deps, material, last.event);
  return { ...(last.header.codes as unknown as Archived), ...(typeof words === 'string' ? { note: words } : {}) };
};

const scansOf = (material: CaseMaterial): Map<string, string[]> => {
  const scans = new Map<string, string[]>();
  for (const { header } of headersOf(material, 'document.signed')) {
    const { documentId } = header.codes as { documentId: string };
    scans.set(documentId, [...(scans.get(documentId) ?? []), ...(header.fileIds ?? [])]);
  }
  return scans;
};

const SIGNED_ON_SCREEN = '屏幕签名记录';
const MADE: Readonly<Record<string, string>> = { photo: '照片', document: '文件', sound: '录音' };

const knownOf = async (deps: Deps, scope: Scope, caseId: string): Promise<Known> => {
  const material = await getMaterial(scope, caseId);
  const view = staffView(deps, scope, material);
  if (!PROCEDURES.includes(view.procedureId)) throw notFound();
  const all = keptOf(deps, material).filter(({ paper }) => paper);
  // An agreement that was written anew stands in the place of the one before.
  const kept = all.filter(({ kind }, i) => kind !== 'agreement' || i === all.findLastIndex((one) => one.kind === 'agreement'));
  const scans = scansOf(material);
  const inPapers = new Set([...scans.values()].flat());
  const files = material.files
    .filter((file) => !file.erased_at && !inPapers.has(file.file_id))
    .map(
      (file, i): DossierItem => ({
        kind: 'file',
        id: file.file_id,
        title: `${MADE[file.kind] ?? '附件'} ${i + 1}`,
        mediaType: file.media_type,
      }),
    );
  const papers = kept.map(({ id, kind, number, paper, event }) => ({
    slot: DOCUMENTS[kind].slot,
    item: {
      kind: 'paper',
      id,
      title: [paper!.title, number].filter(Boolean).join(' '),
      at: readHeader(event.header).recordedAt,
      ...(scans.has(id) ? { signed: true } : {}),
    } satisfies DossierItem,
  }));
  const placed = headersOf(material, 'document.placed').map(({ header }) => header.codes as unknown as { fileId: string; slot?: Slot });
  const steps = view.record.flatMap(({ action }) => action ?? []);
  const made = signedOnScreen(view.record).length
    ? [{ slot: 'agreement', item: { kind: 'made', id: caseId, title: SIGNED_ON_SCREEN } } as const]
    : [];
  return { material, view, kept, scans, parts: dossierOf({ papers, files, placed, made, steps }), archived: archivedOf(deps, material) };
};

const isOver = (deps: Deps, { material }: Known): boolean =>
  procedureOf(deps, material.row).stages[material.row.state.stage]?.end !== undefined;

/** Whether nothing that the file of a case must have is missing. */
export const isFileComplete = async (deps: Deps, scope: Scope, caseId: string): Promise<boolean> =>
  !(await knownOf(deps, scope, caseId)).parts.slots.some(({ missing }) => missing);

/** What the file of a case has, what it lacks, and who had it opened. */
export const dossierOfCase = (deps: Deps, who: Who, caseId: string): Promise<DossierView> =>
  withScope(deps.pools.app, who, async (scope) => {
    const known = await knownOf(deps, scope, caseId);
    const readings = headersOf(known.material, 'document.read').map(({ event, actor, recordedAt }) => {
      const by = actor.organizationId ? postLabel(deps, actor.organizationId, actor.postId) : undefined;
      const { words } = contentOf(deps, known.material, event);
      return { at: recordedAt, ...(by ? { by } : {}), purpose: typeof words === 'string' ? words : '' };
    });
    const over = isOver(deps, known);
    return {
      ...known.parts,
      ...(known.archived ? { archived: known.archived } : {}),
      over,
      mayArchive: over && !known.archived,
      readings: readings.toReversed(),
    };
  });

/** Writes one event on the record, once for each command; judged by what is known of the file under the lock of the case. */
const onRecord = (
  deps: Deps,
  who: Who,
  caseId: string,
  { commandId, ...asked }: { readonly commandId: string },
  event: (scope: Scope, known: Known) => Promise<Pick<NewEvent, 'type' | 'header' | 'content'>>,
): Promise<{ version: number }> =>
  withLocked(deps, who, caseId, commandId, async (scope, row, prior) => {
    const digest = createHash('sha256').update(canonical(asked)).digest();
    if (prior) {
      if (!prior.command_digest.equals(digest)) throw conflict('commandReused');
      return { version: row.version };
    }
    const known = await knownOf(deps, scope, caseId);
    const post = postOf(known.material, scope);
    const made: NewEvent = {
      ...(await event(scope, known)),
      occurredAt: deps.clock.now().toISOString(),
      actor: { kind: scope.actor.kind, personId: scope.actor.personId, postId: post.postId, organizationId: post.organizationId },
    };
    return { version: await appendAndCommit(deps, scope, row, [made], evolve(row.state, made), { id: commandId, digest }) };
  });

/** Puts an attachment of the case into a place of its file, or takes it out. Throws 409 once the file is archived. */
export const placeFile = (deps: Deps, who: Who, caseId: string, asked: DossierPlace): Promise<{ version: number }> =>
  onRecord(deps, who, caseId, asked, async (_scope, { parts, archived }) => {
    if (archived) throw conflict('dossierArchived');
    const all = [...parts.loose, ...parts.slots.flatMap(({ items }) => items)];
    if (!all.some(({ kind, id }) => kind === 'file' && id === asked.fileId)) throw invalid('unknownFile', { fileId: asked.fileId });
    return { type: 'document.placed', header: { codes: { fileId: asked.fileId, ...(asked.slot ? { slot: asked.slot } : {}) } } };
  });

/** Archives the file of a matter that is over: it gets its number, and nothing is put in any more. */
export const archiveDossier = (deps: Deps, who: Who, caseId: string, asked: NewArchive): Promise<{ version: number }> =>
  onRecord(deps, who, caseId, asked, async (scope, known) => {
    const { archivedOn, retention, note } = asked;
    if (known.archived) throw conflict('dossierArchived');
    if (!isOver(deps, known)) throw conflict('dossierNotOver');
    if (!isDate(archivedOn)) throw invalid('fieldUnfit', { field: 'archivedOn', why: 'notDate' });
    if (archivedOn > instantToLocalDate(deps.clock.now().toISOString())) throw invalid('dateInFuture', { field: 'archivedOn' });
    if (known.parts.slots.some(({ missing }) => missing) && !note?.trim()) throw invalid('fieldMissing', { field: 'note' });
    const { organizationId } = postOf(known.material, scope);
    const agreed = known.kept.findLast(({ kind }) => kind === 'agreement')?.number;
    const number = agreed ?? (await nextNumber(deps, scope, organizationId, 'agreement', archivedOn));
    return {
      type: 'document.archived',
      header: { codes: { number, archivedOn, retention } },
      ...(note?.trim() ? { content: { words: note.trim() } } : {}),
    };
  });

const piecesOf = async (deps: Deps, scope: Scope, { material, view, kept, scans, parts }: Known): Promise<Piece[]> => {
  const caseId = material.row.case_id;
  const pieces: Piece[] = [];
  const addFile = async (title: string, fileId: string): Promise<void> => {
    const prints = await printsOf(deps, scope, caseId, [fileId]);
    const print = prints.get(fileId);
    if (print) {
      pieces.push({ kind: 'picture', title, fileId, print, caption: title });
      return;
    }
    const { bytes, mediaType } = await openInScope(deps, scope, caseId, fileId);
    pieces.push(
      mediaType === 'application/pdf'
        ? { kind: 'pdf', title, pdf: bytes }
        : { kind: 'absent', title, why: `此件（${mediaType}）不能印在纸上，存于系统。` },
    );
  };
  const known = new Set(material.files.filter((file) => !file.erased_at).map((file) => file.file_id));
  for (const { label, items } of parts.slots)
    for (const item of items) {
      if (item.kind === 'file') {
        await addFile(label.zh, item.id);
        continue;
      }
      if (item.kind === 'made') {
        const { organizationId } = postOf(material, scope);
        pieces.push(signedPage(officeOf(deps, organizationId), view.number, item.title, signedOnScreen(view.record)));
        continue;
      }
      const { paper } = kept.find(({ id }) => id === item.id)!;
      const signed = (scans.get(item.id) ?? []).filter((fileId) => known.has(fileId));
      // The paper that was signed is the paper; the printed one stands in where none came back.
      if (signed.length) for (const fileId of signed) await addFile(item.title, fileId);
      else
        pieces.push({ kind: 'paper', title: item.title, pdf: printPdf(paper!, { prints: await printsFor(deps, scope, caseId, paper!) }) });
    }
  return pieces;
};

const bound = async (deps: Deps, scope: Scope, known: Known): Promise<Buffer> => {
  const { material, view, parts, archived } = known;
  const { organizationId } = postOf(material, scope);
  const year = (archived?.archivedOn ?? view.reportedAt ?? deps.clock.now().toISOString()).slice(0, 4);
  const lacking = parts.slots.filter(({ missing }) => missing).map(({ slot }) => SLOT_FORMS[slot].label.zh);
  const pieces = await piecesOf(deps, scope, known);
  const unprinted = pieces.filter(({ kind }) => kind === 'absent').length;
  return bind({
    organization: officeOf(deps, organizationId),
    number: archived?.number ?? `（${year}）人调字第　　号`,
    facts: [
      ['登记编号', view.number],
      ['卷名', ' '],
      ['当事人', ' '],
      // Names are written by hand, as on every paper.
      ['人民调解员', ' '],
      ['登记日期', view.reportedAt ? chineseDate(instantToLocalDate(view.reportedAt)) : ' '],
      ['立卷人', ' '],
      ...archivingFacts(archived),
    ],
    pieces,
    note: [
      ...(lacking.length ? [`缺少：${lacking.join('、')}。`] : []),
      ...(unprinted ? [`有 ${unprinted} 件不能印在纸上，存于系统。`] : []),
      ...(archived?.note ? [archived.note] : []),
    ],
  });
};

/**
 * The whole file as one PDF, for a purpose: the reading stands on the record before anything is answered, and in the log of every party. A reading
 * under a known command id is the same reading.
 */
export const readDossier = async (
  deps: Deps,
  who: Who,
  caseId: string,
  asked: { readonly commandId: string; readonly purpose: string },
): Promise<{ readonly bytes: Buffer; readonly name: string }> => {
  const purpose = asked.purpose.trim();
  if (purpose.length < 2) throw invalid('wordsMissing');
  await onRecord(deps, who, caseId, asked, async (scope, { material }) => {
    const post = postOf(material, scope);
    const read = { caseId, purpose, postId: post.postId, organizationId: post.organizationId, fields: ['name', 'phone'] };
    const now = deps.clock.now().toISOString();
    for (const party of material.parties.filter(({ erased_at }) => !erased_at))
      await readSealedParty(scope.tx, { ...read, partyId: party.party_id, accessId: v7(), now });
    return { type: 'document.read', header: { codes: {} }, content: { words: purpose } };
  });
  return withScope(deps.pools.app, who, async (scope) => {
    const known = await knownOf(deps, scope, caseId);
    return { bytes: await bound(deps, scope, known), name: `调解卷宗 ${known.archived?.number ?? known.view.number}.pdf` };
  });
};
