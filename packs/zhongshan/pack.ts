import type { PackCity } from '@tongxin/domain/pack/schema.ts';
import { type CityPlan, type Laid, layAreas, placeFacilities } from '../generator/areas.ts';
import { readDivisions } from '../generator/divisions.ts';
import { listDuties, rosterShifts } from '../generator/duties.ts';
import { type Staffed, staffCity } from '../generator/organizations.ts';
import { makeRandom } from '../generator/random.ts';
import { categoriesOf } from './categories.ts';

/** Everything but names and national codes of towns and communities is invented. The outline has nothing to do with the city's real one. */
export const PLAN: CityPlan = {
  pack: 'zhongshan',
  code: '442000',
  name: { zh: '中山市', en: 'Zhongshan' },
  outline: { lon: 113.39, lat: 22.52, lonRadius: 0.23, latRadius: 0.21 },
};

/** The day the demo city is looked at; its year of cases ends here. */
export const PACK_DATE = '2026-11-20';

export interface Built {
  readonly city: PackCity;
  readonly laid: Laid;
  readonly staffed: Staffed;
}

/** The synthetic city. The same seed gives the same bytes; ids depend on names only, never on the seed. */
export const build = (seed = 'zhongshan-1'): Built => {
  const laid = layAreas(PLAN, readDivisions(PLAN.code), makeRandom(`${seed}/areas`));
  const staffed = staffCity(PLAN.pack, laid, makeRandom(`${seed}/organizations`));
  const city: PackCity = {
    validFrom: '2024-01-01',
    areas: laid.areas,
    facilities: placeFacilities(PLAN, laid, makeRandom(`${seed}/facilities`)),
    organizations: staffed.organizations,
    posts: staffed.posts,
    people: staffed.people,
    holdings: staffed.holdings,
    accounts: staffed.accounts,
    shifts: rosterShifts(PLAN.pack, laid, staffed),
    dutyLists: listDuties(PLAN.pack, laid, staffed),
    categories: categoriesOf(),
  };
  return { city, laid, staffed };
};
