import { createHash } from 'node:crypto';
import { checkBoundary, polygonsOf } from '@tongxin/domain/area/rules.ts';
import type { Geometry } from '@tongxin/domain/area/schema.ts';
import { isMobile } from '@tongxin/domain/dispute/centre/rules.ts';
import { namesPerson } from '@tongxin/domain/screening/rules.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import { pack } from './pack.ts';

let built: ReturnType<typeof pack.build>;
beforeAll(() => {
  built = pack.build(pack.seed);
});

const digest = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex');
const edgesOf = (geometry: Geometry): string[] =>
  polygonsOf(geometry).flatMap((rings) => rings.flatMap((ring) => ring.slice(1).map((to, i) => `${ring[i]!.join(' ')}>${to.join(' ')}`)));
const reversed = (edge: string): string => edge.split('>').reverse().join('>');

describe('the synthetic city', () => {
  it('is the same bytes from the same seed; another seed moves borders and keeps ids', () => {
    expect(digest(pack.build(pack.seed).city)).toBe(digest(built.city));
    const other = pack.build('another').city;
    expect(digest(other.areas)).not.toBe(digest(built.city.areas));
    const ids = new Map(built.city.areas.map((area) => [area.code, area.areaId]));
    for (const area of other.areas) if (ids.has(area.code)) expect(area.areaId).toBe(ids.get(area.code));
    expect(other.accounts.map((account) => account.personId)).toEqual(built.city.accounts.map((account) => account.personId));
  });

  it('has the real towns and communities by their codes, directly under the city', () => {
    const { areas } = built.city;
    const towns = areas.filter((area) => area.kind === 'town');
    expect(towns.map((town) => town.name.zh)).toContain('石岐街道');
    expect(towns).toHaveLength(23);
    expect(towns.every((town) => town.parentId === areas[0]!.areaId && town.path.length === 2)).toBe(true);
    const communities = areas.filter((area) => area.kind === 'community');
    expect(communities).toHaveLength(287);
    expect(communities.every((community) => /^442000\d{6}$/.test(community.code) && community.name.en)).toBe(true);
    expect(new Set(areas.map((area) => area.code)).size).toBe(areas.length);
  });

  it('has grids of 300 to 500 households with codes of their community and three digits', () => {
    const byId = new Map(built.city.areas.map((area) => [area.areaId, area]));
    for (const grid of built.city.areas.filter((area) => area.kind === 'grid')) {
      expect(grid.code).toMatch(/^\d{15}$/);
      expect(grid.code.slice(0, 12)).toBe(byId.get(grid.parentId!)!.code);
      expect(grid.households).toBeGreaterThanOrEqual(300);
      expect(grid.households).toBeLessThanOrEqual(500);
    }
  });

  it('has boundaries that a strict check takes', () => {
    for (const area of built.city.areas) expect([area.code, checkBoundary(area.geometry).ok]).toEqual([area.code, true]);
  });

  it.each(['town', 'community', 'grid'] as const)('is covered by each level without gap or overlap: %ss', (kind) => {
    const [city, ...rest] = built.city.areas;
    const edges = rest.filter((area) => area.kind === kind).flatMap((area) => edgesOf(area.geometry));
    const all = new Set(edges);
    expect(all.size).toBe(edges.length);
    // Every edge is either shared with the neighbour, who walks it the other way, or part of the city's own border.
    const outer = edges.filter((edge) => !all.has(reversed(edge)));
    expect(new Set(outer)).toEqual(new Set(edgesOf(city!.geometry)));
  });

  it('names accounts by post: unique user names, posts that exist, and not one person’s name', () => {
    const { accounts, people, holdings, posts } = built.city;
    expect(new Set(accounts.map((account) => account.username)).size).toBe(accounts.length);
    expect(accounts.every((account) => /^[a-z][a-z0-9-]+$/.test(account.username))).toBe(true);
    const held = new Set(holdings.map((holding) => holding.personId));
    for (const account of accounts)
      if (!account.username.startsWith('resident'))
        expect([account.username, held.has(account.personId)]).toEqual([account.username, true]);
    expect(people.every((person) => Object.keys(person).every((key) => ['personId', 'kind', 'authUserId'].includes(key)))).toBe(true);
    for (const n of [1, 2, 3]) expect(posts.some((post) => post.responsibility === n)).toBe(true);
  });

  it('has somebody on duty at the hotline in every night and on every day off', () => {
    const { shifts, organizations } = built.city;
    const hotline = organizations.find((o) => o.kind === 'hotline')!.organizationId;
    const at = (instant: string) =>
      shifts.filter((s) => s.organizationId === hotline && s.startsAt <= instant && instant < s.endsAt).map((s) => s.kind);
    expect(at('2026-09-30T13:40:00.000Z')).toEqual(['night']);
    expect(at('2026-10-03T04:00:00.000Z')).toEqual(['holiday']);
    // 10 October 2026 is a Saturday made up for: an ordinary day.
    expect(at('2026-10-10T04:00:00.000Z')).toEqual([]);
    expect(at('2027-06-15T15:00:00.000Z')).toEqual(['night']);
  });

  it('settles disputes by area and by trade: every committee has mediators, a centre with a room, and somebody on duty; nobody has a name', () => {
    const { organizations, shifts, areas, holdings, posts } = built.city;
    const mediation = built.city.mediation!;
    // A start asks for parts without building the city.
    expect(pack.parts).toEqual(['mediation']);
    const committees = organizations.filter(({ key }) => key.startsWith('mediation'));
    const kindOf = new Map(areas.map(({ areaId, kind }) => [areaId, kind]));
    const tiers = committees.map(({ areaId }) => kindOf.get(areaId));
    expect([...new Set(tiers)].toSorted()).toEqual(['city', 'community', 'town']);
    const body = new Map(posts.map(({ postId, organizationId }) => [postId, organizationId]));
    const holders = new Set(holdings.map(({ postId, personId }) => `${body.get(postId)}/${personId}`));
    for (const { mediatorId, organizationId, personId } of mediation.mediators)
      expect([mediatorId, holders.has(`${organizationId}/${personId}`)]).toEqual([mediatorId, true]);
    const onDuty = new Set(shifts.filter(({ kind }) => kind === 'day').map(({ organizationId }) => organizationId));
    for (const { organizationId } of committees) {
      expect(mediation.mediators.some((one) => one.organizationId === organizationId)).toBe(true);
      expect(mediation.centres.find((one) => one.organizationId === organizationId)?.rooms.length).toBeGreaterThan(0);
      expect(onDuty.has(organizationId)).toBe(true);
    }
    expect([...mediation.mediators, ...mediation.panellists].every(({ name }) => /^示例(?:调解员|听证员)\d{4}$/u.test(name))).toBe(true);
    expect(mediation.mediators.every(({ phone }) => /^109\d{8}$/u.test(phone))).toBe(true);
    expect(mediation.centres.some(({ telephone }) => isMobile(telephone))).toBe(false);
  });

  it('gives every community a lawyer’s hours each month, no lawyer in two places at once, and monthly reports that name nobody', () => {
    const { areas } = built.city;
    const mediation = built.city.mediation!;
    const of = Map.groupBy(mediation.hours, ({ personId, startsAt }) => `${personId}/${startsAt}`);
    expect([...of.values()].every((hours) => hours.length === 1)).toBe(true);
    const communities = areas.filter(({ kind }) => kind === 'community').length;
    expect(mediation.hours.filter(({ startsAt }) => startsAt.startsWith('2026-12'))).toHaveLength(communities);
    for (const { items } of mediation.screeningReports)
      for (const { place, matter } of items) expect([place, matter].filter(namesPerson)).toEqual([]);
    // Missing ones are there to be seen, and few.
    const missing = mediation.screeningUnits.length * 2 - mediation.screeningReports.length;
    expect(missing).toBeGreaterThan(0);
    expect(missing).toBeLessThan(20);
  });

  it('lets duty lists name a body for every category of every town', () => {
    const { dutyLists, categories } = built.city;
    const second = categories.filter((category) => category.parentId);
    expect(second).toHaveLength(96);
    const bodies = new Set(built.city.organizations.map((o) => o.organizationId));
    for (const list of dutyLists.filter((one) => one.kind === 'dispatchCatalogue')) {
      expect(list.items.map((item) => item.categoryId)).toEqual(second.map((category) => category.categoryId));
      expect(list.items.every((item) => bodies.has(item.organizationId!))).toBe(true);
    }
    expect(second.every((category) => category.limit && category.grade)).toBe(true);
    expect(categories.find((category) => category.categoryId === 'utility.gasSmell')!.danger).toEqual(['119']);
  });
});

