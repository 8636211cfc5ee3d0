// long: one row for each screen and what fills it; whoever adds a screen reads how the others are made

import type { CaseView, Receipt } from '@tongxin/domain/case/view.ts';
import { testForm } from '@tongxin/domain/collection/build.ts';
import type { AgreementView } from '@tongxin/domain/dispute/agreement/schema.ts';
import { publishForms } from '@tongxin/server/modules/field/build.ts';
import { WORLD, type WorldPerson } from '@tongxin/testing/world.ts';
import ExcelJS from 'exceljs';
import type { Page } from 'playwright-core';
import { v7 } from 'uuid';
import { expect } from 'vitest';
import { type Language, type Product, settled } from './browser.ts';

/**
 * Every screen of the desk: one row for each route of apps/desk/src/app/router.tsx, more where a route has states worth a picture. A route
 * without a row fails e2e/screens-of-desk.test.ts, which takes the pictures and looks at each.
 */
export interface Screen {
  /** As the router writes it; the same route may have several rows. */
  readonly route: string;
  /** Of the pictures: `desk-<name>-<language>-<size>.png`. */
  readonly name: string;
  /** The address to open, where the route has parameters or the page is none of the desk's own. */
  readonly path?: (seeds: Seeds) => string;
  /** Who looks; the dispatcher of town A unless said otherwise, nobody with `null`. */
  readonly as?: keyof Product['server']['world']['people'] | null;
  /** Waits until the screen is there and brings it into its state; the first heading unless said otherwise. */
  readonly ready?: (page: Page, words: (zh: string, en: string) => string) => Promise<unknown>;
}
export interface Seeds {
  /** A lamp in hand of its lead body, reported by somebody protected. */
  readonly lamp: Receipt;
  /** Accepted, to be dispatched. */
  readonly bin: Receipt;
  /** Of the night to the holiday, not yet received. */
  readonly handover: string;
  /** Hours of the letters office of town A, with two turns booked. */
  readonly reception: string;
  /** A dispute that was settled. */
  readonly settled: string;
  /** Duty hours of a lawyer, with one turn booked. */
  readonly duty: string;
  /** A quarrel between offers, in hand. */
  readonly dispute: string;
  /** A published variant of the procedure of orders, and a draft of another. */
  readonly variant: number;
  readonly draft: string;
}

const heading = (page: Page): Promise<void> => page.getByRole('heading', { level: 1 }).waitFor();

