import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { CasePage, CaseView } from '@tongxin/domain/case/view.ts';
import { draftOf } from '@tongxin/domain/dispute/agreement/rules.ts';
import type { AgreementView, Term } from '@tongxin/domain/dispute/agreement/schema.ts';
import type { DisputeCounts, DisputeReceipt, DisputeRow } from '@tongxin/domain/dispute/schema.ts';
import { tellDue } from '@tongxin/server/modules/clock/index.ts';
import type { Caller } from '@tongxin/testing/server.ts';
import type { Page } from 'playwright-core';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityFindings, bootProduct, closeBrowser, overhang, type Product, settled, withPicture } from './browser.ts';

/**
 * Journey 5 of practice.md: downstairs applies by word of mouth, upstairs agrees, a cousin steps aside, separate talks, three instalments, signed page
 * by page, confirmed by the court, and the second instalment missed. Steps that somebody takes on a telephone are taken in a browser.
 */
const PICTURES = Boolean(process.env.TONGXIN_SCREENS);
const pictures = resolve(import.meta.dirname, '../screenshots');
const PIXEL = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64');

let product: Product;
beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  product = await bootProduct();
});
afterAll(async () => {
  await product?.close();
  await closeBrowser();
});

const call = (caller: Caller, path: string, body?: unknown, method: 'POST' | 'PUT' = 'POST') =>
  product.server.as(caller, { url: `/api/v1${path}`, ...(body === undefined ? {} : { method, body }) });
const ok = async <T>(caller: Caller, path: string, body?: unknown, method?: 'POST' | 'PUT'): Promise<T> => {
  const answer = await call(caller, path, body, method);
  expect(answer.statusCode, `${path} ${answer.body}`).toBeLessThan(300);
  return answer.json<T>();
};
const command = () => ({ commandId: v7() });
const look = async (page: Page, name: string): Promise<void> => {
  await settled(page);
  if (PICTURES) await page.screenshot({ path: join(pictures, `stain-${name}.png`), fullPage: true });
  expect.soft(await accessibilityFindings(page), name).toEqual([]);
  expect.soft(await overhang(page), name).toBe(0);
};