describe('the year of cases', () => {
  const plan = (count: number) => [...built.cases(count)];

  it('is the same from the same seed and runs in the order of filing', () => {
    const [first, again] = [plan(400), plan(400)];
    expect(digest(first)).toBe(digest(again));
    expect(first.map((one) => one.at)).toEqual(first.map((one) => one.at).sort((a, b) => a - b));
    expect(first.every((one) => one.steps.every((step, i) => step.at >= (one.steps[i - 1]?.at ?? one.at)))).toBe(true);
  });

  it('has seasons, a weekly rhythm and a typhoon week', () => {
    const cases = plan(20_000);
    const day = (at: number): string => new Date(at + 8 * 3_600_000).toISOString().slice(0, 10);
    const within = (from: string, to: string, category = '') =>
      cases.filter((one) => day(one.at) >= from && day(one.at) <= to && one.categoryId.startsWith(category)).length;
    expect(within('2026-09-14', '2026-09-20')).toBeGreaterThan(1.8 * within('2026-09-07', '2026-09-13'));
    expect(within('2026-09-14', '2026-09-20', 'safety.flooding')).toBeGreaterThan(
      8 * within('2026-08-31', '2026-09-06', 'safety.flooding'),
    );
    expect(within('2026-07-01', '2026-07-31', 'sanitation')).toBeGreaterThan(1.3 * within('2026-01-01', '2026-01-31', 'sanitation'));
    expect(within('2025-11-20', '2026-11-20', 'utility.heatingCold')).toBe(0);
    expect(within('2026-10-01', '2026-10-07')).toBeLessThan(within('2026-10-12', '2026-10-18'));
    const noise = cases.filter((one) => one.categoryId === 'building.nightWorks');
    const atNight = noise.filter((one) => [21, 22, 23, 0, 1, 2, 3, 4, 5].includes(new Date(one.at + 8 * 3_600_000).getUTCHours()));
    expect(atNight.length).toBeGreaterThan(noise.length / 2);
  });

  it('is asked more than anything else, above all by telephone, and most questions are answered at once', () => {
    const cases = plan(20_000).filter((one) => one.procedureId === 'order');
    const shares = (among: typeof cases) => {
      const n = new Map<string, number>();
      for (const one of among) n.set(one.demandKind ?? 'none', (n.get(one.demandKind ?? 'none') ?? 0) + 1 / among.length);
      return [...n].sort((a, b) => b[1] - a[1]);
    };
    expect(shares(cases)[0]![0]).toBe('consultation');
    const calls = cases.filter((one) => one.channel === 'hotline');
    const direct = calls.filter((one) => one.steps.some((step) => step.action === 'answerDirectly')).length / calls.length;
    expect(direct).toBeGreaterThan(0.5);
    expect(direct).toBeLessThan(0.6);
    expect(cases.every((one) => (one.channel === 'patrol') === (one.demandKind === undefined))).toBe(true);
  });

  it('speaks of nobody real: invented names and telephones that nobody can have', () => {
    for (const one of plan(500)) {
      if (one.reporter.phone) expect(one.reporter.phone).toMatch(/^109\d{8}$/);
      if (one.reporter.name) expect(one.reporter.name).toMatch(/^示例居民\d{4}$/);
      expect(one.text).not.toMatch(/[{}]|undefined|\d{7}/);
    }
  });
});