export const SCREENS: readonly Screen[] = [
  { route: '/sign-in', name: 'sign-in', as: null, ready: (page, words) => page.getByLabel(words('用户名', 'User name')).waitFor() },
  {
    route: '/',
    name: 'inbox',
    ready: (page) => page.getByText(LAMP.zh.slice(0, 8), { exact: false }).first().waitFor(),
  },
  {
    route: '/cases/$id',
    name: 'case',
    path: ({ lamp }) => `/cases/${lamp.id}`,
    ready: (page, words) => page.getByText(words('流转记录', 'Record'), { exact: true }).waitFor(),
  },
  {
    route: '/cases/$id',
    name: 'party',
    path: ({ lamp }) => `/cases/${lamp.id}`,
    ready: async (page, words) => {
      await page
        .getByRole('button', { name: words('查看信息', 'See details') })
        .first()
        .click();
      await page.getByLabel(words('查看用途', 'Purpose')).waitFor();
    },
  },
  {
    route: '/cases/$id',
    name: 'dispatch',
    path: ({ bin }) => `/cases/${bin.id}`,
    ready: async (page, words) => {
      await page.getByRole('button', { name: words('派单', 'Dispatch'), exact: true }).click();
      await page.getByLabel(words('主办单位', 'Lead body')).click();
      await page.getByText(words('清单指明', 'named by the duty list'), { exact: false }).first().waitFor();
    },
  },
  {
    route: '/cases/$id',
    name: 'place',
    path: ({ bin }) => `/cases/${bin.id}`,
    ready: async (page, words) => {
      await page.getByRole('button', { name: words('更正位置', 'Correct the place') }).click();
      await page.locator('.ant-drawer .map-box[data-ready="true"]').waitFor();
    },
  },
  { route: '/log', name: 'log' },
  {
    route: '/hotline',
    name: 'hotline',
    as: 'operator',
    ready: (page, words) => page.getByRole('heading', { name: words('来电人的事项', 'Reports of the caller') }).waitFor(),
  },
  {
    route: '/hotline',
    name: 'hotline-waiting',
    as: 'hotlineDispatcher',
    ready: (page, words) => page.getByRole('heading', { name: words('电话记录', 'Telephone log') }).waitFor(),
  },
  {
    route: '/hotline/call-backs',
    name: 'call-backs',
    as: 'operator',
    ready: (page, words) =>
      page
        .getByRole('button', { name: words('看号码', 'Show the number') })
        .first()
        .waitFor(),
  },
  {
    route: '/map',
    name: 'map',
    as: 'leaderA',
    ready: async (page, words) => {
      await page.locator('.map-box[data-ready="true"]').waitFor();
      await page.getByRole('table', { name: words('下级分布', 'By area') }).waitFor();
    },
  },
  { route: '/statistics', name: 'statistics', ready: (page) => page.locator('table.plain').first().waitFor() },
  {
    route: '/statistics/burden',
    name: 'burden',
    as: 'leaderA',
    ready: (page, words) =>
      page
        .getByRole('img', { name: words('网格员：每个岗位每天的分钟数', 'Grid worker: minutes of one post on one day') })
        .locator('svg')
        .waitFor(),
  },
  { route: '/procedures', name: 'procedures' },
  { route: '/procedures/$id/$version', name: 'procedure', path: () => '/procedures/order/2' },
  { route: '/procedures/$id/$version', name: 'procedure-letter', path: () => '/procedures/letter/2' },
  { route: '/procedures/$id/$version', name: 'procedure-mediation', path: () => '/procedures/mediation/3' },
  { route: '/procedures/$id/$version', name: 'procedure-hearing', path: () => '/procedures/hearing/2' },
  {
    route: '/procedures/compare',
    name: 'procedure-compare',
    path: ({ variant }) => `/procedures/compare?id=order&a=2&b=${variant}`,
    as: 'administrator',
  },
  { route: '/procedures/compare', name: 'procedure-compare-unasked', path: () => '/procedures/compare', as: 'administrator' },
  {
    route: '/procedures/migrate',
    name: 'procedure-migrate',
    path: ({ variant }) => `/procedures/migrate?id=order&a=2&b=${variant}`,
    as: 'administrator',
    ready: async (page, words) => {
      await page.getByRole('button', { name: words('先看看', 'Preview') }).click();
      await page.getByRole('button', { name: words('换版（', 'Move (') }).waitFor();
    },
  },
  {
    route: '/procedures/drafts/$draftId',
    name: 'procedure-draft',
    path: ({ draft }) => `/procedures/drafts/${draft}`,
    as: 'administrator',
    ready: (page, words) => page.getByText(words('检查通过', 'Sound:'), { exact: false }).waitFor(),
  },
  {
    route: '/procedures/drafts/$draftId',
    name: 'procedure-draft-gone',
    path: () => '/procedures/drafts/0192f000-0000-7000-8000-000000000001',
    as: 'administrator',
    ready: (page) => page.locator('main').waitFor(),
  },
  { route: '/notices', name: 'notices' },
  {
    route: '/notices/settings',
    name: 'notice-settings',
    ready: (page, words) => page.getByRole('button', { name: words('保存', 'Save') }).waitFor(),
  },
  { route: '/handovers', name: 'handovers' },
  { route: '/handovers/$id', name: 'handover', path: ({ handover }) => `/handovers/${handover}`, as: 'dispatcherA2' },
  {
    route: '/reply-templates',
    name: 'reply-templates',
    as: 'bodyHeadA',
    ready: (page) => page.getByText('〔', { exact: false }).first().waitFor(),
  },
  { route: '/exchange', name: 'exchange' },
  { route: '/exchange', name: 'exchange-in', path: () => '/exchange?tab=in', as: 'administrator' },
  { route: '/exchange', name: 'exchange-in-duties', path: () => '/exchange?tab=in&as=dutyItems', as: 'administrator' },
  {
    route: '/exchange',
    name: 'exchange-forms',
    path: () => '/exchange?tab=forms',
    as: 'administrator',
    ready: async (page, words) => {
      await page.getByRole('button', { name: words('填写设置', 'How it is filled') }).click();
      await page.locator('#list-source').waitFor();
    },
  },
  { route: '/interfaces', name: 'interfaces', as: 'administrator' },
  {
    route: '/areas',
    name: 'areas',
    as: 'administrator',
    ready: (page) => page.locator('.map-box[data-ready="true"]').waitFor(),
  },
  { route: '/admin', name: 'admin', as: 'administrator' },
  {
    route: '/admin/$register',
    name: 'facility-form',
    path: () => '/admin/facilities',
    as: 'administrator',
    ready: async (page, words) => {
      await page.getByRole('button', { name: words('打开路灯1号', 'Open Lamp 1') }).click();
      await page.locator('.ant-drawer .map-box[data-ready="true"]').waitFor();
    },
  },
  ...['people', 'organizations', 'responsibilities', 'roster', 'duties', 'categories', 'facilities', 'articles', 'calendars', 'log'].map(
    (register): Screen => ({ route: '/admin/$register', name: `admin-${register}`, path: () => `/admin/${register}`, as: 'administrator' }),
  ),
  {
    route: '/',
    name: 'manage-menu',
    as: 'administrator',
    ready: async (page, words) => {
      await page.getByRole('button', { name: words('管理', 'Manage'), exact: true }).click();
      await page.getByRole('link', { name: words('区域网格', 'Areas and grids') }).waitFor();
    },
  },
  {
    route: '/displays',
    name: 'displays',
    as: 'administrator',
    ready: (page, words) => page.getByRole('heading', { name: words('已授权的屏幕', 'Authorized screens') }).waitFor(),
  },
  {
    route: '/reception',
    name: 'receptions',
    as: 'letterOfficerA',
    ready: (page, words) => page.getByRole('table', { name: words('每月接待情况', 'What was held in each month') }).waitFor(),
  },
  {
    route: '/reception/$id',
    name: 'reception',
    path: ({ reception }) => `/reception/${reception}`,
    as: 'letterOfficerA',
    ready: (page, words) =>
      page
        .getByRole('button', { name: words('看姓名电话', 'See name and telephone') })
        .first()
        .waitFor(),
  },
  {
    route: '/reception/$id',
    name: 'reception-talk',
    path: ({ reception }) => `/reception/${reception}`,
    as: 'letterOfficerA',
    ready: async (page, words) => {
      // The day itself, on which forms stand open.
      await page.clock.setSystemTime('2026-10-09T01:10:00.000Z');
      await page.reload();
      const [first, second] = [0, 1].map((n) =>
        page
          .getByRole('list', { name: words('按号排列', 'By turns') })
          .getByRole('listitem')
          .nth(n),
      );
      await first!.getByRole('button', { name: words('看姓名电话', 'See name and telephone') }).click();
      await second!.getByRole('button', { name: words('当场登记来信', 'Log a letter now') }).click();
    },
  },
  { route: '/legal', name: 'duty-hours', as: 'lawyerA', ready: (page) => page.getByText('1/4', { exact: false }).waitFor() },
  {
    route: '/reception/$id',
    name: 'duty',
    path: ({ duty }) => `/reception/${duty}`,
    as: 'lawyerA',
    ready: (page, words) => page.getByRole('button', { name: words('不便接待', 'Cannot take this') }).waitFor(),
  },
  {
    route: '/legal-aid',
    name: 'legal-aid',
    as: 'justiceOfficer',
    ready: async (page, words) => {
      await page.getByRole('cell', { name: '2080' }).waitFor();
      await page.getByRole('button', { name: words('设定标准', 'Set a standard') }).click();
      await page.getByLabel(words('出处（文件名、文号）', 'Source (title and number of the document)')).waitFor();
    },
  },
  {
    route: '/sos',
    name: 'sos',
    as: 'dispatcherA',
    ready: (page, words) => page.getByRole('button', { name: words('我们已去', 'We are on the way') }).waitFor(),
  },
  {
    route: '/publication',
    name: 'publication',
    as: 'dispatcherA',
    ready: (page, words) => page.getByLabel(words('公开的文字', 'Words for everybody')).first().waitFor(),
  },
  {
    route: '/publication',
    name: 'publication-areas',
    as: 'administrator',
    ready: (page, words) => page.getByRole('button', { name: words('保存', 'Save') }).waitFor(),
  },
  {
    route: '/disputes',
    name: 'disputes',
    as: 'mediationHeadA',
    ready: (page, words) => page.getByText(words('已履行', 'Settled'), { exact: true }).first().waitFor(),
  },
  {
    route: '/disputes/$id',
    name: 'dispute',
    path: ({ dispute }) => `/disputes/${dispute}`,
    as: 'mediationHeadA',
    ready: (page, words) => page.getByRole('radio', { name: words('方案', 'Offers'), exact: true }).waitFor({ state: 'attached' }),
  },
  { route: '/disputes/new', name: 'dispute-new', as: 'mediationHeadA' },
  {
    route: '/cases/$id',
    name: 'dispute-case',
    as: 'mediatorA',
    path: ({ dispute }) => `/cases/${dispute}`,
    ready: (page, words) => page.getByText(words('流转记录', 'Record'), { exact: true }).waitFor(),
  },
  {
    route: '/disputes/$id/people',
    name: 'dispute-people',
    path: ({ dispute }) => `/disputes/${dispute}/people`,
    as: 'mediationHeadA',
    ready: (page) => page.getByText('何青').first().waitFor(),
  },
  { route: '/mediators', name: 'mediators', as: 'mediationHeadA', ready: (page) => page.getByText('何青').first().waitFor() },
  {
    route: '/disputes/referrals',
    name: 'referrals',
    as: 'mediationHeadA',
    ready: (page, words) => page.getByText(words('公安', 'Police')).first().waitFor(),
  },
  {
    route: '/cases/$id/dossier',
    name: 'dossier',
    path: ({ settled }) => `/cases/${settled}/dossier`,
    as: 'mediationHeadA',
    ready: (page, words) => page.getByRole('button', { name: words('归档', 'Archive') }).waitFor(),
  },
  {
    route: '/disputes/counts',
    name: 'dispute-counts',
    as: 'justiceOfficer',
    path: () => '/disputes/counts',
    ready: (page, words) => page.getByRole('heading', { name: words('2026年8月已公布', 'August 2026 is public') }).waitFor(),
  },
  {
    route: '/sources',
    name: 'sources',
    as: 'justiceOfficer',
    ready: async (page, words) => {
      await page.locator('.chart svg').waitFor();
      await page.getByText(words('物业费公示上墙', '物业费公示上墙')).waitFor();
    },
  },
  {
    route: '/hearings',
    name: 'hearings',
    as: 'letterOfficerA',
    ready: (page, words) => page.getByRole('button', { name: words('抽签', 'Draw'), exact: true }).waitFor(),
  },
  {
    route: '/hearings/new',
    name: 'hearing-new',
    as: 'letterOfficerA',
    path: () => '/hearings/new',
    ready: (page) => page.getByText('0001', { exact: false }).first().waitFor(),
  },
  { route: '/panellists', name: 'panellists', as: 'dispatcherA', ready: (page) => page.getByText('0001', { exact: true }).waitFor() },
  {
    route: '/screening',
    name: 'screening',
    as: 'committeeA',
    ready: (page, words) =>
      page
        .getByRole('button', { name: words('没有发现', 'None found'), exact: true })
        .first()
        .waitFor(),
  },
  {
    route: '/screening',
    name: 'screening-form',
    as: 'committeeA',
    ready: async (page, words) => {
      await page
        .getByRole('button', { name: words('有发现，填写', 'Something was found') })
        .first()
        .click();
      await page.getByLabel(words('事由', 'Subject')).waitFor();
    },
  },
  {
    route: '/screening/overview',
    name: 'screening-overview',
    as: 'leaderA',
    path: () => '/screening/overview',
    ready: (page, words) => page.getByText(words('逾期未报', 'Missing'), { exact: true }).first().waitFor(),
  },
  { route: '/account', name: 'account' },
  { route: '/wall', name: 'wall', as: 'leaderA', path: () => '/wall', ready: (page) => page.locator('.wall-chart svg').waitFor() },
  { route: '*', name: 'not-found', path: () => '/nowhere' },
];

