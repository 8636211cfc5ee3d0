import { createHash } from 'node:crypto';
import { isDate } from '@tongxin/domain/calendar/rules.ts';
import type { NewEvent } from '@tongxin/domain/case/schema.ts';
import type { CaseView } from '@tongxin/domain/case/view.ts';
import { DOCUMENTS, draftOf, issuingPost, numberOf, offeredDocuments, paperOf } from '@tongxin/domain/document/rules.ts';
import type { DocumentKind, Draft, Paper } from '@tongxin/domain/document/schema.ts';
import type { DocumentsView, IssuedDocument, NewDocument } from '@tongxin/domain/document/view.ts';
import { evolve } from '@tongxin/domain/procedure/rules.ts';
import { canonical, readHeader } from '@tongxin/domain/record/rules.ts';
import type { Deps } from '../../platform/deps.ts';
import { conflict, forbidden, invalid, notFound } from '../../platform/errors/problem.ts';
import { openContent } from '../../platform/record/chain.ts';
import { type Scope, type Who, withScope } from '../../platform/tx/tx.ts';
import { appendAndCommit, type CaseMaterial, filesAt, presentCase, procedureOf, readMaterial, withLocked } from '../case/index.ts';
import { type Print, printsOf } from '../file/index.ts';
import { drawPages, printPdf } from './print/service.ts';
import { takeSerial } from './repo.ts';
import { writeWord } from './word/service.ts';

export const getMaterial = async (scope: Scope, caseId: string): Promise<CaseMaterial> => {
  const material = await readMaterial(scope, caseId);
  if (!material) throw notFound();
  return material;
};

/** The case as staff read it; papers are made of nothing that their maker may not read. */
export const staffView = (deps: Deps, scope: Scope, material: CaseMaterial): CaseView => {
  const view = presentCase(deps, procedureOf(deps, material.row), material, scope.actor);
  if (view.reader !== 'staff') throw notFound();
  return view;
};

export interface Kept {
  readonly event: CaseMaterial['record'][number];
  readonly id: string;
  readonly kind: DocumentKind;
  readonly number?: string;
  readonly paper?: Paper;
}

export const keptOf = (deps: Deps, material: CaseMaterial): Kept[] =>
  material.record
    .filter((event) => event.type === 'document.issued')
    .map((event) => {
      const codes = readHeader(event.header).header.codes as { documentId: string; kind: DocumentKind; number?: string };
      const content = event.sealed ? openContent(deps.crypto, material.row.case_id, event.event_no, event.sealed) : {};
      return {
        event,
        id: codes.documentId,
        kind: codes.kind,
        ...(codes.number ? { number: codes.number } : {}),
        ...(content.paper ? { paper: content.paper as Paper } : {}),
      };
    });

const issuedOf = (deps: Deps, material: CaseMaterial): IssuedDocument[] => {
  const files = new Map(material.files.filter((file) => !file.erased_at).map((file) => [file.file_id, file]));
  const at = filesAt(deps, material.row.case_id, undefined);
  const signed = material.record.filter((event) => event.type === 'document.signed').map((event) => readHeader(event.header).header);
  return keptOf(deps, material).map(({ event, id, kind, number, paper }) => ({
    id,
    kind,
    label: DOCUMENTS[kind].label,
    ...(number ? { number } : {}),
    title: paper?.title ?? DOCUMENTS[kind].label.zh,
    issuedAt: readHeader(event.header).recordedAt,
    erased: !paper,
    signed: signed
      .filter((header) => header.codes?.documentId === id)
      .flatMap((header) => header.fileIds ?? [])
      .flatMap((fileId) => {
        const file = files.get(fileId);
        return file ? [{ id: fileId, mediaType: file.media_type, url: `${at}/${fileId}` }] : [];
      }),
  }));
};

/** What papers a case has, and which may be made of it. */
export const documentsOf = (deps: Deps, who: Who, caseId: string): Promise<DocumentsView> =>
  withScope(deps.pools.app, who, async (scope) => {
    const material = await getMaterial(scope, caseId);
    const view = staffView(deps, scope, material);
    return {
      mayIssue: issuingPost(material.row.state, scope.actor) !== undefined,
      offered: offeredDocuments(view).map((kind) => {
        const { label, mayHaveRedHead, mark } = DOCUMENTS[kind];
        return { kind, label, mayHaveRedHead, numbered: mark !== undefined };
      }),
      issued: issuedOf(deps, material),
    };
  });

/** A paper's first words, from what the record says now. */
export const draftDocument = (deps: Deps, who: Who, caseId: string, kind: DocumentKind): Promise<Draft> =>
  withScope(deps.pools.app, who, async (scope) =>
    draftOf(kind, staffView(deps, scope, await getMaterial(scope, caseId)), deps.clock.now().toISOString()),
  );

