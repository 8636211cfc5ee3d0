import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Capability, ROLES, type Role } from '@tongxin/domain/post/policy.ts';
import { CALLERS, type Door, doorFor, isCell } from '@tongxin/server/access.build.ts';
import { ACCESS } from '@tongxin/server/access.table.ts';
import { manifests } from '@tongxin/server/modules.ts';
import { WORLD, type WorldPerson } from '@tongxin/testing/world.ts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DOORS, INNER_DOORS } from '../apps/desk/src/lib/doors.ts';
import {
  accessibilityFindings,
  bootProduct,
  closeBrowser,
  type Language,
  overhang,
  type Product,
  SIZES,
  settled,
  shownText,
  withPicture,
} from './browser.ts';
import { latinWords, rawCodes } from './desk-screens.ts';

/**
 * Whom each page of the desk opens to: the desk's table (apps/desk/src/lib/doors.ts) against what the page asks of the server and who is answered
 * there, and every closed page opened by address by somebody who may not.
 */

/** What a page asks: all of a group opens it, any of the groups does. What changes something is named where a page reads what is everybody's. */
const ASKED: Readonly<Record<keyof typeof DOORS | keyof typeof INNER_DOORS, readonly (readonly string[])[]>> = {
  '/hotline': [['GET /hotline/calls', 'GET /hotline/call-backs']],
  '/hotline/call-backs': [['GET /hotline/call-backs']],
  '/log': [['POST /cases/similar']],
  '/disputes': [['GET /disputes']],
  '/disputes/new': [['POST /disputes']],
  '/disputes/referrals': [['GET /disputes/referrals']],
  '/disputes/$id': [['GET /disputes/:id/agreement']],
  '/disputes/$id/people': [['GET /disputes/:id/choosing', 'GET /disputes/:id/consents']],
  '/disputes/counts': [['GET /disputes/counts']],
  '/mediators': [['GET /mediators']],
  '/cases/$id/dossier': [['GET /cases/:id/dossier']],
  '/sources': [['GET /sources/causes', 'GET /sources/measures']],
  '/legal': [['GET /reception/desk', 'POST /reception/bookings/:id/decline']],
  '/legal-aid': [['POST /legal-aid/standards']],
  '/reception': [['GET /reception/desk', 'GET /reception/months']],
  '/reception/$id': [['GET /reception/sessions/:id/bookings']],
  '/hearings': [['GET /hearings']],
  '/hearings/new': [['GET /hearings/candidates']],
  '/panellists': [['GET /panellists']],
  '/screening': [['GET /screening/own']],
  '/screening/overview': [['GET /screening/overview']],
  '/statistics': [['GET /statistics/cases', 'GET /statistics/durations', 'GET /statistics/standing', 'GET /statistics/late']],
  '/statistics/burden': [['GET /statistics/burden']],
  '/handovers': [['GET /handovers']],
  '/handovers/$id': [['GET /handovers/:id']],
  '/reply-templates': [['GET /reply-templates']],
  '/sos': [['GET /sos']],
  '/areas': [['GET /areas/:id/net']],
  // Its registers, each by itself.
  '/admin': [
    ['GET /staff'],
    ['POST /organizations'],
    ['POST /organizations/:id/shifts'],
    ['POST /duty-lists'],
    ['POST /categories'],
    ['POST /articles'],
    ['POST /facilities'],
    ['POST /calendar'],
    ['GET /administration/log'],
  ],
  get '/admin/$register'() {
    return this['/admin'];
  },
  '/interfaces': [['GET /webhooks', 'GET /api-tokens', 'GET /open311-keys', 'GET /hotline/lines']],
  '/displays': [['GET /wall']],
  '/publication': [['GET /publication/reviews'], ['GET /publication/areas']],
  '/procedures/migrate': [['POST /procedure-migrations/preview']],
  '/procedures/drafts/$draftId': [['GET /procedure-drafts/:id']],
};

