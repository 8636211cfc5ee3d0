import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { letterProcedure } from '@tongxin/domain/letter/procedure.ts';
import { orderProcedure } from '@tongxin/domain/order/procedure.ts';
import type { Procedure } from '@tongxin/domain/procedure/schema.ts';
import { FIRST_LOCAL_VERSION } from '@tongxin/domain/variant/schema.ts';
import { type TestServer, testServer } from '@tongxin/testing/server.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUILT_IN } from '../../built-in.ts';
import type { CommandCall } from '../../cli/command.ts';
import { proceduresCheck, proceduresPublish } from '../../cli/procedures.ts';
import { publishProcedures } from '../../platform/procedures/procedures.ts';
import { publish, readDefinition } from './index.ts';

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.close());

const get = (url: string, headers: Record<string, string> = {}) => server.as('anonymous', { url: `/api/v1${url}`, headers });
const folder = mkdtempSync(join(tmpdir(), 'tongxin-procedures-'));
const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const call = (args: string[]): CommandCall => ({
  args,
  options: {},
  config: () => server.deps.config,
  open: async () => server.deps,
  admin: async () => ({ adminUrl: server.db.adminUrl, owned: false }),
  roles: async () => server.db.urls,
  answer: () => {},
  progress: () => {},
  say: () => {},
});
/** The next version of the order, as a town would publish it. */
const NEXT = FIRST_LOCAL_VERSION;
const shift = (change: object): string => JSON.stringify({ extends: { id: 'order', version: orderProcedure.version }, ...change });

describe('a definition that must not be published', () => {
  it('is refused with a stable code, however hostile', async () => {
    let deep = '{"fact":"answered","is":true}';
    for (let depth = 0; depth < 5000; depth += 1) deep = `{"not":${deep}}`;
    const order = JSON.stringify(orderProcedure);
    const wide = {
      ...orderProcedure,
      facts: { ...orderProcedure.facts } as Record<string, unknown>,
      initial: { ...orderProcedure.initial } as Record<string, unknown>,
    };
    for (let index = 0; index < 12; index += 1) {
      wide.facts[`fact${index}`] = ['a', 'b', 'c'];
      wide.initial[`fact${index}`] = { filing: `fact${index}` };
    }
    // A million states, one switch at a time.
    const many = {
      ...orderProcedure,
      facts: { ...orderProcedure.facts } as object,
      initial: { ...orderProcedure.initial } as object,
      actions: { ...orderProcedure.actions },
    };
    for (let index = 0; index < 20; index += 1) {
      Object.assign(many.facts, { [`fact${index}`]: [false, true] });
      Object.assign(many.initial, { [`fact${index}`]: false });
      many.actions[`switch${index}`] = { ...orderProcedure.actions.instruct!, set: { [`fact${index}`]: true } };
    }
    const hostile: [string, string, string][] = [
      ['a million states', JSON.stringify(many), 'tooManyStates'],
      ['not JSON', '{', 'malformedJson'],
      ['nothing', 'null', 'shape'],
      ['a list', '[]', 'shape'],
      ['a guard nested 5,000 deep', order.replace('"guard":{"fact":"channel","is":"patrol"}', `"guard":${deep}`), 'tooDeep'],
      ['the name __proto__', order.replace('"stages":{', '"stages":{"__proto__":{"label":{"zh":"x"},"told":{"zh":"x"}},'), 'badName'],
      ['the name constructor', order.replace('"stages":{', '"stages":{"constructor":{"label":{"zh":"x"},"told":{"zh":"x"}},'), 'badName'],
      ['half a million states', JSON.stringify(wide), 'tooManyStates'],
      [
        'a hundred thousand stages',
        JSON.stringify({ ...orderProcedure, stages: Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`s${i}`, 1])) }),
        'procedureTooLarge',
      ],
      ['a base nobody published', JSON.stringify({ extends: { id: 'ghost', version: 1 }, version: 2 }), 'procedureNotPublished'],
    ];
    for (const [what, text, code] of hostile) {
      const path = file('hostile.json', text);
      const result = await proceduresCheck
        .run(call([path]))
        .catch((error: { code: string }) => ({ ok: false, procedures: [{ findings: [{ code: error.code }] }] }));
      const { ok, procedures } = result as { ok: boolean; procedures: { findings: { code: string }[] }[] };
      expect({ what, ok, codes: procedures[0]!.findings.map((one) => one.code) }).toMatchObject({
        what,
        ok: false,
        codes: expect.arrayContaining([code]),
      });
      await expect(proceduresPublish.run(call([path]))).rejects.toMatchObject({ code: expect.any(String) });
    }
    expect(server.deps.procedures.all()).toHaveLength(BUILT_IN.length);
  });

  it('is refused when it is unsound, and nothing is written', async () => {
    const { notBy: _, ...verifyPass } = orderProcedure.actions.verifyPass!;
    const unsound = { ...orderProcedure, version: 9, actions: { ...orderProcedure.actions, verifyPass } };
    await expect(publish(server.deps, [unsound])).rejects.toMatchObject({ status: 422, code: 'procedureUnsound' });
    expect((await get('/procedures/order/9')).statusCode).toBe(404);
  });

  it('is refused when its version is already published with other content', async () => {
    const changed = { ...orderProcedure, title: { zh: '改了的标题' } };
    await expect(publish(server.deps, [changed])).rejects.toMatchObject({ status: 409, code: 'procedureChanged' });
  });
});