const checkDraft = (kind: DocumentKind, draft: Draft, view: CaseView): void => {
  if (!offeredDocuments(view).includes(kind)) throw invalid('documentNotOffered', { kind });
  if (!isDate(draft.datedOn)) throw invalid('fieldUnfit', { field: 'datedOn', why: 'notADate' });
  if (draft.title.trim() === '') throw invalid('fieldMissing', { field: 'title' });
};

export const postOf = (material: CaseMaterial, scope: Scope) => {
  const post = issuingPost(material.row.state, scope.actor);
  if (!post) throw forbidden('notYours');
  return post;
};

export const officeOf = (deps: Deps, organizationId: string): string => deps.directory.organization(organizationId)?.label.zh ?? '';

/** 发文代字: how the office's numbers begin; its whole name where it has none of its own. */
const markOf = (deps: Deps, organizationId: string): string =>
  deps.directory.organization(organizationId)?.mark ?? officeOf(deps, organizationId);

/** The next number of an office's papers of a kind; undefined where the kind has none. */
export const nextNumber = async (
  deps: Deps,
  scope: Scope,
  organizationId: string,
  kind: DocumentKind,
  datedOn: string,
): Promise<string | undefined> => {
  const { mark } = DOCUMENTS[kind];
  const year = Number(datedOn.slice(0, 4));
  return mark ? numberOf(kind, markOf(deps, organizationId), year, await takeSerial(scope.tx, organizationId, mark, year)) : undefined;
};

const issuedEvent = (
  deps: Deps,
  { actor }: Scope,
  post: { readonly postId: string; readonly organizationId: string },
  documentId: string,
  paper: Paper,
  digest?: string,
): NewEvent => ({
  type: 'document.issued',
  occurredAt: deps.clock.now().toISOString(),
  actor: { kind: actor.kind, personId: actor.personId, postId: post.postId, organizationId: post.organizationId },
  header: {
    codes: { documentId, kind: paper.kind, ...(paper.number ? { number: paper.number } : {}), ...(digest ? { digest } : {}) },
  },
  content: {
    words: [DOCUMENTS[paper.kind].label.zh, paper.number, paper.title].filter(Boolean).join(' '),
    paper: paper as unknown as Record<string, unknown>,
  },
});

/** The evidence a paper shows, as far as it is still there. */
export const printsFor = (deps: Deps, scope: Scope, caseId: string, paper: Paper): Promise<Map<string, Print>> =>
  printsOf(
    deps,
    scope,
    caseId,
    paper.blocks.flatMap((block) => (block.kind === 'pictures' ? block.rows.map(({ fileId }) => fileId) : [])),
  );

/** A picture of the paper as it would be issued: no number is taken and nothing is kept. */
export const previewDocument = (deps: Deps, who: Who, caseId: string, kind: DocumentKind, draft: Draft): Promise<Buffer> =>
  withScope(deps.pools.app, who, async (scope) => {
    const material = await getMaterial(scope, caseId);
    const view = staffView(deps, scope, material);
    checkDraft(kind, draft, view);
    const { organizationId } = postOf(material, scope);
    const number = draft.number?.trim() || (DOCUMENTS[kind].mark ? '（编号待定）' : undefined);
    const paper = paperOf(kind, draft, view, officeOf(deps, organizationId), number);
    return drawPages(paper, { prints: await printsFor(deps, scope, caseId, paper) });
  });

/** Issues a paper: takes its number and puts the whole of it on the record, once for each command. */
export const issueDocument = (deps: Deps, who: Who, caseId: string, issue: NewDocument): Promise<{ version: number }> =>
  withLocked(deps, who, caseId, issue.commandId, async (scope, row, prior) => {
    const { commandId, ...asked } = issue;
    const digest = createHash('sha256').update(canonical(asked)).digest();
    if (prior) {
      if (!prior.command_digest.equals(digest)) throw conflict('commandReused');
      return { version: row.version };
    }
    const material = await getMaterial(scope, caseId);
    const view = staffView(deps, scope, material);
    checkDraft(issue.kind, issue.draft, view);
    if (keptOf(deps, material).some(({ id }) => id === issue.documentId)) throw conflict('idTaken');
    const post = postOf(material, scope);
    const office = officeOf(deps, post.organizationId);
    const number = issue.draft.number?.trim() || (await nextNumber(deps, scope, post.organizationId, issue.kind, issue.draft.datedOn));
    const event = issuedEvent(deps, scope, post, issue.documentId, paperOf(issue.kind, issue.draft, view, office, number));
    return { version: await appendAndCommit(deps, scope, row, [event], evolve(row.state, event), { id: commandId, digest }) };
  });

/** A paper that another module makes of its own words. */
export interface OwnPaper {
  readonly commandId: string;
  readonly documentId: string;
  readonly kind: DocumentKind;
  readonly datedOn: string;
  /** Digest of the words it holds, where somebody will sign these and no others. */
  readonly digest?: string;
}

