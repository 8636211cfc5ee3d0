import type { Pack, PackCity } from '@tongxin/domain/pack/schema.ts';
import { type CityPlan, layAreas, placeFacilities } from '../generator/areas.ts';
import { planCases } from '../generator/cases.ts';
import { readDivisions } from '../generator/divisions.ts';
import { listDuties, rosterShifts } from '../generator/duties.ts';
import { dutyOfCentres, fileMediation } from '../generator/mediation.ts';
import { staffCity } from '../generator/organizations.ts';
import { placePremises } from '../generator/premises.ts';
import { makeRandom } from '../generator/random.ts';
import { categoriesOf } from './categories.ts';
import { FORMS, SHEETS } from './forms.ts';

/** Everything but names and national codes of towns and communities is invented. The outline has nothing to do with the city's real one. */
export const PLAN: CityPlan = {
  pack: 'zhongshan',
  code: '442000',
  name: { zh: '中山市', en: 'Zhongshan' },
  outline: { lon: 113.39, lat: 22.52, lonRadius: 0.23, latRadius: 0.21 },
};

/** The day the demo city is looked at; its year of cases ends here. */
export const PACK_DATE = '2026-11-20';

/** One year of cases before that day. */
const FIRST_DAY = '2025-11-20';

/** The synthetic city. Ids depend on names only, never on the seed. */
const build: Pack['build'] = (seed) => {
  const laid = layAreas(PLAN, readDivisions(PLAN.code), makeRandom(`${seed}/areas`));
  const staffed = staffCity(PLAN.pack, laid, makeRandom(`${seed}/organizations`));
  const categories = categoriesOf();
  const city: PackCity = {
    validFrom: '2024-01-01',
    areas: laid.areas,
    facilities: placeFacilities(PLAN, laid, makeRandom(`${seed}/facilities`)),
    organizations: staffed.organizations,
    posts: staffed.posts,
    people: staffed.people,
    holdings: staffed.holdings,
    accounts: staffed.accounts,
    shifts: [...rosterShifts(PLAN.pack, laid, staffed), ...dutyOfCentres(PLAN.pack, laid, staffed)],
    dutyLists: listDuties(PLAN.pack, laid, staffed),
    categories,
    forms: FORMS,
    premises: placePremises(PLAN, laid),
    sheets: SHEETS,
    mediation: fileMediation(PLAN.pack, laid, staffed),
    publications: laid.areas
      .filter(({ kind }) => kind === 'city')
      .map(({ areaId }) => ({ areaId, nearby: true, listed: true, categoryIds: ['municipal', 'sanitation', 'street', 'traffic'] })),
  };
  return { city, cases: (count) => planCases({ pack: PLAN.pack, laid, staffed, categories, from: FIRST_DAY, to: PACK_DATE, seed }, count) };
};

export const pack: Pack = { id: PLAN.pack, parts: ['mediation'], seed: 'zhongshan-1', date: PACK_DATE, build };
