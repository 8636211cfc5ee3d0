import type { Channel, DemandKind } from '@tongxin/domain/case/schema.ts';
import type { PackArea, PackCategory, PlannedCase } from '@tongxin/domain/pack/schema.ts';
import { type CategoryUse, usesOf } from '../zhongshan/categories.ts';
import { GREETINGS, OPENINGS, PLACES, PRAISES, PROBLEMS, QUESTIONS, SINCE, TYPHOON, WISHES } from '../zhongshan/words.ts';
import type { Laid } from './areas.ts';
import { type Cast, makeCast } from './cast.ts';
import { bodyOf } from './duties.ts';
import { planLetter } from './letter.ts';
import { planOrder } from './order.ts';
import type { Staffed } from './organizations.ts';
import { pointIn } from './partition.ts';
import { idAt, makeRandom, type Random } from './random.ts';
import { dayAt, inTyphoon, moments, seasonOf } from './rhythm.ts';

/** What a worker can see on the street. */
const VISIBLE = ['municipal', 'sanitation', 'street', 'traffic', 'building', 'ecology', 'safety'];
/** Usual shares of the first levels. */
const SHARES: Readonly<Record<string, number>> = {
  municipal: 9,
  sanitation: 13,
  street: 11,
  traffic: 10,
  utility: 7,
  housing: 11,
  building: 8,
  ecology: 5,
  safety: 6,
  market: 8,
  livelihood: 18,
  dispute: 8,
};
const CHANNELS: readonly Channel[] = ['hotline', 'portal', 'patrol', 'window', 'department', 'open311'];
const LETTERS = 0.03;
/** What people ask about: shares of the categories that have questions of their own. */
const ASKED: Readonly<Record<string, number>> = {
  'livelihood.socialInsurance': 12,
  'livelihood.medicalInsurance': 11,
  'livelihood.schooling': 6,
  'livelihood.jobs': 4,
  'livelihood.minimumIncome': 4,
  'livelihood.elderMeals': 2,
  'livelihood.disabilityUnpaid': 2,
  'utility.billQuestion': 6,
  'utility.waterOff': 3,
  'utility.powerOff': 3,
  'dispute.legalQuestion': 7,
  'housing.propertyService': 5,
  'housing.feePublicity': 4,
  'housing.commonLeak': 3,
  'traffic.illegalParking': 5,
  'traffic.busRoute': 4,
  'building.nightWorks': 2,
  'building.newIllegal': 3,
  'market.price': 3,
  'market.prepaidCard': 2,
  'market.unlicensedFood': 3,
  'street.dogs': 3,
  'sanitation.rubble': 3,
  'municipal.lampOut': 2,
  'municipal.roadDamage': 2,
  'safety.flooding': 1,
};
/** A hotline is asked more often than anything is reported to it; at night it is called for help. */
const QUESTIONED: Readonly<Partial<Record<Channel, number>>> = { hotline: 0.6, portal: 0.22, window: 0.5 };
const AT_NIGHT = 0.5;
const PRAISED = 0.012;

const filled = (template: string, random: Random): string =>
  template
    .replaceAll('{place}', random.pick(PLACES))
    .replaceAll('{since}', random.pick(SINCE))
    .replaceAll('{n}', String(random.whole(2, 9)));

const kindOf = (first: string, random: Random): DemandKind => {
  const weights = first === 'market' || first === 'dispute' || first === 'housing' ? [0.35, 0.5, 0.1, 0.05] : [0.55, 0.2, 0.2, 0.05];
  return (['help', 'complaint', 'report', 'suggestion'] as const)[random.weighted(weights)]!;
};

/** Choice of a category at a moment; weights are kept for moments that are alike. */
const chooser = (uses: readonly CategoryUse[], shareOf: (use: CategoryUse) => number) => {
  const sums = new Map<string, number[]>();
  return (at: number, random: Random): CategoryUse => {
    const key = `${dayAt(at).slice(5, 7)}/${Math.floor(((at / 3_600_000 + 8) % 24) / 3)}/${inTyphoon(at)}`;
    let sum = sums.get(key);
    if (!sum) {
      let total = 0;
      sum = uses.map((use) => {
        total += shareOf(use) * seasonOf(use.categoryId, at);
        return total;
      });
      sums.set(key, sum);
    }
    const wanted = random.next() * sum.at(-1)!;
    return uses[sum.findIndex((reached) => reached > wanted)]!;
  };
};

interface Setting {
  readonly pack: string;
  readonly laid: Laid;
  readonly staffed: Staffed;
  readonly categories: readonly PackCategory[];
  readonly from: string;
  readonly to: string;
  readonly seed: string;
}