/** What pages ask that open to whoever is signed in. */
const ASKED_BY_ALL: Readonly<Record<string, string>> = {
  '/': 'GET /cases',
  '/cases/$id': 'GET /cases/:id',
  '/map': 'GET /map/counts',
  '/notices': 'GET /notices',
  '/notices/settings': 'GET /notices/settings',
  '/procedures': 'GET /procedures',
  '/procedures/$id/$version': 'GET /procedures/:id/:version',
  '/procedures/compare': 'GET /procedures',
  '/exchange': 'GET /jobs',
  '/account': 'GET /me',
  '/sign-in': 'GET /sign-in',
  '/disputes/counts': 'GET /disputes/releases',
  '/legal-aid': 'GET /legal-aid/standards',
};

const NEEDS: Readonly<Record<string, readonly Capability[]>> = { ...DOORS, ...INNER_DOORS };
const declared = new Map(manifests.flatMap(({ routes = [] }) => routes.map((route) => [`${route.method} ${route.path}`, route.access])));
/** Of a request: any of them gets through; undefined where anybody who is signed in does. */
const opens = (request: string): readonly Capability[] | undefined => {
  const access = declared.get(request);
  if (!access) throw new Error(`no request ${request}`);
  return 'capability' in access ? [access.capability] : 'anyOf' in access ? access.anyOf : undefined;
};
const has = (needs: readonly Capability[], role: Role): boolean =>
  needs.some((need) => (ROLES[role].capabilities as readonly Capability[]).includes(need));

const people = Object.entries(WORLD.people) as [keyof typeof WORLD.people, WorldPerson][];
const opensTo = (needs: readonly Capability[], { posts }: WorldPerson): boolean =>
  posts.some(({ capabilities }) => needs.some((need) => capabilities.includes(need)));
/** What the table of access says of somebody who asks, case by case where it is about cases. */
const doorsOf = (request: string, name: string): readonly Door[] => {
  const [method, path] = request.split(' ');
  const { cells } = ACCESS[`${method} /api/v1${path}`]!;
  return (isCell(cells) ? [cells] : Object.values(cells)).map((cell) => doorFor(cell, name));
};

describe('whom a page opens to', () => {
  test('is said of every route of the desk, once', () => {
    const router = readFileSync(join(resolve(import.meta.dirname, '..'), 'apps/desk/src/app/router.tsx'), 'utf8');
    const routes = [...router.matchAll(/createRoute\(\{[^}]*?\bpath: '([^']+)'/gsu)].map(([, path]) => path!);
    const said = [...Object.keys(DOORS), ...Object.keys(ASKED_BY_ALL)];
    expect(said.sort(), 'a route is closed in lib/doors.ts, or stands in ASKED_BY_ALL').toEqual(routes.sort());
    for (const route of Object.keys(INNER_DOORS)) expect(ASKED_BY_ALL).toHaveProperty([route]);
  });

  test.each(Object.keys(NEEDS))('%s: is whom the server demands for what the page asks', (route) => {
    const groups = ASKED[route as keyof typeof ASKED].map((group) => {
      const demanded = group.map((request) => opens(request) ?? []);
      return demanded[0]!.filter((capability) => demanded.every((all) => all.includes(capability)));
    });
    expect(groups.every((group) => group.length > 0)).toBe(true);
    expect([...NEEDS[route]!].sort()).toEqual([...new Set(groups.flat())].sort());
  });

  test.each(Object.entries(ASKED_BY_ALL).filter(([route]) => route !== '/sign-in'))(
    '%s: everybody who is signed in is answered',
    (_, asked) => expect(opens(asked)).toBeUndefined(),
  );

  test.each(Object.keys(NEEDS))('%s: is nobody whom the table of access refuses, and leaves nobody out whom it answers', (route) => {
    for (const [name, person] of people) {
      expect(name in CALLERS).toBe(true);
      const open = opensTo(NEEDS[route]!, person);
      const answered = ASKED[route as keyof typeof ASKED].some((group) =>
        group.every((request) => doorsOf(request, name).some((door) => door !== 403)),
      );
      // What changes a body is refused to whoever may change another: there the table only says who is let in.
      const reads = ASKED[route as keyof typeof ASKED].some((group) => group.every((request) => request.startsWith('GET ')));
      if (answered || (reads && route !== '/admin' && route !== '/admin/$register')) expect([name, open]).toEqual([name, answered]);
    }
  });

  test.each([
    ['leader', ['/screening/overview', '/statistics', '/statistics/burden', '/displays']],
    ['handler', ['/screening']],
    [
      'mediator',
      ['/disputes', '/disputes/new', '/disputes/referrals', '/disputes/$id', '/disputes/$id/people', '/mediators', '/cases/$id/dossier'],
    ],
    [
      'dispatcher',
      [
        '/hotline',
        '/hotline/call-backs',
        '/log',
        '/hearings',
        '/hearings/new',
        '/panellists',
        '/screening/overview',
        '/statistics',
        '/statistics/burden',
        '/displays',
        '/publication',
      ],
    ],
    [
      'administrator',
      [
        '/statistics',
        '/statistics/burden',
        '/areas',
        '/admin',
        '/admin/$register',
        '/interfaces',
        '/displays',
        '/publication',
        '/procedures/migrate',
        '/procedures/drafts/$draftId',
      ],
    ],
  ] as const)('is, for a %s, whom one would think', (role, own) => {
    const ofAllCaseWork = ['/handovers', '/handovers/$id', '/reply-templates', '/sos'];
    const open = Object.entries(DOORS).flatMap(([route, needs]) => (has(needs, role) ? [route] : []));
    expect(open.sort()).toEqual([...own, ...ofAllCaseWork].sort());
  });
});

let product: Product;
beforeAll(async () => {
  product = await bootProduct();
});
afterAll(async () => {
  await product?.close();
  await closeBrowser();
});

const NOTHING = '0192f000-0000-7000-8000-000000000001';
const addressOf = (route: string): string => `/desk${route.replace('$register', 'people').replace(/\$\w+/gu, NOTHING)}`;
const words = (language: Language, zh: string, en: string): string => (language === 'zh' ? zh : en);
const firstWho = (test: (person: WorldPerson) => boolean, ...names: (keyof typeof WORLD.people)[]): keyof typeof WORLD.people =>
  names.find((name) => test(WORLD.people[name]))!;

/** Requests of a window to the API, as the server's routes are called. */
const asksOf = (page: Page): string[] => {
  const asks: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (!pathname.startsWith('/api/v1/')) return;
    const parts = pathname.slice('/api/v1'.length).split('/');
    asks.push(`${request.method()} ${parts.map((part) => (/^[0-9a-f-]{36}$/u.test(part) ? ':id' : part)).join('/')}`);
  });
  return asks;
};

