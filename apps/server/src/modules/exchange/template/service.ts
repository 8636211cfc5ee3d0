import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { wallTime } from '@tongxin/domain/exchange/rules.ts';
import { guessTemplate } from '@tongxin/domain/exchange/template/rules.ts';
import type { Grid, TemplateMap } from '@tongxin/domain/exchange/template/schema.ts';
import { inLanguage, type Language } from '@tongxin/domain/label/schema.ts';
import { demand } from '../../../platform/access-plugin/demand.ts';
import type { Deps } from '../../../platform/deps.ts';
import { conflict, invalid, notFound, Problem } from '../../../platform/errors/problem.ts';
import { readSealed, removeSealed, sealedWriter } from '../../../platform/files/sealed-stream.ts';
import { type JobRow, startJob } from '../../../platform/jobs/jobs.ts';
import { prove, type Scope, type Who, withScope } from '../../../platform/tx/tx.ts';
import { assertNoBomb } from '../../import/index.ts';
import { inFolder } from '../folder/service.ts';
import { demandFigures } from './figures/service.ts';
import { findTemplate, insertTemplate, listTemplates, retireTemplate, type TemplateRow } from './repo.ts';
import { assertFits, gridsOf, openWorkbook } from './workbook/service.ts';

export const MAX_TEMPLATE_BYTES = 5 * 1024 * 1024;
const filePlace = (id: string, version: number): string => `template:${id}:${version}`;

export interface TemplateDetail {
  readonly row: TemplateRow;
  readonly grids: readonly Grid[];
  /** The reading that was saved, else a guess to correct. */
  readonly map: TemplateMap;
}

/** The post whose area is told of: of several, the one at the body whose form it is. */
const reportingPost = (scope: Scope, organizationId?: string) => {
  demand(scope.actor, 'statistics.read');
  const reporting = scope.actor.posts.filter((post) => post.capabilities.includes('statistics.read'));
  return reporting.find((post) => post.organizationId === organizationId) ?? reporting[0]!;
};

export const templateBytes = async (deps: Deps, row: Pick<TemplateRow, 'template_id' | 'file_version' | 'file_bytes'>): Promise<Buffer> => {
  const pieces: Buffer[] = [];
  for await (const piece of readSealed(deps, filePlace(row.template_id, row.file_version), { from: 0, to: row.file_bytes - 1 }))
    pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
};

/** The first sheet that reads as something; the first of all where none does. */
const bestGuess = (grids: readonly Grid[]): TemplateMap => {
  const guesses = grids.map(guessTemplate);
  return guesses.find((guess) => guess.rows || guess.list) ?? guesses[0]!;
};

const detailOf = async (deps: Deps, row: TemplateRow): Promise<TemplateDetail> => {
  const grids = gridsOf(await openWorkbook(await templateBytes(deps, row)));
  return { row, grids, map: row.map ?? bestGuess(grids) };
};

/** A workbook somebody brought: none that unpacks to more than a form may hold. */
export const takeWorkbook = (deps: Deps, bytes: Buffer) =>
  inFolder(deps, async (write) => {
    await assertNoBomb(await write('form.xlsx', bytes));
    return openWorkbook(bytes);
  });

/** Takes a form in, or a newer file of it. The same bytes again change nothing; the reading stays as long as it fits. */
export const takeTemplate = async (deps: Deps, who: Who, id: string, bytes: Buffer, name: string): Promise<TemplateDetail> => {
  await prove(deps.pools.app, who);
  if (bytes.length === 0) throw invalid('fileEmpty');
  if (bytes.length > MAX_TEMPLATE_BYTES) throw new Problem(413, 'fileTooLarge', { maxBytes: MAX_TEMPLATE_BYTES });
  const digest = createHash('sha256').update(bytes).digest();
  const workbook = await takeWorkbook(deps, bytes);
  const row = await withScope(deps.pools.app, who, async (scope) => {
    const post = reportingPost(scope);
    const known = await findTemplate(scope.tx, id);
    if (known?.retired_at) throw notFound();
    if (known?.file_digest.equals(digest)) return known;
    const version = (known?.version ?? 0) + 1;
    const fits = known?.map ? fitsStill(workbook, known.map) : false;
    await insertTemplate(scope.tx, {
      template_id: id,
      version,
      organization_id: known?.organization_id ?? post.organizationId,
      name: (known?.name ?? name.replace(/\.xlsx$/iu, '')).slice(0, 120) || 'form',
      map: fits ? known!.map : null,
      file_bytes: bytes.length,
      file_digest: digest,
      file_version: version,
      savedBy: scope.actor.personId!,
      now: deps.clock.now().toISOString(),
    });
    // An id of another body's form is taken, though it cannot be seen: the key says so before any byte is written.
    await removeSealed(deps, filePlace(id, version));
    await pipeline([bytes], sealedWriter(deps, filePlace(id, version)));
    return (await findTemplate(scope.tx, id))!;
  });
  return detailOf(deps, row);
};