/** `count` cases over `[from, to)` in the order in which they were filed. Deterministic; acts after `to` have not happened yet. */
export function* planCases(setting: Setting, count: number): Generator<PlannedCase> {
  const { laid, staffed, categories, from, to, seed } = setting;
  const random = makeRandom(`${seed}/cases/${count}`);
  const cast: Cast = makeCast(laid, staffed);
  const uses = usesOf();
  const graded = new Map(categories.map((category) => [category.categoryId, category.grade]));
  const isQuestion = (use: CategoryUse): boolean => graded.get(use.categoryId) === 'Q';
  const reported = chooser(
    uses.filter((use) => !isQuestion(use)),
    (use) => SHARES[use.categoryId.split('.')[0]!]!,
  );
  const asked = chooser(
    uses.filter((use) => use.categoryId in ASKED),
    (use) => ASKED[use.categoryId]!,
  );
  const praised = uses.filter((use) => use.categoryId in PRAISES);
  const byId = new Map(categories.map((category) => [category.categoryId, category]));
  const towns = new Map(laid.towns.map((town) => [town.areaId, town]));
  const communities = new Map(laid.communities.map((community) => [community.areaId, community]));
  const end = Date.parse(`${to}T00:00:00+08:00`);
  /** Cases about the same thing in the same community that are still with a body. */
  const open = new Map<string, { caseId: string; from: number; until: number }>();

  for (const at of moments(count, from, to, random)) {
    const grid: PackArea = random.pick(laid.grids);
    const community = communities.get(grid.parentId!)!;
    const town = towns.get(community.parentId!)!;
    const letter = random.chance(LETTERS);
    const hour = (at / 3_600_000 + 8) % 24;
    const channel: Channel = letter ? random.pick(['window', 'letter']) : CHANNELS[random.weighted([0.56, 0.2, 0.15, 0.05, 0.03, 0.02])]!;
    const patrol = channel === 'patrol';
    const questioned = (QUESTIONED[channel] ?? 0) * (hour < 7 || hour >= 21 ? AT_NIGHT : 1);
    const question = !letter && random.chance(questioned);
    const praise = !letter && !question && (channel === 'hotline' || channel === 'portal') && random.chance(PRAISED);
    const seen = (): CategoryUse => {
      for (;;) {
        const use = reported(at, random);
        if (!patrol || VISIBLE.includes(use.categoryId.split('.')[0]!)) return use;
      }
    };
    const use = question ? asked(at, random) : praise ? random.pick(praised) : seen();
    const first = use.categoryId.split('.')[0]!;
    const category = byId.get(use.categoryId)!;
    const caseId = idAt(at, random);
    const [lon, lat] = pointIn(laid.cellOf.get(grid.areaId)!, laid.lattice, 0.15 + random.next() * 0.7, 0.15 + random.next() * 0.7);
    // What a worker finds on patrol is nobody's demand.
    const demandKind: DemandKind | undefined = patrol ? undefined : question ? 'consultation' : praise ? 'praise' : kindOf(first, random);
    const templates = question
      ? (QUESTIONS[use.categoryId] ?? PROBLEMS[use.categoryId]!)
      : praise
        ? PRAISES[use.categoryId]!
        : (inTyphoon(at) && TYPHOON[use.categoryId]) || PROBLEMS[use.categoryId]!;
    const said = filled(random.pick(templates), random);
    const text = demandKind
      ? `${question || praise ? random.pick(GREETINGS) : random.pick(OPENINGS)}${said}。${random.pick(WISHES[demandKind]!)}`
      : `巡查发现：${said}。`;
    const reachable = letter || (!patrol && !random.chance(0.07));
    const callBackWanted = reachable && random.chance(0.9);
    const base = {
      caseId,
      at,
      channel,
      ...(demandKind ? { demandKind } : {}),
      categoryId: use.categoryId,
      text,
      address: `${town.name.zh}${community.name.zh}示例路${random.whole(1, 180)}号`,
      gridId: grid.areaId,
      lon,
      lat,
      reporter: {
        // Invented: no telephone of the country begins with 109.
        ...(reachable
          ? { name: `示例居民${random.whole(1000, 9999)}`, phone: `109${String(random.whole(0, 99_999_999)).padStart(8, '0')}` }
          : {}),
        protected: reachable && random.chance(demandKind === 'complaint' ? 0.25 : 0.05),
        callBackWanted,
      },
    };
    if (letter) {
      const filer = cast.inArea(town.areaId, 'letters', 'letterOfficer');
      const steps = planLetter({ caseId, at, townId: town.areaId }, cast, random);
      yield { ...base, procedureId: 'letter', filer, steps: steps.filter((step) => step.at < end) };
      continue;
    }
    const filer =
      channel === 'hotline'
        ? cast.inArea(cast.cityId, 'hotline', 'operator', random.whole(0, 9))
        : channel === 'portal' || channel === 'open311'
          ? cast.service(channel)
          : patrol
            ? cast.inArea(community.areaId, 'gridTeam', 'gridWorker', Number(grid.code.slice(-3)) - 1)
            : cast.inArea(town.areaId, 'centre', 'dispatcher');
    const key = `${community.areaId}/${use.categoryId}`;
    const main = open.get(key);
    const bodyId = bodyOf(use, town.areaId, cast.cityId, staffed);
    const other = cast.bodyId(town.areaId, random.pick(['planning', 'sanitation', 'enforcement', 'water']));
    const mainCaseId =
      main && main.from < at && at < main.until && !patrol && !question && !praise && random.chance(0.7) ? main.caseId : undefined;
    const steps = planOrder(
      {
        caseId,
        at,
        channel,
        categoryId: use.categoryId,
        grade: category.grade ?? 'D',
        limit: category.limit!,
        ...(question ? { answerable: isQuestion(use) ? ('question' as const) : ('asked' as const) } : {}),
        ...(praise ? { answerable: 'praise' as const } : {}),
        townId: town.areaId,
        bodyId,
        otherBodyId: other === bodyId ? cast.bodyId(town.areaId, 'emergency') : other,
        filer,
        reachable,
        callBackWanted,
        ...(mainCaseId ? { mainCaseId } : {}),
      },
      cast,
      random,
    );
    const dispatched = steps.find((step) => step.action === 'dispatch');
    const resolved = steps.find((step) => step.action === 'resolve');
    if (dispatched && resolved) open.set(key, { caseId, from: dispatched.at, until: resolved.at - 3_600_000 });
    yield { ...base, procedureId: 'order', filer, steps: steps.filter((step) => step.at < end) };
  }
}