/** Where a screen is opened: the wall is a page of its own beside the desk. */
export const addressOf = (screen: Screen, seeds: Seeds): string => {
  const path = screen.path?.(seeds) ?? screen.route;
  return path === '/wall' ? path : `/desk${path}`;
};

export const showScreen = async (page: Page, screen: Screen, seeds: Seeds, language: Language): Promise<void> => {
  await page.goto(addressOf(screen, seeds));
  await (screen.ready ?? heading)(page, (zh, en) => (language === 'zh' ? zh : en));
  await settled(page);
};

export const LAMP = {
  zh: '人民公园北门坡道旁两盏路灯不亮，晚上看不清台阶。',
  en: 'Two street lamps by the ramp of the north gate are dark.',
};

/** Visits of five posts, four weeks and eight weeks ago, as departments count them. */
const fillBurden = async ({ server }: Product): Promise<void> => {
  const visit = testForm();
  await publishForms(server, [
    {
      ...visit,
      departments: [
        { code: 'civil', label: { zh: '民政', en: 'Civil affairs' } },
        { code: 'fire', label: { zh: '应急消防', en: 'Fire and emergency' } },
        { code: 'governance', label: { zh: '综治', en: 'Governance centre' } },
      ],
    },
  ]);
  const { personId, posts } = server.world.people.gridWorkerA;
  const { maintenance } = server.db.pools;
  await maintenance.query(
    `insert into post (post_id, organization_id, area_id, role, title, valid_from) select gen_random_uuid(), organization_id, area_id, role, title, valid_from
      from post, generate_series(1, 4) where post_id = $1`,
    [posts[0]!.postId],
  );
  const burden = {
    once: { fields: 96, seconds: 1260 },
    departments: { civil: { fields: 70, seconds: 930 }, fire: { fields: 41, seconds: 480 }, governance: { fields: 62, seconds: 840 } },
  };
  await maintenance.query(
    `insert into visit (visit_id, form_id, form_version, area_id, organization_id, post_id, person_id, consent, status, version, digest, visited_at, finished_at,
        updated_at, expires_at, burden)
      select gen_random_uuid(), $1, $2, p.area_id, p.organization_id, p.post_id, $3, true, 'erased', 1, '', d.at, d.at, d.at, d.at,
        case when d.weeks = 1 then $4::jsonb else $4::jsonb #- '{departments,governance}' end
      from post p, (select w as weeks, $5::timestamptz - w * interval '7 days' as at from unnest(array[1, 5]) w) d where p.role = 'gridWorker' and p.area_id = $6`,
    [visit.id, visit.version, personId, JSON.stringify(burden), server.deps.clock.now(), posts[0]!.areaId],
  );
};

