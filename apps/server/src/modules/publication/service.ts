import type { Changed } from '@tongxin/domain/administration/view.ts';
import { instantToLocalDate } from '@tongxin/domain/calendar/rules.ts';
import { maskWords } from '@tongxin/domain/mask/rules.ts';
import type { NewDecision, PublicationArea, PublicationChange, PublicReports, ReviewRow } from '@tongxin/domain/publication/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import { conflict, invalid, notFound } from '../../platform/errors/problem.ts';
import { type Who, withScope } from '../../platform/tx/tx.ts';
import { administer, areaPath, managingPost, versionOf } from '../administration/index.ts';
import { caseOfRef, reportRef } from '../follow/index.ts';
import { presentPublic, presentReview } from './present.ts';
import {
  findDecided,
  findPublished,
  findSetting,
  findSettings,
  findToReview,
  holdDecision,
  isAnythingListed,
  putDecision,
  putSetting,
} from './repo.ts';

const DAY_MS = 86_400_000;
/** What was reported longer ago than this is not offered for the list any more. */
const OFFERED_DAYS = 30;
const MOST = 100;
const PAGE = 100;

/** What the caller's areas tell. */
export const settings = (deps: Deps, who: Who): Promise<PublicationArea[]> =>
  withScope(deps.pools.app, who, async ({ tx }) => {
    const rows = await findSettings(tx);
    const areas: PublicationArea[] = [];
    for (const row of rows)
      areas.push({
        areaId: row.area_id,
        label: deps.directory.area(row.area_id)?.label ?? { zh: row.area_id },
        nearby: row.nearby,
        listed: row.listed,
        categoryIds: [...row.category_ids],
        version: await versionOf(tx, 'publication', row.area_id),
      });
    return areas;
  });

/** Says what an area tells from now on; logged like any change of reference data. */
export const changeSetting = (deps: Deps, who: Who, areaId: string, change: PublicationChange): Promise<Changed> => {
  const { commandId, version, ...body } = change;
  return administer(deps, who, { commandId, kind: 'publication', subjectId: areaId, version, body }, async ({ tx, actor }) => {
    const path = await areaPath(tx, areaId);
    if (!path) throw notFound();
    const post = managingPost(actor, 'publication.manage', path);
    if (body.categoryIds.some((id) => !deps.directory.category(id))) throw invalid('unknownCategory', { field: 'categoryIds' });
    const before = await findSetting(tx, areaId);
    const { nearby, listed, categoryIds } = body;
    await putSetting(tx, { area_id: areaId, nearby, listed, category_ids: categoryIds }, deps.clock.now().toISOString());
    const said = (one: { nearby: boolean; listed: boolean; categoryIds: readonly string[] }) => ({
      nearby: one.nearby,
      listed: one.listed,
      categories: one.categoryIds.join(', '),
    });
    return {
      what: before ? 'changed' : 'made',
      post,
      areaId,
      ...(before ? { before: said({ ...before, categoryIds: before.category_ids }) } : {}),
      after: said({ nearby, listed, categoryIds }),
    };
  });
};

export const reviews = (deps: Deps, who: Who, state: 'waiting' | 'shown' | 'refused'): Promise<ReviewRow[]> =>
  withScope(deps.pools.app, who, async ({ tx }) => {
    const since = instantToLocalDate(new Date(deps.clock.now().getTime() - OFFERED_DAYS * DAY_MS).toISOString());
    const rows = state === 'waiting' ? await findToReview(tx, since, MOST) : await findDecided(tx, state, MOST);
    return rows.map((row) => presentReview(deps, row));
  });

/** Shows a report to everybody in words written for that, or does not; taken back the same way. The same again changes nothing. */
export const decidePublication = (deps: Deps, who: Who, caseId: string, decision: NewDecision): Promise<{ version: number }> =>
  withScope(deps.pools.app, who, async ({ tx, actor }) => {
    const words = decision.words?.trim() ?? '';
    if (decision.state === 'shown' && words === '') throw invalid('fieldMissing', { field: 'words' });
    if (maskWords(words) !== words) throw invalid('personInWords');
    const held = await holdDecision(tx, caseId);
    if (!held) throw notFound();
    const kept = decision.state === 'shown' ? words : '';
    if (held.state === decision.state && held.words === kept) return { version: held.version };
    if (held.version !== decision.version) throw conflict('changedMeanwhile');
    const post = actor.posts.find(({ capabilities }) => capabilities.includes('publication.review'))!;
    const now = deps.clock.now().toISOString();
    await putDecision(tx, { caseId, state: decision.state, words: kept, version: held.version + 1, postId: post.postId, now });
    return { version: held.version + 1 };
  });

export const publicReports = (
  deps: Deps,
  who: Who,
  { areaId, before }: { readonly areaId?: string | undefined; readonly before?: string | undefined },
): Promise<PublicReports> =>
  withScope(deps.pools.app, who, async ({ tx }) => {
    if (!(await isAnythingListed(tx))) return { open: false, reports: [] };
    const rows = await findPublished(tx, { areaId, before: before === undefined ? undefined : caseOfRef(deps, before), limit: PAGE });
    const reports = rows.map((row) => presentPublic(deps, row, reportRef(deps, row.ref)));
    const last = reports.length === PAGE ? reports.at(-1) : undefined;
    return { open: true, reports, ...(last ? { next: last.ref } : {}) };
  });