/** Issues such a paper: numbered and on the record like any other, once for each command. The module has asked who may. */
export const issueOwnPaper = (
  deps: Deps,
  who: Who,
  caseId: string,
  own: OwnPaper,
  make: (office: string, number: string | undefined) => Paper,
): Promise<{ version: number }> =>
  withLocked(deps, who, caseId, own.commandId, async (scope, row, prior) => {
    const { documentId, kind, datedOn, digest: words } = own;
    const digest = createHash('sha256').update(canonical({ documentId, kind })).digest();
    if (prior) {
      if (!prior.command_digest.equals(digest)) throw conflict('commandReused');
      return { version: row.version };
    }
    const material = await getMaterial(scope, caseId);
    if (keptOf(deps, material).some(({ id }) => id === documentId)) throw conflict('idTaken');
    const post = postOf(material, scope);
    const number = await nextNumber(deps, scope, post.organizationId, kind, datedOn);
    const event = issuedEvent(deps, scope, post, documentId, make(officeOf(deps, post.organizationId), number), words);
    return { version: await appendAndCommit(deps, scope, row, [event], evolve(row.state, event), { id: own.commandId, digest }) };
  });

/** Papers that were issued of a case, by the digest of their words; which of them came back signed, and which are since the last step `after`. */
export const issuedPapers = async (
  scope: Scope,
  caseId: string,
  after?: string,
): Promise<{ id: string; kind: DocumentKind; number?: string; digest?: string; isSigned: boolean; isSince: boolean }[]> => {
  const headers = (await getMaterial(scope, caseId)).record.map((event) => {
    const { header } = readHeader(event.header);
    return { type: event.type, action: header.action, codes: header.codes };
  });
  const last = headers.findLastIndex(({ action }) => after !== undefined && action === after);
  const signed = new Set(headers.filter(({ type }) => type === 'document.signed').map(({ codes }) => codes?.documentId));
  return headers
    .map((header, index) => ({ ...header, isSince: index > last }))
    .filter(({ type }) => type === 'document.issued')
    .map(({ codes, isSince }) => {
      const { documentId, kind, number, digest } = codes as { documentId: string; kind: DocumentKind; number?: string; digest?: string };
      return {
        id: documentId,
        kind,
        ...(number ? { number } : {}),
        ...(digest ? { digest } : {}),
        isSigned: signed.has(documentId),
        isSince,
      };
    });
};

/** Puts the signed paper back: pictures or scans that were uploaded to the case, once for each command. */
export const signDocument = (
  deps: Deps,
  who: Who,
  caseId: string,
  documentId: string,
  { commandId, fileIds }: { commandId: string; fileIds: readonly string[] },
): Promise<{ version: number }> =>
  withLocked(deps, who, caseId, commandId, async (scope, row, prior) => {
    const digest = createHash('sha256').update(canonical({ documentId, fileIds })).digest();
    if (prior) {
      if (!prior.command_digest.equals(digest)) throw conflict('commandReused');
      return { version: row.version };
    }
    const material = await getMaterial(scope, caseId);
    staffView(deps, scope, material);
    if (!keptOf(deps, material).some(({ id }) => id === documentId)) throw invalid('unknownDocument');
    const known = new Set(material.files.filter((file) => !file.erased_at).map((file) => file.file_id));
    const missing = fileIds.find((fileId) => !known.has(fileId));
    if (missing) throw invalid('unknownFile', { fileId: missing });
    const post = postOf(material, scope);
    const event: NewEvent = {
      type: 'document.signed',
      occurredAt: deps.clock.now().toISOString(),
      actor: { kind: scope.actor.kind, personId: scope.actor.personId, postId: post.postId, organizationId: post.organizationId },
      header: { codes: { documentId }, fileIds },
    };
    return { version: await appendAndCommit(deps, scope, row, [event], evolve(row.state, event), { id: commandId, digest }) };
  });

export const FORMATS = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
} as const;
export type Format = keyof typeof FORMATS;

/** An issued paper as a file; always the words that stand on the record. */
export const openDocument = (
  deps: Deps,
  who: Who,
  caseId: string,
  documentId: string,
  format: Format,
): Promise<{ bytes: Buffer; mediaType: string; name: string }> =>
  withScope(deps.pools.app, who, async (scope) => {
    const material = await getMaterial(scope, caseId);
    staffView(deps, scope, material);
    const kept = keptOf(deps, material).find(({ id }) => id === documentId);
    if (!kept) throw notFound();
    if (!kept.paper) throw conflict('documentErased');
    const prints = await printsFor(deps, scope, caseId, kept.paper);
    const bytes = format === 'pdf' ? printPdf(kept.paper, { prints }) : await writeWord(kept.paper, prints);
    return {
      bytes,
      mediaType: FORMATS[format],
      name: `${[DOCUMENTS[kept.kind].label.zh, kept.number ?? material.row.number].join(' ')}.${format}`,
    };
  });