const windows = new Map<string, Promise<{ page: Page; asks: string[] }>>();
const windowOf = (name: keyof typeof WORLD.people, language: Language): Promise<{ page: Page; asks: string[] }> => {
  const key = `${name} ${language}`;
  const opened =
    windows.get(key) ??
    product
      .open({ as: product.server.world.people[name], language, size: language === 'zh' ? 'desk' : 'phone' })
      .then((page) => ({ page, asks: asksOf(page) }));
  windows.set(key, opened);
  return opened;
};

describe.each(['zh', 'en'] as const)('opened by address by somebody who may not, in %s', (language) => {
  test.each(Object.entries(NEEDS))('%s says what it is for, whom it opens to and what to do', async (route, needs) => {
    const name = firstWho((person) => !opensTo(needs, person), 'handlerA', 'leaderA', 'lawyerA');
    const { page, asks } = await windowOf(name, language);
    await withPicture(page, `closed-${language}${route.replaceAll(/\W+/gu, '-')}`, async () => {
      asks.length = 0;
      await page.goto(addressOf(route));
      await page.getByText(words(language, '如果工作需要，请联系管理员', 'If your work needs it, please ask an administrator')).waitFor();
      if (language === 'zh') await settled(page);
      const said = await page.getByRole('main').innerText();
      expect(said).toMatch(language === 'zh' ? /您的岗位(?:不|没)|只有调解员/u : /Your post does not|Only mediators/u);
      expect(said).toMatch(language === 'zh' ? /开放岗位：.+。/u : /Open to.+\./u);
      expect((await page.getByRole('heading', { level: 1 }).allInnerTexts()).join()).not.toBe('');
      expect(await page.getByRole('main').getByRole('alert').count()).toBe(0);
      expect(await page.getByRole('button', { name: words(language, '再试一次', 'Try again') }).count()).toBe(0);
      // What it would ask is not asked.
      const own = new Set(ASKED[route as keyof typeof ASKED].flat());
      expect(asks.filter((one) => own.has(one))).toEqual([]);
      expect(await accessibilityFindings(page)).toEqual([]);
      expect(await overhang(page)).toBe(0);
      expect(rawCodes(await shownText(page))).toEqual([]);
      if (language === 'zh') expect(await latinWords(page)).toEqual([]);
    });
  });
});