describe('a locality', () => {
  it('publishes its variant once; running cases keep theirs', async () => {
    const text = shift({
      version: NEXT,
      title: { zh: '石岐街道工单' },
      clocks: { contact: { limit: { fixed: { amount: 2, unit: 'hour' } } } },
    });
    const path = file('variant.json', text);
    expect(await proceduresPublish.run(call([path]))).toEqual({ ok: true, id: 'order', version: NEXT, published: true });
    expect(await proceduresPublish.run(call([path]))).toMatchObject({ published: false });
    expect((await get('/procedures/order')).json()).toMatchObject({
      version: NEXT,
      title: { zh: '石岐街道工单' },
      extends: { id: 'order', version: orderProcedure.version },
    });
    expect((await get(`/procedures/order/${orderProcedure.version}`)).json()).toEqual(JSON.parse(JSON.stringify(orderProcedure)));
    expect(readDefinition(text, (id, version) => server.deps.procedures.get(id, version))).toEqual(
      server.deps.procedures.get('order', NEXT),
    );
  });
});

describe('the command line', () => {
  it('puts what it publishes for one area into use there, from that day', async () => {
    const { townA, townB } = server.world.areas;
    const path = file('town.json', shift({ version: NEXT + 1, title: { zh: '甲镇工单' } }));
    await proceduresPublish.run({ ...call([path]), options: { area: townA.areaId } });
    const at = (areaId: string, day: string) => server.deps.procedures.latest('order', { areaIds: [areaId], day })?.version;
    expect([at(townA.areaId, '2026-09-30'), at(townA.areaId, '2026-09-29'), at(townB.areaId, '2026-09-30')]).toEqual([
      NEXT + 1,
      NEXT,
      NEXT,
    ]);
  });
});

describe('the product', () => {
  const next: Procedure = { ...orderProcedure, version: orderProcedure.version + 1, title: { zh: '下一版工单' } };
  const start = (definitions: readonly Procedure[], taken: string[]) =>
    publishProcedures(server.deps.pools.maintenance, definitions, {
      now: server.deps.clock.now(),
      taken: ({ id, version }) => taken.push(`${id}/${version}`),
    });

  it('raises its own procedures past whatever a locality published', async () => {
    const taken: string[] = [];
    expect(await start([next], taken)).toEqual([next]);
    expect(taken).toEqual([]);
    await server.deps.reload();
    // The locality's choice for everywhere stands until it makes another.
    expect(server.deps.procedures.latest('order')?.version).toBe(NEXT);
  });

  it('starts also where a variant took its number before the two counted apart: the variant stands', async () => {
    const old = { ...next, version: next.version + 1, extends: { id: 'order', version: orderProcedure.version } };
    await start([old], []);
    const taken: string[] = [];
    const raised = { ...orderProcedure, version: old.version };
    expect(await start([raised, { ...raised, version: raised.version + 1 }], taken)).toHaveLength(1);
    expect(taken).toEqual([`order/${raised.version}`]);
    await server.deps.reload();
    expect(server.deps.procedures.get('order', raised.version)).toMatchObject({ extends: { id: 'order' }, title: { zh: '下一版工单' } });
  });

  it('keeps its ids to itself', async () => {
    const path = file('own.json', JSON.stringify({ ...orderProcedure, version: 500 }));
    await expect(proceduresPublish.run(call([path]))).rejects.toMatchObject({ code: 'procedureReserved' });
  });
});

describe('anybody', () => {
  it('reads what is published, whole, and is told when it has not changed', async () => {
    expect((await get('/procedures')).json().procedures).toContainEqual(
      expect.objectContaining({
        id: 'letter',
        version: letterProcedure.version,
        title: { zh: '信访事项', en: 'Letter' },
        confidential: true,
      }),
    );
    const first = await get('/procedures/letter');
    expect(first.headers.etag).toBe(`"letter-${letterProcedure.version}"`);
    expect((await get('/procedures/letter', { 'if-none-match': `"letter-${letterProcedure.version}"` })).statusCode).toBe(304);
    for (const path of ['/procedures/ghost', '/procedures/order/77', '/procedures/ghost/diagram.svg'])
      expect((await get(path)).statusCode).toBe(404);
    for (const path of ['/procedures/__proto__', '/procedures/order/zero'])
      expect((await get(path)).statusCode).toBeGreaterThanOrEqual(400);
  });

  it('sees the procedure as a picture in the language asked for', async () => {
    const zh = await get('/procedures/order/diagram.svg', { 'accept-language': 'zh' });
    expect(zh.headers['content-type']).toContain('image/svg+xml');
    expect(zh.body).toContain('派单');
    expect((await get('/procedures/order/diagram.svg', { 'accept-language': 'en' })).body).toContain('Dispatch');
  });

  it('can check the built-in procedures without a database', async () => {
    const result = await proceduresCheck.run({ ...call([]), open: () => Promise.reject(new Error('no database')) });
    expect(result).toMatchObject({
      ok: true,
      procedures: BUILT_IN.map(({ id, version }) => ({ id, version, findings: [] })),
    });
  });
});
