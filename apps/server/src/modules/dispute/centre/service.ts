import type { Changed } from '@tongxin/domain/administration/view.ts';
import { instantToLocalDate } from '@tongxin/domain/calendar/rules.ts';
import { isMobile, periodsToTell, toldMedian, workingDaysBetween } from '@tongxin/domain/dispute/centre/rules.ts';
import type { CentreForm, CentreView } from '@tongxin/domain/dispute/centre/schema.ts';
import type { DisputeKind } from '@tongxin/domain/dispute/kind/schema.ts';
import { kindNames } from '@tongxin/domain/dispute/report/data.ts';
import { canBeDialled } from '@tongxin/domain/person/rules.ts';
import type { Deps } from '../../../platform/deps.ts';
import { forbidden, invalid, notFound } from '../../../platform/errors/problem.ts';
import { type ScopedTx, type Who, withScope, withTransaction } from '../../../platform/tx/tx.ts';
import { administer, bodyArea } from '../../administration/index.ts';
import { shiftsOfDay } from '../../roster/index.ts';
import { presentCentre } from './present.ts';
import { findCentres, findWaited, findWaiting, insertWaiting, putCentre, toldUntil, type Waited } from './repo.ts';

const MEDIATES = 'mediation.record';

const WIDEST_FIRST = ['city', 'district', 'town'];

/**
 * Bodies that mediate: those of a place and above it, the nearest first. Of no place those down to towns, the widest first: a city has hundreds of
 * communities, and theirs follow once the place is chosen.
 */
const centreIds = (deps: Deps, areaId: string | undefined): readonly string[] => {
  if (!areaId) {
    const kindOf = (id: string): string => deps.directory.area(deps.directory.organization(id)?.areaId ?? '')?.kind ?? '';
    const all = deps.directory.everyOffice(MEDIATES);
    const wide = all.filter((id) => WIDEST_FIRST.includes(kindOf(id)));
    // Where only communities mediate, theirs are all there is.
    return (wide.length > 0 ? wide : all).toSorted((a, b) => WIDEST_FIRST.indexOf(kindOf(a)) - WIDEST_FIRST.indexOf(kindOf(b)));
  }
  const place = deps.places.ofArea(areaId);
  if (!place) throw invalid('unknownArea', { field: 'areaId' });
  return deps.directory.offices(MEDIATES, place);
};

const viewsOf = async (deps: Deps, tx: ScopedTx, ids: readonly string[]): Promise<CentreView[]> => {
  const now = deps.clock.now().toISOString();
  const [told, waiting, shifts] = [await findCentres(tx, ids), await findWaiting(tx, ids), await shiftsOfDay(tx, ids, now)];
  return ids.flatMap((id) => {
    const own = shifts.filter(({ organizationId }) => organizationId === id);
    return presentCentre(deps, id, { told: told.get(id), waiting: waiting.get(id), shifts: own }) ?? [];
  });
};

/** Centres for whoever looks for one: county, town, community. */
export const centres = (deps: Deps, who: Who, areaId: string | undefined): Promise<CentreView[]> =>
  withScope(deps.pools.app, who, ({ tx }) => viewsOf(deps, tx, centreIds(deps, areaId)));

/** One centre, for everybody. Throws 404 for a body that does not mediate. */
export const centre = (deps: Deps, who: Who, id: string): Promise<CentreView> =>
  withScope(deps.pools.app, who, async ({ tx }) => {
    const [view] = deps.directory.everyOffice(MEDIATES).includes(id) ? await viewsOf(deps, tx, [id]) : [];
    if (!view) throw notFound();
    return view;
  });

/** What a centre says of itself from now on, by who heads it. */
export const keepCentre = (deps: Deps, who: Who, id: string, form: CentreForm): Promise<Changed> => {
  const { commandId, kinds } = form;
  const [address, hours, telephone] = [form.address.trim(), form.hours.trim(), form.telephone?.trim()];
  return administer(deps, who, { commandId, kind: 'centre', subjectId: id, body: form }, async ({ tx, actor }) => {
    if (!address || !hours) throw invalid('fieldMissing', { field: address ? 'hours' : 'address' });
    if (telephone && !canBeDialled(telephone)) throw invalid('badPhone', { field: 'telephone' });
    if (telephone && isMobile(telephone)) throw invalid('mobileIsPersonal', { field: 'telephone' });
    const body = await bodyArea(tx, id);
    if (!body) throw notFound();
    const post = actor.posts.find((held) => held.organizationId === id && held.capabilities.includes('mediator.manage'));
    if (!post) throw forbidden('beyondYourArea');
    const before = (await findCentres(tx, [id])).get(id);
    await putCentre(tx, { organization_id: id, address, telephone: telephone || null, hours, kinds: [...kinds] });
    const words = (shown: { address: string; hours: string; telephone?: string | null | undefined; kinds: readonly string[] }) => ({
      address: shown.address,
      hours: shown.hours,
      telephone: shown.telephone ?? '',
      kinds: kindNames(shown.kinds as readonly DisputeKind[]),
    });
    return {
      what: before ? 'changed' : 'made',
      post,
      areaId: body.areaId,
      organizationId: id,
      ...(before ? { before: words(before) } : {}),
      after: words({ address, hours, telephone, kinds }),
    };
  });
};

const daysOf = (deps: Deps, waited: readonly Waited[], organizationId: string, what: Waited['what']): number[] =>
  waited
    .filter((one) => one.organization_id === organizationId && one.what === what)
    .map(({ applied_on, ended_on }) => workingDaysBetween(deps.calendar(), applied_on, ended_on));

/**
 * Tells of each ninety days that are over how long people waited, by centre; once, for a second telling could be subtracted from the first. By
 * centre only: never by mediator, kind or side.
 */
export const releaseWaiting = (deps: Deps): Promise<boolean> =>
  withTransaction(deps.pools.maintenance, async (tx) => {
    const now = deps.clock.now().toISOString();
    const ids = deps.directory.everyOffice(MEDIATES);
    const periods = ids.length === 0 ? [] : periodsToTell(await toldUntil(tx), instantToLocalDate(now));
    for (const { from, until } of periods) {
      const waited = await findWaited(tx, from, until);
      await insertWaiting(
        tx,
        ids.map((id) => ({
          organization_id: id,
          until,
          taken_up: toldMedian(daysOf(deps, waited, id, 'takenUp')) ?? null,
          met: toldMedian(daysOf(deps, waited, id, 'met')) ?? null,
        })),
        now,
      );
    }
    return periods.length > 0;
  });
