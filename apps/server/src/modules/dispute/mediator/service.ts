import type { Changed } from '@tongxin/domain/administration/view.ts';
import { instantToLocalDate, isDate } from '@tongxin/domain/calendar/rules.ts';
import type { Actor } from '@tongxin/domain/case/schema.ts';
import type { MediatorForm, MediatorsView } from '@tongxin/domain/dispute/mediator/schema.ts';
import { kindNames } from '@tongxin/domain/dispute/report/data.ts';
import { canBeDialled } from '@tongxin/domain/person/rules.ts';
import type { Deps } from '../../../platform/deps.ts';
import { conflict, forbidden, invalid } from '../../../platform/errors/problem.ts';
import { type Who, withScope } from '../../../platform/tx/tx.ts';
import { administer, bodyArea } from '../../administration/index.ts';
import { mediatorPlace, presentMediator } from './present.ts';
import { countInHand, findHolders, findMediators, type MediatorRow, putMediator } from './repo.ts';

const bodiesWith = ({ posts }: Actor, capability: string): string[] => [
  ...new Set(posts.filter(({ capabilities }) => capabilities.includes(capability)).map(({ organizationId }) => organizationId)),
];

/** The register of the caller's committees; what only its keeper needs goes to its keeper. */
export const mediators = (deps: Deps, who: Who): Promise<MediatorsView> =>
  withScope(deps.pools.app, who, async ({ tx, actor }) => {
    const [own, kept] = [bodiesWith(actor, 'mediation.record'), bodiesWith(actor, 'mediator.manage')];
    const rows = await findMediators(tx, own);
    const loads = kept.length ? await countInHand(tx, kept) : new Map<string, number>();
    const holders = kept.length ? await findHolders(tx, kept, instantToLocalDate(deps.clock.now().toISOString())) : [];
    return {
      mediators: rows.map((row) =>
        presentMediator(deps, row, kept.includes(row.organization_id) ? { load: loads.get(row.person_id) ?? 0 } : undefined),
      ),
      holders: holders.map(({ person_id, organization_id, post_id, title }) => ({
        personId: person_id,
        organizationId: organization_id,
        postId: post_id,
        title,
      })),
      mayKeep: kept.length > 0,
    };
  });

const checked = (form: MediatorForm): void => {
  if (form.name.trim() === '') throw invalid('fieldMissing', { field: 'name' });
  if (form.phone && !canBeDialled(form.phone)) throw invalid('badPhone');
  const { from, to } = form.court ?? {};
  for (const [field, day] of [
    ['court.from', from],
    ['court.to', to],
  ] as const)
    if (day !== undefined && !isDate(day)) throw invalid('fieldUnfit', { field, why: 'notDate' });
  if (from && to && to < from) throw invalid('endsBeforeItBegins');
};

const rowOf = (deps: Deps, id: string, form: MediatorForm): MediatorRow => {
  const seal = (field: 'name' | 'phone' | 'home', words: string | undefined): Buffer | null =>
    words?.trim() ? deps.crypto.seal(words.trim(), mediatorPlace(id, field)) : null;
  return {
    mediator_id: id,
    organization_id: form.organizationId,
    person_id: form.personId,
    name_sealed: seal('name', form.name)!,
    name_index: deps.crypto.blindIndex('name', form.name),
    phone_sealed: seal('phone', form.phone),
    phone_index: form.phone ? deps.crypto.blindIndex('phone', form.phone) : null,
    home_sealed: seal('home', form.home),
    home_area_id: form.homeAreaId ?? null,
    kinds: form.kinds,
    languages: form.languages,
    filing_number: form.filingNumber ?? null,
    court: form.court?.name ?? null,
    court_from: form.court?.from ?? null,
    court_to: form.court?.to ?? null,
    available: form.available,
  };
};

/** A line of the register as it is from now on. Whoever is on it holds a post of the committee; a line stays with its person. */
export const keepMediator = (deps: Deps, who: Who, id: string, form: MediatorForm): Promise<Changed> => {
  checked(form);
  const { commandId, organizationId, personId } = form;
  return administer(deps, who, { commandId, kind: 'mediator', subjectId: id, body: form }, async ({ tx, actor }) => {
    const body = await bodyArea(tx, organizationId);
    if (!body) throw invalid('unknownOrganization', { field: 'organizationId' });
    const post = actor.posts.find((held) => held.organizationId === organizationId && held.capabilities.includes('mediator.manage'));
    if (!post) throw forbidden('beyondYourArea');
    const holders = await findHolders(tx, [organizationId], instantToLocalDate(deps.clock.now().toISOString()));
    if (!holders.some(({ person_id }) => person_id === personId)) throw invalid('holdsNoPost', { field: 'personId' });
    if (form.homeAreaId && !deps.places.ofArea(form.homeAreaId)) throw invalid('unknownArea', { field: 'homeAreaId' });
    const known = (await findMediators(tx, [organizationId])).find((row) => row.mediator_id === id || row.person_id === personId);
    if (known && (known.mediator_id !== id || known.person_id !== personId)) throw conflict('registeredAlready');
    await putMediator(tx, rowOf(deps, id, form));
    return {
      what: known ? 'changed' : 'made',
      post,
      areaId: body.areaId,
      organizationId,
      // Nothing of the person: the log is read by who administers.
      after: {
        kinds: kindNames(form.kinds),
        available: form.available ? { zh: '可以指派', en: 'yes' } : { zh: '暂不指派', en: 'not for now' },
        filingNumber: form.filingNumber ?? '',
      },
    };
  });
};