test('the stain on the ceiling, from the word of a neighbour to the instalment that was missed', async () => {
  const { people, areas } = product.server.world;
  const { mediationHeadA: head, mediatorA: cousin, mediatorA2: mediator } = people;
  const [cousinId, mediatorId] = [v7(), v7()];
  for (const [id, person, name] of [
    [cousinId, cousin, '何青'],
    [mediatorId, mediator, '罗平'],
  ] as const)
    await ok(
      head,
      `/mediators/${id}`,
      {
        ...command(),
        organizationId: product.server.world.organizations.mediationA.organizationId,
        personId: person.personId,
        name,
        kinds: ['neighbour'],
        languages: ['粤语'],
        filingNumber: '甲人调备〔2026〕1号',
        available: true,
      },
      'PUT',
    );

  // Downstairs comes in and tells it; its own yes is written down with it.
  await product.setTime('2026-10-08T02:00:00.000Z');
  const { id, queryCodes } = await ok<DisputeReceipt>(head, '/disputes', {
    id: v7(),
    kind: 'neighbour',
    origin: 'applied',
    areaId: areas.gridA11.areaId,
    place: '碧桐花园六栋',
    facts: '楼上卫生间漏水，楼下天花板发霉。',
    parties: [{ name: '赵甲', agrees: true }, { name: '钱乙' }],
    mediatedOn: '2026-10-08',
    outcome: 'asks',
  });
  const path = `/disputes/${id}`;
  const [down, up] = (await ok<AgreementView>(head, `${path}/agreement`)).sides.map(({ partyId }) => partyId) as [string, string];
  const choose = (side: number, step: object) => ok('anonymous', `/receipts/${queryCodes[side]}/choices`, { ...command(), ...step });

  // Upstairs agrees the next day, on the telephone.
  await product.setTime('2026-10-09T02:00:00.000Z');
  const phone = await product.open({ size: 'phone' });
  await withPicture(phone, 'stain-phone', async () => {
    await phone.goto(`/r/${queryCodes[1]}`);
    await phone.getByRole('button', { name: '同意调解' }).waitFor();
    await look(phone, 'asked');
    await phone.getByRole('button', { name: '同意调解' }).click();
    await phone.getByRole('group', { name: '调解员' }).waitFor();
    await look(phone, 'choosing');

    // The first mediator is upstairs's cousin: says so, and is out of it. Both choose another.
    await ok(head, `${path}/choices`, { ...command(), step: 'named', mediatorId: cousinId });
    for (const side of [0, 1]) await choose(side, { step: 'accepted', mediatorId: cousinId });
    await ok(head, `${path}/mediator`, { ...command(), mediatorId: cousinId });
    await ok(cousin, `${path}/mediator/step-aside`, { ...command(), why: 'conflict', note: '是楼上的表亲' });
    expect((await call(cousin, `/cases/${id}`)).statusCode).toBe(404);
    await product.setTime('2026-10-09T03:00:00.000Z');
    await choose(0, { step: 'chosen', mediatorId });
    await phone.reload();
    await phone.getByRole('radio', { name: '罗平' }).waitFor();
    await settled(phone);
    expect(await phone.getByRole('radio', { name: '何青' }).count()).toBe(0);
    await phone.getByRole('radio', { name: '罗平' }).check();
    await phone.getByRole('button', { name: '就选这位' }).click();
    await phone.getByText('各方都同意由罗平调解', { exact: false }).waitFor();
    await ok(head, `${path}/mediator`, { ...command(), mediatorId });

    // Safety is asked; each side alone; then all on the spot.
    await ok(mediator, `${path}/safety`, { yes: [] });
    const hold = async (startsAt: string, aloneWith: string | undefined, record: string, result: string): Promise<string> => {
      const session = { id: v7(), startsAt, minutes: 60, link: 'https://meet.example/room-1', ...(aloneWith ? { aloneWith } : {}) };
      await ok(mediator, `${path}/sessions`, session);
      const invited = aloneWith ? [aloneWith] : [down, up];
      for (const partyId of invited) await ok(mediator, `${path}/sessions/${session.id}/answers`, { partyId, accepts: true });
      await product.setTime(new Date(Date.parse(startsAt) + 3_600_000).toISOString());
      await ok(mediator, `${path}/sessions/${session.id}/holding`, {
        attended: invited,
        guardian: false,
        recorded: false,
        recordingAgreedBy: [],
        record,
        result,
      });
      return session.id;
    };
    const alone = await hold('2026-10-10T01:00:00Z', down, '听楼下说', 'goesOn');
    await ok(mediator, `${path}/sessions/${alone}/notes`, { id: v7(), words: '底线是四千元' });
    await hold('2026-10-10T03:00:00Z', up, '听楼上说', 'goesOn');
    await hold('2026-10-12T01:00:00Z', undefined, '各方到现场查看漏水处', 'agreed');
    await phone.reload();
    await phone.getByText('各方到现场查看漏水处').waitFor();
    expect(await phone.locator('main').innerText()).not.toContain('底线');
    await look(phone, 'sessions');

    // 4,800 yuan in three instalments; the text is read, printed, signed page by page and photographed back in.
    const terms: Term[] = ['2026-10-25', '2026-11-25', '2026-12-25'].map((dueOn) => ({
      kind: 'pay',
      by: up,
      to: down,
      amount: 160_000,
      dueOn,
    }));
    const offer = v7();
    await ok(mediator, `${path}/offers`, { id: offer, by: down, terms });
    await ok(mediator, `${path}/offers/${offer}/convey`, {});
    await phone.reload();
    await phone.getByRole('button', { name: '同意', exact: true }).waitFor();
    await settled(phone);
    await phone.getByRole('button', { name: '同意', exact: true }).click();
    await phone.getByText('各方都同意', { exact: false }).first().waitFor();
    await ok(mediator, `${path}/text`, {
      after: 0,
      text: {
        ...draftOf({ terms }, [down, up], '楼上卫生间漏水，楼下天花板污损。'),
        parties: [down, up].map((partyId, n) => ({ partyId, name: ['赵甲', '钱乙'][n]! })),
        responsibility: '漏水由乙方防水层失效引起。',
        way: '银行转账。',
      },
    });
    await ok(mediator, `${path}/writing`, command());
    await phone.reload();
    await phone.getByText('肆仟捌佰元整', { exact: false }).waitFor();
    await look(phone, 'agreement');
    const [documentId, fileId] = [v7(), v7()];
    await ok(mediator, `${path}/papers`, { ...command(), documentId, kind: 'agreement' });
    const photographed = await product.server.as(mediator, {
      method: 'PUT',
      url: `/api/v1/cases/${id}/files/${fileId}`,
      body: PIXEL,
      headers: { 'content-type': 'image/png', 'x-kind': 'document' },
    });
    expect(photographed.statusCode, photographed.body).toBeLessThan(300);
    await ok(mediator, `/cases/${id}/documents/${documentId}/signed`, { ...command(), fileIds: [fileId] });
    await ok(mediator, `${path}/signatures`, { documentId, signers: [down, up, 'mediator', 'seal'], readBack: true });
    await product.setTime('2026-10-20T02:00:00.000Z');
    await ok(mediator, `${path}/effect`, { ...command(), effectiveOn: '2026-10-20' });
    const { clocks } = await ok<CaseView>(mediator, `/cases/${id}`);
    expect(clocks.find(({ clock }) => clock === 'confirmation')?.dueAt).toBe('2026-11-19T15:59:59.999Z');
    await ok(mediator, `${path}/performances`, { ...command(), no: 1, performedOn: '2026-10-20' });

    // On day twenty the mediator is told; on the seventeenth both ask the court, which confirms.
    await product.setTime('2026-11-10T02:00:00.000Z');
    await tellDue(product.server.deps);
    await expect.poll(async () => (await call(mediator, '/notices?unread=true')).body, { timeout: 20_000 }).toContain(id);
    await product.setTime('2026-11-17T02:00:00.000Z');
    await ok('anonymous', `/receipts/${queryCodes[0]}/application`, {});
    await phone.reload();
    await look(phone, 'court');
    await phone.getByRole('button', { name: '我要求法院确认' }).click();
    await expect
      .poll(async () => (await ok<AgreementView>(mediator, `${path}/agreement`)).confirmation.applicants.length, { timeout: 20_000 })
      .toBe(2);
    await ok(mediator, `${path}/confirmation`, { ...command(), ground: 'home', court: '示例人民法院', appliedOn: '2026-11-17' });
    for (const kind of ['confirmation', 'commitment']) await ok(mediator, `${path}/papers`, { ...command(), documentId: v7(), kind });
    const act = async (action: string, input: object): Promise<void> => {
      const { version } = await ok<CaseView>(mediator, `/cases/${id}`);
      await ok(mediator, `/cases/${id}/actions`, { ...command(), action, version, input });
    };
    await act('recordConfirmation', { ruling: 'confirmed' });

    // The second instalment is missed: both phones say what is open now.
    await product.setTime('2026-11-26T02:00:00.000Z');
    await tellDue(product.server.deps);
    await act('followUp', { followUp: '乙方称资金紧张，本周付清' });
    const owed = await product.open({ size: 'phone' });
    await owed.goto(`/r/${queryCodes[0]}`);
    await owed.getByText('逾期没有履行').waitFor();
    await owed.getByText('第二百四十七条', { exact: false }).waitFor();
    await look(owed, 'missed');
  });

  // Its mediator and its head have it; a leader who looks for the address finds nothing; the justice station counts one.
  const desk = await product.open({ as: mediator });
  await withPicture(desk, 'stain-desk', async () => {
    await desk.goto(`/desk/disputes/${id}`);
    await desk.getByRole('heading', { level: 1 }).waitFor();
    await look(desk, 'workspace');
  });
  const mine = await ok<{ disputes: DisputeRow[] }>(head, '/disputes');
  expect(mine.disputes.map((row) => row.id)).toContain(id);
  for (const words of ['碧桐花园', '钱乙']) {
    const found = await ok<CasePage>(people.leaderA, `/cases?q=${encodeURIComponent(words)}`);
    expect(found.rows).toEqual([]);
  }
  const { counts } = await ok<DisputeCounts>(people.justiceOfficer, '/disputes/counts?month=2026-10');
  expect(counts.reduce((sum, { cases }) => sum + cases, 0)).toBe(1);
});