const fitsStill = (workbook: Parameters<typeof assertFits>[0], map: TemplateMap): boolean => {
  try {
    assertFits(workbook, map);
    return true;
  } catch {
    return false;
  }
};

export const myTemplates = (deps: Deps, who: Who): Promise<TemplateRow[]> =>
  withScope(deps.pools.app, who, (scope) => {
    reportingPost(scope);
    return listTemplates(scope.tx);
  });

const current = async (scope: Scope, id: string): Promise<TemplateRow> => {
  reportingPost(scope);
  const row = await findTemplate(scope.tx, id);
  if (!row || row.retired_at) throw notFound();
  return row;
};

export const openTemplate = async (deps: Deps, who: Who, id: string): Promise<TemplateDetail> =>
  detailOf(deps, await withScope(deps.pools.app, who, (scope) => current(scope, id)));

/** Saves how a form is filled, as a new version of it. `version` is the one that was seen. */
export const saveTemplate = async (
  deps: Deps,
  who: Who,
  id: string,
  { version, name, map }: { readonly version: number; readonly name: string; readonly map: TemplateMap },
): Promise<TemplateDetail> => {
  const before = await withScope(deps.pools.app, who, async (scope) => {
    demandFigures(deps, scope.actor, map, reportingPost(scope).areaId);
    return current(scope, id);
  });
  assertFits(await openWorkbook(await templateBytes(deps, before)), map);
  const row = await withScope(deps.pools.app, who, async (scope) => {
    const known = await current(scope, id);
    const same = known.name === name && JSON.stringify(known.map) === JSON.stringify(map);
    if (same) return known;
    if (known.version !== version) throw conflict('formChanged');
    await insertTemplate(scope.tx, {
      ...known,
      version: version + 1,
      name,
      map,
      savedBy: scope.actor.personId!,
      now: deps.clock.now().toISOString(),
    });
    return (await findTemplate(scope.tx, id))!;
  });
  return detailOf(deps, row);
};

export const retire = (deps: Deps, who: Who, id: string): Promise<{ id: string }> =>
  withScope(deps.pools.app, who, async (scope) => {
    reportingPost(scope);
    if (!(await findTemplate(scope.tx, id))) throw notFound();
    await retireTemplate(scope.tx, id, deps.clock.now().toISOString());
    return { id };
  });

export interface FillInput {
  readonly templateId: string;
  readonly version: number;
  readonly month: string;
  readonly preparedBy?: string;
  readonly areaId: string;
  readonly organization: string;
  readonly language: Language;
}

/** Starts the filling of a form for a month, with the figures and cases of the area of the caller's post. */
export const startFilling = (
  deps: Deps,
  who: Who,
  templateId: string,
  asked: { readonly id: string; readonly month: string; readonly preparedBy?: string },
  language: Language,
): Promise<JobRow> =>
  withScope(deps.pools.app, who, async (scope) => {
    const row = await current(scope, templateId);
    const post = reportingPost(scope, row.organization_id);
    if (!row.map) throw conflict('templateNotRead');
    demandFigures(deps, scope.actor, row.map, post.areaId);
    if (asked.month > wallTime(deps.clock.now()).slice(0, 7)) throw invalid('monthToCome');
    const label = deps.directory.organization(row.organization_id)?.label;
    const input: FillInput = {
      templateId,
      version: row.version,
      month: asked.month,
      ...(asked.preparedBy ? { preparedBy: asked.preparedBy } : {}),
      areaId: post.areaId,
      organization: label ? inLanguage(label, language) : '',
      language,
    };
    return startJob(deps, scope, { id: asked.id, kind: 'template', input, about: { templateId, month: asked.month } });
  });
