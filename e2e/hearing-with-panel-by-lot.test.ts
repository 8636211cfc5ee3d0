import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityFindings, bootProduct, closeBrowser, overhang, type Product, withPicture } from './browser.ts';

let product: Product;
beforeAll(async () => {
  product = await bootProduct();
});
afterAll(async () => {
  await product?.close();
  await closeBrowser();
});

/** The lot as somebody does it who has the published words and SHA-256, and none of our code. */
const drawnByHand = async ({ list, seed, spoken, seats }: { list: string[]; seed: string; spoken: string; seats: number }) => {
  const hash = async (words: string): Promise<string> =>
    [...new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(words)))]
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join('');
  const tickets = await Promise.all(list.map(async (no) => `${await hash(`${seed}:${spoken}:${no}`)} ${no}`));
  const panel = tickets
    .sort()
    .slice(0, seats)
    .map((ticket) => ticket.split(' ')[1]!);
  return { commitment: await hash(`${seed}\n${list.join(',')}`), panel };
};

test('hearing with panel by lot: the commitment is published beforehand, the seed after, and a browser finds the same panel again', async () => {
  const { people, areas } = product.server.world;
  for (const name of '甲乙丙丁戊己') {
    const body = { commandId: v7(), areaId: areas.townA.areaId, name: `听证${name}`, field: 'resident', since: '2026-01-01' };
    const made = await product.server.as(people.dispatcherA, { method: 'POST', url: `/api/v1/panellists/${v7()}`, body });
    expect(made.statusCode, made.body).toBe(200);
  }
  const desk = await product.open({ as: people.letterOfficerA });
  const phone = await product.open({ size: 'phone' });
  const said = (name: string): Promise<string> => phone.locator('dl div').filter({ hasText: name }).locator('dd').innerText();
  await withPicture(desk, 'hearing-desk', async () => {
    await desk.goto('/desk/hearings/new');
    await desk.getByText('0006 听证己').waitFor();
    await desk.getByLabel('听证事项').fill('恢复人民路小学门前人行横道');
    await desk.getByLabel('地点').fill('镇政府二楼会议室');
    await desk.getByLabel('当事人 1').fill('陈某');
    await desk.getByRole('button', { name: '公告并锁定名单' }).click();
    await desk.getByText('已公告 TZ', { exact: false }).waitFor();
  });
  await withPicture(phone, 'hearing-portal', async () => {
    await phone.goto('/');
    await phone.getByRole('link', { name: '公开听证' }).click();
    await phone.getByRole('link', { name: '恢复人民路小学门前人行横道' }).click();
    await phone.getByText('还没有抽签', { exact: false }).waitFor();
    const [commitment, list] = [await said('承诺值'), await said('抽签名单')];
    expect(await phone.getByText('种子', { exact: true }).count()).toBe(0);

    await product.setTime('2026-10-08T01:00:00.000Z');
    await desk.getByRole('link', { name: '公开听证' }).last().click();
    await desk.getByRole('button', { name: '抽签', exact: true }).click();
    const drawer = desk.getByRole('dialog');
    await drawer.getByLabel('现场的话').fill('下雨');
    await drawer.getByRole('button', { name: '抽签', exact: true }).click();
    await desk.getByRole('button', { name: '更换听证员' }).waitFor();

    await phone.reload();
    await phone.getByRole('button', { name: '重新计算' }).click();
    const panel = await said('听证员（编号）');
    await phone
      .getByRole('status')
      .filter({ hasText: `一致：承诺值相符，抽中的是 ${panel}。` })
      .waitFor();
    expect([await said('承诺值'), await said('抽签名单')]).toEqual([commitment, list]);
    const published = { list: list.split('、'), seed: await said('种子'), spoken: await said('现场的话'), seats: 3 };
    expect(await phone.evaluate(drawnByHand, published)).toEqual({ commitment, panel: panel.split('、') });
    expect(await phone.locator('main').innerText()).not.toMatch(/听证[甲乙丙丁戊己]|陈某/u);
    expect(await accessibilityFindings(phone)).toEqual([]);
    expect(await overhang(phone)).toBe(0);
  });
});