/** Cases that give the screens something to show. */
export const fillScreens = async (product: Product): Promise<Seeds> => {
  const { server } = product;
  await fillBurden(product);
  const file = async (body: Record<string, unknown>): Promise<Receipt> => {
    const answer = await server.as('anonymous', {
      method: 'POST',
      url: '/api/v1/cases',
      body: { id: v7(), point: { lon: 113.03, lat: 22.03 }, ...body },
    });
    expect(answer.statusCode, answer.body).toBe(201);
    return answer.json();
  };
  const act = async (who: WorldPerson, id: string, action: string, input?: Record<string, unknown>): Promise<void> => {
    const { version } = (await server.as(who, { url: `/api/v1/cases/${id}` })).json<CaseView>();
    const answer = await server.as(who, {
      method: 'POST',
      url: `/api/v1/cases/${id}/actions`,
      body: { commandId: v7(), action, version, ...(input ? { input } : {}) },
    });
    expect(answer.statusCode, answer.body).toBe(200);
  };
  const { people, organizations } = server.world;
  const lamp = await file({
    text: LAMP.zh,
    categoryId: 'municipal.lampOut',
    address: '甲镇 甲一社区 人民公园北门',
    reporter: { name: '李某某', phone: '13800000000', protected: true, callBackWanted: true },
  });
  await act(people.dispatcherA, lamp.id, 'accept');
  await act(people.dispatcherA, lamp.id, 'dispatch', { organizationId: organizations.bodyA.organizationId, opinion: '请节前修复。' });
  await act(people.handlerA, lamp.id, 'acknowledge');
  await act(people.handlerA, lamp.id, 'firstContact', { means: 'telephone', outcome: 'reached', note: '已说明节前处理。' });
  for (const text of ['垃圾桶满了两天没人清', '小区门口有人占道摆摊']) await file({ text });
  const bin = await file({ text: '路口垃圾桶满溢', categoryId: 'sanitation.binFull' });
  await act(people.dispatcherA, bin.id, 'accept');

  const put = async (who: WorldPerson, url: string, body: Record<string, unknown>, method: 'POST' | 'PUT' = 'POST') => {
    const answer = await server.as(who, { method, url: `/api/v1${url}`, body });
    expect(answer.statusCode, answer.body).toBeLessThan(300);
    return answer;
  };
  // The hotline: a call that is over, one in hand, and an answer that waits for a call-back.
  const { operator } = people;
  const called = async (number: string): Promise<string> => {
    const id = v7();
    await put(operator, '/hotline/calls', { id, number });
    return id;
  };
  const told = await server.as(operator, {
    method: 'POST',
    url: '/api/v1/cases',
    body: { id: v7(), text: LAMP.zh, channel: 'hotline', reporter: { phone: '13800000000', callBackWanted: true } },
  });
  const { id: toldId } = told.json<Receipt>();
  await act(operator, toldId, 'accept');
  await put(operator, `/hotline/calls/${await called('13800000001')}/close`, { result: 'silent' });
  await called('13800000000');
  await server.db.pools.maintenance.query(
    `update cases set stage = 'replied', state = jsonb_set(state, '{stage}', '"replied"') where case_id = $1`,
    [toldId],
  );
  // Quarrels of a month that is over and made public: enough in one community to be told, too few in another.
  const { communityA1, communityA2 } = server.world.areas;
  const settled = v7();
  for (const [n, areaId] of [...Array(7).fill(communityA1.areaId), communityA2.areaId].entries())
    await put(people.mediatorA, '/disputes', {
      id: n ? v7() : settled,
      kind: n % 2 ? 'neighbour' : 'property',
      origin: 'applied',
      areaId,
      facts: '楼上漏水，楼下天花板发霉',
      parties: [{ name: '赵某' }, { name: '钱某' }],
      mediatedOn: '2026-08-12',
      outcome: 'atOnce',
      agreement: '当场付清粉刷费八百元',
    });
  await put(people.justiceOfficer, '/disputes/releases', { month: '2026-08' });
  await put(
    people.justiceOfficer,
    `/sources/measures/${v7()}`,
    {
      areaId: communityA1.areaId,
      kind: 'property',
      what: '物业费公示上墙',
      organizationId: organizations.bodyA.organizationId,
      from: '2026-08-20',
    },
    'PUT',
  );
  // A roster of six, and a hearing whose panel is still to be drawn.
  for (const [n, field] of ['deputy', 'lawyer', 'expert', 'resident', 'resident', 'official'].entries())
    await put(people.dispatcherA, `/panellists/${v7()}`, {
      commandId: v7(),
      areaId: server.world.areas.townA.areaId,
      name: `听证${'甲乙丙丁戊己'[n]}`,
      field,
      since: '2026-01-01',
    });
  await put(people.letterOfficerA, '/hearings', {
    id: v7(),
    matter: '恢复人民路小学门前人行横道',
    place: '镇政府二楼会议室',
    startsAt: '2026-10-12T01:00:00.000Z',
    evidenceBy: '2026-10-09',
    open: true,
    seats: 3,
    parties: [{ name: '陈某' }],
    excluded: [{ no: '0006', reason: 'handled' }],
  });
  await put(
    people.mediationHeadA,
    `/centres/${organizations.mediationA.organizationId}`,
    {
      commandId: v7(),
      address: '甲镇政府一楼东侧',
      telephone: '0760-88880000',
      hours: '工作日 8:30–12:00，14:30–17:30',
      kinds: ['neighbour', 'family'],
    },
    'PUT',
  );
  // A mediator on the register, and a quarrel that the police passed on.
  const registered = await server.as(people.mediationHeadA, {
    method: 'PUT',
    url: `/api/v1/mediators/${v7()}`,
    body: {
      commandId: v7(),
      organizationId: organizations.mediationA.organizationId,
      personId: people.mediatorA2.personId,
      name: '何青',
      kinds: ['neighbour', 'family'],
      languages: ['粤语'],
      filingNumber: '甲人调备〔2026〕1号',
      available: true,
    },
  });
  expect(registered.statusCode, registered.body).toBe(200);
  await put(people.mediationHeadA, '/disputes', {
    id: v7(),
    kind: 'neighbour',
    origin: 'referred',
    areaId: communityA1.areaId,
    facts: '楼道堆物',
    parties: [{ name: '赵某' }, { name: '钱某' }],
    mediatedOn: '2026-08-12',
    outcome: 'asks',
    referral: { sender: 'police', body: '甲镇派出所', number: '甲公调〔2026〕3号', receivedOn: '2026-08-12', fileConsent: true },
  });
  const dispute = v7();
  await put(people.mediatorA, '/disputes', {
    id: dispute,
    kind: 'neighbour',
    origin: 'applied',
    areaId: communityA1.areaId,
    facts: '楼上漏水，楼下天花板发霉',
    parties: [{ name: '赵某' }, { name: '钱某' }],
    mediatedOn: '2026-09-29',
    outcome: 'goesOn',
  });
  const agreement = await server.as(people.mediatorA, { url: `/api/v1/disputes/${dispute}/agreement` });
  const [payee, payer] = agreement.json<AgreementView>().sides;
  await put(people.mediatorA, `/disputes/${dispute}/offers`, {
    id: v7(),
    by: payer!.partyId,
    terms: [{ kind: 'pay', by: payer!.partyId, to: payee!.partyId, amount: 480_000, dueOn: '2026-10-31' }],
  });
  // Three units of the monthly screening: one reported, one found none, one is missing.
  const reports = [
    [people.committeeA, organizations.committeeA1, undefined],
    [
      people.handlerA,
      organizations.bodyA,
      [{ kind: 'property', place: '东门停车场', matter: '车位收费调整引起的争议', degree: 'middle', step: 'talking' }],
    ],
    [people.handlerA2, organizations.sanitationA, []],
  ] as const;
  for (const [who, { organizationId }, items] of reports) {
    await put(people.leaderA, `/screening/units/${organizationId}`, { commandId: v7(), since: '2026-09', dueDay: 25 });
    if (items)
      await put(
        who,
        `/screening/reports/${v7()}`,
        { organizationId, month: '2026-09', version: 0, items: items.map((one) => ({ ...one, areaId: communityA1.areaId })) },
        'PUT',
      );
  }
  await put(people.administrator, '/articles', {
    commandId: v7(),
    id: v7(),
    organizationId: organizations.hotline.organizationId,
    title: '路灯报修由谁负责',
    body: '市政道路路灯由属地规划建设办维修，小区内路灯由物业负责。',
    categoryIds: ['municipal.lampOut'],
  });
  await server.as(people.administrator, {
    method: 'POST',
    url: `/api/v1/publication/areas/${server.world.areas.townA.areaId}`,
    body: { commandId: v7(), version: 1, nearby: true, listed: true, categoryIds: ['sanitation'] },
  });

  const reception = v7();
  const session = {
    organizationId: organizations.lettersA.organizationId,
    postId: people.letterApproverA.posts[0]!.postId,
    place: '一楼接待室',
    startsAt: '2026-10-09T01:00:00.000Z',
    endsAt: '2026-10-09T03:00:00.000Z',
    minutes: 20,
    slots: 6,
    matters: '住房、出行、物业',
  };
  await put(people.letterOfficerA, `/reception/sessions/${reception}`, session, 'PUT');
  for (const [who, purpose, needs] of [
    [people.residentA, '校门前的人行横道拆掉以后，老人过马路不方便，想问能不能恢复。', ['dialect', 'hearing']],
    [people.residentB, '问老旧小区加装电梯的补贴', []],
  ] as const)
    await put(who, `/me/bookings/${v7()}`, { sessionId: reception, name: '陈某', purpose, needs, companions: needs.length }, 'PUT');

  const duty = v7();
  const onDuty = {
    ...session,
    kind: 'legal',
    way: 'phone',
    organizationId: organizations.lawFirm.organizationId,
    postId: people.lawyerA.posts[0]!.postId,
    place: '律师按时打给您',
    minutes: 30,
    slots: 4,
    matters: '劳动、婚姻家庭',
  };
  await put(people.lawyerA, `/reception/sessions/${duty}`, onDuty, 'PUT');
  const question = { sessionId: duty, name: '陈某', purpose: '拖欠三个月工资，想问怎么要', needs: [], companions: 0 };
  await put(people.residentA, `/me/bookings/${v7()}`, question, 'PUT');
  await put(people.justiceOfficer, '/legal-aid/standards', {
    id: v7(),
    areaId: server.world.areas.city.areaId,
    monthlyIncome: 2080,
    source: '某省政府 2026 年第 1 号文件',
    from: '2026-01-01',
  });

  await server.as(people.gridWorkerA, {
    method: 'POST',
    url: '/api/v1/sos',
    body: { id: v7(), point: server.world.points.inA11, words: '地下二层有人晕倒' },
  });

  const [form, workbook] = [v7(), new ExcelJS.Workbook()];
  workbook.addWorksheet('月报').addRows([['镇街', '受理数', '信访'], ['甲镇'], ['乙镇'], ['序号', '单位']]);
  const brought = await server.as(people.administrator, {
    method: 'PUT',
    url: `/api/v1/templates/${form}/file`,
    body: Buffer.from(await workbook.xlsx.writeBuffer()),
    headers: { 'content-type': 'application/octet-stream', 'x-name': encodeURIComponent('治理月报.xlsx') },
  });
  expect(brought.statusCode, brought.body).toBe(201);
  await put(people.administrator, `/templates/${form}`, {
    version: 1,
    name: '治理月报',
    map: {
      sheet: '月报',
      cells: [{ cell: 'C1', value: 'filed', procedureId: 'letter', append: true }],
      rows: { firstRow: 2, lastRow: 3, labelColumn: 'A', by: 'area', columns: [{ column: 'B', figure: 'filed' }] },
      list: {
        source: 'organizations',
        firstRow: 5,
        columns: [
          { column: 'A', field: 'serial' },
          { column: 'B', field: 'name' },
        ],
      },
    },
  });

  // What an office keeps for itself: a shift handed over, words it writes often; and a procedure being varied.
  for (const [person, from, to, kind] of [
    [people.dispatcherA2, '2026-09-30T09:30:00.000Z', '2026-10-01T01:00:00.000Z', 'night'],
    [people.dispatcherA, '2026-10-01T01:00:00.000Z', '2026-10-01T09:30:00.000Z', 'holiday'],
  ] as const)
    await server.db.pools.maintenance.query(
      'insert into roster_shift (shift_id, organization_id, post_id, starts_at, ends_at, kind) values ($1, $2, $3, $4, $5, $6)',
      [v7(), organizations.centreA.organizationId, person.posts[0]!.postId, from, to, kind],
    );
  const [handover, draft] = [v7(), v7()];
  const { organizationId } = organizations.centreA;
  await put(people.dispatcherA2, '/handovers', { id: handover, organizationId, words: '钥匙在值班室，明早八点回电话。' });
  await put(people.bodyHeadA, '/reply-templates', {
    id: v7(),
    organizationId: organizations.bodyA.organizationId,
    title: '已派人',
    text: '您好，{caseNumber}已派人前往，{dueDate}前办理。',
  });
  const change = { clocks: { contact: { limit: { fixed: { amount: 2, unit: 'hour' } } } } };
  const variantOf = { version: 0, procedureId: 'order', baseVersion: 2, areaId: server.world.areas.townA.areaId, change };
  const first = v7();
  await put(people.administrator, `/procedure-drafts/${first}`, variantOf, 'PUT');
  const published = await put(people.administrator, `/procedure-drafts/${first}/publish`, {
    version: 1,
    note: '缩短首次联系时限',
    from: '2026-10-01',
  });
  await put(people.administrator, `/procedure-drafts/${draft}`, variantOf, 'PUT');
  return { lamp, bin, handover, reception, duty, settled, dispute, draft, variant: published.json<{ version: number }>().version };
};