/** For a machine under load, not a measure. */
const PATIENT = { timeout: 60_000 };
/** What is asked once something is done there, or where it leads. */
const ASKED_LATER = new Set(['/displays', '/disputes/$id']);

test.each(Object.entries(DOORS))('%s opened by somebody who may is the page, and asks what it is said to ask', async (route, needs) => {
  const name = firstWho(
    (person) => opensTo(needs, person),
    'administrator',
    'mediationHeadA',
    'letterOfficerA',
    'dispatcherA',
    'committeeA',
    'lawyerA',
    'justiceOfficer',
  );
  const { page, asks } = await windowOf(name, 'zh');
  await withPicture(page, `open${route.replaceAll(/\W+/gu, '-')}`, async () => {
    await page.setViewportSize(SIZES.desk);
    asks.length = 0;
    await page.goto(addressOf(route));
    const mayAsk = (request: string): boolean => opensTo(opens(request) ?? [], WORLD.people[name]);
    const expected = ASKED[route as keyof typeof ASKED]
      .filter((group) => group.some(mayAsk))
      .map((group) => group.filter((request) => request.startsWith('GET ')))
      .filter((reads) => reads.length > 0);
    if (expected.length && !ASKED_LATER.has(route))
      await expect.poll(() => expected.some((group) => group.every((one) => asks.includes(one))), PATIENT).toBe(true);
    await expect.poll(() => page.getByRole('main').innerText(), PATIENT).not.toBe('');
    await settled(page);
    expect(await page.getByText('开放岗位：').count()).toBe(0);
  });
});

test('a right that ended while the desk was open is a sentence with what to do, and no failure', async () => {
  const { page } = await windowOf('committeeA', 'zh');
  await page.route('**/api/v1/screening/own', (route) =>
    route.fulfill({
      status: 403,
      contentType: 'application/problem+json',
      body: JSON.stringify({ status: 403, code: 'missingCapability', title: '您的岗位没有此项权限。' }),
    }),
  );
  await withPicture(page, 'closed-meanwhile', async () => {
    await page.goto('/desk/screening');
    const said = page.getByRole('status').filter({ hasText: '您的岗位没有此项权限。' });
    await said.getByText('请联系管理员', { exact: false }).waitFor();
    expect(await page.getByRole('button', { name: '再试一次' }).count()).toBe(0);
    expect(await page.getByRole('main').getByRole('alert').count()).toBe(0);
    expect(await accessibilityFindings(page)).toEqual([]);
  });
});

test('whose first password keeps their posts away is told of that, and not that their posts open nothing', async () => {
  const { handlerB } = product.server.world.people;
  await product.server.db.pools.maintenance.query('update person set password_once = true where person_id = $1', [handlerB.personId]);
  const page = await product.open({ as: handlerB });
  await withPicture(page, 'closed-first-password', async () => {
    for (const path of ['screening', 'legal-aid']) {
      await page.goto(`/desk/${path}`);
      await page.getByText('请先换成自己的密码', { exact: false }).waitFor();
      await settled(page);
      expect(await page.getByText('开放岗位：').count()).toBe(0);
      expect(await page.getByRole('button', { name: '再试一次' }).count()).toBe(0);
    }
  });
});

test('a closed page changes its language where it stands, and leads to the inbox', async () => {
  const page = await product.open({ as: product.server.world.people.handlerA });
  await withPicture(page, 'closed-language', async () => {
    await page.goto('/desk/log');
    await page.getByText('您的岗位不能登记。').waitFor();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByText('Your post does not log cases.').waitFor();
    await page.getByRole('heading', { level: 1, name: 'Log' }).waitFor();
    await page.getByRole('link', { name: '‹ Inbox' }).click();
    await page.waitForURL('**/desk/');
    await page.getByText('There are no cases here.').waitFor();
  });
});