/** camelCase and dotted words are codes that nobody should read. */
export const rawCodes = (text: string): string[] =>
  [...text.matchAll(/\b(?:[a-z]+[A-Z]\w+|[a-z]+\.[a-z]+[A-Z]?\w*)\b/g)]
    .map(([code]) => code)
    .filter((code) => !/^(github|www)\./.test(code));

/** Names that Chinese writes in Latin letters: formats, programs and the like. */
const NAMES = new Set([
  'PDF',
  'Word',
  'Excel',
  'CSV',
  'XLSX',
  'XLS',
  'GeoJSON',
  'Shapefile',
  'PMTiles',
  'API',
  'Webhook',
  'README',
  'WPS',
  'GB',
  'WGS',
  'Ctrl',
  // The people of the world are called as they sign in.
  ...Object.values(WORLD.people).map(({ username }) => username),
]);

/** Latin words on a Chinese page, less those names, numbers of cases, and what stands as code or in a language of its own. */
export const latinWords = (page: Page): Promise<string[]> =>
  page
    .evaluate(() => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const found: string[] = [];
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const parent = node.parentElement;
        if (!parent || parent.closest('code, kbd, pre, script, style, [lang="en"], [data-foreign]') || !parent.checkVisibility()) continue;
        found.push(...(node.textContent ?? '').split(/[^A-Za-z0-9'-]+/));
      }
      return found;
    })
    .then((words) => [...new Set(words)].filter((word) => /^[A-Za-z][A-Za-z'-]+$/.test(word) && !NAMES.has(word)));
