import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { CaseView } from '@tongxin/domain/case/view.ts';
import { draftOf } from '@tongxin/domain/dispute/agreement/rules.ts';
import type { AgreementView, Term } from '@tongxin/domain/dispute/agreement/schema.ts';
import type { DisputeReceipt } from '@tongxin/domain/dispute/schema.ts';
import { tellDue } from '@tongxin/server/modules/clock/index.ts';
import type { Caller } from '@tongxin/testing/server.ts';
import ExcelJS from 'exceljs';
import type { Page } from 'playwright-core';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  accessibilityFindings,
  bootProduct,
  closeBrowser,
  type Language,
  overhang,
  type Product,
  settled,
  shownText,
  withPicture,
} from './browser.ts';
import { latinWords, rawCodes } from './desk-screens.ts';
import { chooseArea, deskOf, photograph } from './journey-steps.ts';

/**
 * What becomes of a quarrel that is settled: its sides sign on their own telephones, the court confirms or refuses, a court that sent it hears the
 * result by its own clock, and the mediators are paid by the case.
 */
const PICTURES = Boolean(process.env.TONGXIN_SCREENS);
const pictures = resolve(import.meta.dirname, '../screenshots');
const PIXEL = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64');
const PHONES = ['13610000001', '13610000002'];

let product: Product;
beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  product = await bootProduct({ now: '2026-10-12T02:00:00.000Z' });
});
afterAll(async () => {
  await product?.close();
  await closeBrowser();
});

const ok = async <T>(caller: Caller, path: string, body?: unknown, method: 'POST' | 'PUT' = 'POST'): Promise<T> => {
  const answer = await product.server.as(caller, { url: `/api/v1${path}`, ...(body === undefined ? {} : { method, body }) });
  expect(answer.statusCode, `${path} ${answer.body}`).toBeLessThan(300);
  return answer.json<T>();
};
const command = () => ({ commandId: v7() });
/** A picture for whoever asks for pictures. */
const see = async (page: Page, name: string): Promise<void> => {
  if (!PICTURES) return;
  await settled(page);
  await page.screenshot({ path: join(pictures, `signed-${name}.png`), fullPage: true });
};
const look = async (page: Page, name: string, language: Language = 'zh'): Promise<void> => {
  await settled(page);
  await see(page, name);
  expect.soft(await accessibilityFindings(page), name).toEqual([]);
  expect.soft(await overhang(page), name).toBe(0);
  expect.soft(rawCodes(await shownText(page)), name).toEqual([]);
  if (language === 'zh') expect.soft(await latinWords(page), name).toEqual([]);
};
/** A side's own telephone, at its own page. */
const phoneOf = async (code: string, language: Language = 'zh'): Promise<Page> => {
  const page = await product.open({ size: 'phone', language });
  await page.goto(`/r/${code}`);
  return page;
};

/** Chooses in the list that stands open. */
const pick = (page: Page, option: string): Promise<void> =>
  page.locator('.ant-select-dropdown:visible').getByTitle(option, { exact: true }).click();

interface Quarrel {
  readonly id: string;
  readonly codes: readonly string[];
  readonly sides: readonly string[];
}
const openQuarrel = async (): Promise<Quarrel> => {
  const { people, areas } = product.server.world;
  const { id, queryCodes } = await ok<DisputeReceipt>(people.mediatorA, '/disputes', {
    id: v7(),
    kind: 'neighbour',
    origin: 'applied',
    areaId: areas.gridA11.areaId,
    facts: '楼上卫生间漏水，楼下天花板发霉。',
    parties: ['赵甲', '钱乙'].map((name, n) => ({ name, phone: PHONES[n] })),
    mediatedOn: '2026-10-12',
    outcome: 'goesOn',
  });
  return { id, codes: queryCodes, sides: await sidesOf(id) };
};
const sidesOf = async (id: string): Promise<string[]> =>
  (await ok<AgreementView>(product.server.world.people.mediatorA, `/disputes/${id}/agreement`)).sides.map(({ partyId }) => partyId);
/** 4,800 yuan in two instalments, written and read by the sides. */
const putInWriting = async ({ id, sides }: Pick<Quarrel, 'id' | 'sides'>): Promise<void> => {
  const { mediatorA } = product.server.world.people;
  const terms: Term[] = ['2026-10-30', '2026-12-25'].map((dueOn) => ({
    kind: 'pay',
    by: sides[1]!,
    to: sides[0]!,
    amount: 240_000,
    dueOn,
  }));
  const text = {
    ...draftOf({ terms }, sides, '楼上卫生间漏水，楼下天花板污损。'),
    parties: sides.map((partyId, n) => ({ partyId, name: ['赵甲', '钱乙'][n]! })),
    responsibility: '漏水由乙方防水层失效引起。',
    way: '银行转账。',
  };
  await ok(mediatorA, `/disputes/${id}/text`, { after: 0, text });
  await ok(mediatorA, `/disputes/${id}/writing`, command());
};
/** Signed by all on paper, and in force. */
const takeEffect = async ({ id, sides }: Pick<Quarrel, 'id' | 'sides'>): Promise<void> => {
  const { mediatorA } = product.server.world.people;
  const [documentId, fileId] = [v7(), v7()];
  await ok(mediatorA, `/disputes/${id}/papers`, { ...command(), documentId, kind: 'agreement' });
  const url = `/api/v1/cases/${id}/files/${fileId}`;
  await product.server.as(mediatorA, { method: 'PUT', url, body: PIXEL, headers: { 'content-type': 'image/png', 'x-kind': 'document' } });
  await ok(mediatorA, `/cases/${id}/documents/${documentId}/signed`, { ...command(), fileIds: [fileId] });
  await ok(mediatorA, `/disputes/${id}/signatures`, { documentId, signers: [...sides, 'mediator', 'seal'], readBack: true });
  await ok(mediatorA, `/disputes/${id}/effect`, { ...command(), effectiveOn: '2026-10-12' });
};

test('each side signs on its own telephone with a code; mediator and seal on paper; the desk says who, when and how', async () => {
  const { mediatorA } = product.server.world.people;
  const quarrel = await openQuarrel();
  await putInWriting(quarrel);
  const codeOf = (side: number): string => product.server.deps.codes.codeFor(`+86${PHONES[side]}`)!;

  const desk = await product.open({ as: mediatorA });
  await withPicture(desk, 'signed-slip', async () => {
    await desk.goto(`/desk/disputes/${quarrel.id}/people`);
    const slip = desk.getByRole('region', { name: '查询码' }).getByRole('listitem').filter({ hasText: '当事人 1' });
    await slip.getByRole('button', { name: '补发' }).click();
    await slip.getByRole('button', { name: '补发查询码' }).click();
    await slip.getByRole('button', { name: '已交给本人' }).waitFor();
    await see(desk, 'slip');
  });
  const slipCode = (await desk.locator('.code').first().textContent())!;

  const phone = await phoneOf(slipCode);
  await withPicture(phone, 'signed-phone', async () => {
    await phone.getByText('肆仟捌佰元整', { exact: false }).waitFor();
    await phone.getByLabel('您的姓名').fill('赵甲');
    await phone.getByLabel('我已读完全文，自愿同意').check();
    await phone.getByRole('button', { name: '发送验证码' }).click();
    await phone.getByText('验证码已发送', { exact: false }).waitFor();
    await phone.getByLabel('验证码', { exact: true }).fill(codeOf(0) === '000000' ? '111111' : '000000');
    await phone.getByRole('button', { name: '签名', exact: true }).click();
    await phone.getByRole('alert').waitFor();
    await look(phone, 'phone-wrong');
    await phone.getByLabel('验证码', { exact: true }).fill(codeOf(0));
    await phone.getByRole('button', { name: '签名', exact: true }).click();
    await phone.getByText('您已签名').waitFor();
    await see(phone, 'phone-signed');
  });
  const english = await phoneOf(quarrel.codes[1]!, 'en');
  await withPicture(english, 'signed-phone-en', async () => {
    await english.getByLabel('Your name').fill('钱乙');
    await english.getByLabel('I have read all of it and agree freely').check();
    await english.getByRole('button', { name: 'Send me a code' }).click();
    await english.getByText('sent', { exact: false }).first().waitFor();
    await english.getByLabel('Code', { exact: true }).fill(codeOf(1));
    await see(english, 'phone-en');
    await english.getByRole('button', { name: 'Sign', exact: true }).click();
    await english.getByText('You have signed').waitFor();
  });

  await withPicture(desk, 'signed-desk', async () => {
    await product.setTime('2026-10-12T03:00:00.000Z');
    await desk.goto(`/desk/disputes/${quarrel.id}`);
    const signatures = desk.getByRole('region', { name: '签名和盖章' });
    for (const side of ['甲方', '乙方'])
      await signatures.getByRole('listitem').filter({ hasText: side }).filter({ hasText: '屏幕，手机验证码' }).waitFor();
    await desk.getByRole('button', { name: '出具人民调解协议书' }).click();
    await desk.getByLabel('上传签字件').setInputFiles(await photograph(desk, '协议书'));
    for (const signer of ['人民调解员', '委员会盖章']) await signatures.getByLabel(signer).check();
    await signatures.getByLabel('已向各方宣读', { exact: false }).check();
    await signatures.getByRole('button', { name: '登记签名' }).click();
    await look(desk, 'desk');
    await desk.getByRole('button', { name: '协议生效', exact: true }).click();
    await desk.getByRole('region', { name: '司法确认', exact: true }).waitFor();
    // Who signed, how and under which words stands on the record for good.
    await desk.goto(`/desk/cases/${quarrel.id}`);
    await desk.getByRole('heading', { name: '流转记录' }).waitFor();
    const steps = desk.getByRole('listitem').filter({ hasText: '签署调解协议' });
    for (const [who, how] of [
      ['甲方', '屏幕，手机验证码'],
      ['乙方', '屏幕，手机验证码'],
      ['人民调解员', '纸面'],
      ['委员会盖章', '纸面'],
    ] as const)
      await steps
        .filter({ hasText: `签名人：${who}` })
        .filter({ hasText: how })
        .waitFor();
    await see(desk, 'record');
  });
  await withPicture(english, 'signed-lapsed', async () => {
    // Nobody asked the court in thirty days, and the first instalment was missed.
    await product.setTime('2026-11-12T02:00:00.000Z');
    await tellDue(product.server.deps);
    await english.reload();
    await english.getByText('The thirty days to ask for confirmation are over', { exact: false }).waitFor();
    // It is this side that has not paid: it does not read that it may sue.
    await english.getByText('If it stays undone, the other side may:').waitFor();
    expect(await english.getByText('It was not done. You may:').count()).toBe(0);
    expect(await english.getByRole('button', { name: 'I want the court to confirm it' }).count()).toBe(0);
    await see(english, 'lapsed');
  });
});

test('both sides ask the court within thirty days; it takes it up and confirms, or refuses: each side reads what is open then', async () => {
  const { mediatorA } = product.server.world.people;
  await product.setTime('2026-10-12T02:00:00.000Z');
  const [confirmed, refused] = [await openQuarrel(), await openQuarrel()];
  for (const one of [confirmed, refused]) {
    await putInWriting(one);
    await takeEffect(one);
  }
  await product.setTime('2026-10-20T02:00:00.000Z');
  const phone = await phoneOf(confirmed.codes[0]!);
  const english = await phoneOf(confirmed.codes[1]!, 'en');
  await withPicture(phone, 'signed-court-asks', async () => {
    await phone.getByRole('button', { name: '我要求法院确认' }).click();
    await phone.getByText('您已要求确认，等对方').waitFor();
    await english.getByRole('button', { name: 'I want the court to confirm it' }).click();
    await english.getByText('All sides have asked').waitFor();
    await see(phone, 'court-asks');
  });

  const desk = await product.open({ as: mediatorA });
  const { act: step } = deskOf(product);
  await withPicture(desk, 'signed-court-desk', async () => {
    await desk.goto(`/desk/disputes/${confirmed.id}`);
    const court = desk.getByRole('region', { name: '司法确认', exact: true });
    await court.getByText('11月11日周三', { exact: false }).waitFor();
    await court.getByLabel('法院名称').fill('示例区人民法院');
    await look(desk, 'court-form');
    await court.getByRole('button', { name: '共同申请' }).click();
    await court.getByText('法院三日内决定是否受理', { exact: false }).waitFor();
    for (const paper of ['司法确认申请书', '司法确认承诺书']) {
      await desk.getByRole('button', { name: `出具${paper}` }).click();
      await desk.getByRole('listitem').filter({ hasText: paper }).getByRole('link', { name: 'PDF' }).waitFor();
    }
    await see(desk, 'court-asked');
  });
  await withPicture(phone, 'signed-court-asked', async () => {
    await phone.reload();
    await phone.getByText('示例区人民法院三日内决定是否受理', { exact: false }).waitFor();
    await see(phone, 'court-asked-phone');
  });

  await withPicture(desk, 'signed-court-ruled', async () => {
    await desk.goto(`/desk/cases/${confirmed.id}`);
    await step(desk, '登记法院受理', async (drawer) => {
      await drawer.getByLabel('受理日期').fill('2026-10-20');
      await drawer.getByLabel('案号', { exact: false }).fill('（2026）示0101民特1号');
    });
    await step(desk, '登记法院裁定', (drawer) => drawer.getByRole('radio', { name: '确认有效' }).check());
    await see(desk, 'court-ruled');
    for (const side of refused.codes) await ok('anonymous', `/receipts/${side}/application`, {});
    await ok(mediatorA, `/disputes/${refused.id}/confirmation`, {
      ...command(),
      ground: 'home',
      court: '示例区人民法院',
      appliedOn: '2026-10-20',
    });
    await desk.goto(`/desk/cases/${refused.id}`);
    await step(desk, '登记法院裁定', (drawer) => drawer.getByRole('radio', { name: '驳回申请或者不予受理' }).check());
  });
  await withPicture(phone, 'signed-court-told', async () => {
    await phone.reload();
    await phone.getByText('示例区人民法院已裁定协议有效', { exact: false }).waitFor();
    await phone.getByText('案号：（2026）示0101民特1号').waitFor();
    // In a quarrel no answer is owed: what runs has its own name.
    expect(await phone.getByText('什么时候答复').count()).toBe(0);
    await look(phone, 'court-confirmed');
    await english.reload();
    await english.getByText('has confirmed the agreement', { exact: false }).waitFor();
    await phone.goto(`/r/${refused.codes[0]}`);
    await phone.getByText('示例区人民法院没有确认协议。可以再来调解', { exact: false }).waitFor();
    await see(phone, 'court-refused');
    await english.goto(`/r/${refused.codes[1]}`);
    await english.getByText('did not confirm the agreement', { exact: false }).waitFor();
    await see(english, 'court-refused-en');
  });
});

test('a court entrusts a quarrel in a suit: seven days from its papers, nothing to confirm, and it hears the result alone', async () => {
  const { mediatorA, mediationHeadA } = product.server.world.people;
  const mediatorId = v7();
  const { organizationId } = product.server.world.organizations.mediationA;
  await ok(
    mediationHeadA,
    `/mediators/${mediatorId}`,
    { ...command(), organizationId, personId: mediatorA.personId, name: '罗平', kinds: ['neighbour'], languages: [], available: true },
    'PUT',
  );
  await product.setTime('2026-10-12T02:00:00.000Z');
  const desk = await product.open({ as: mediationHeadA });
  const codes = await withPicture(desk, 'signed-entrusted', async () => {
    await desk.goto('/desk/disputes/new');
    await desk.getByLabel('纠纷类别').click();
    await pick(desk, '邻里');
    await desk.getByLabel('主要事实、争议什么').fill('楼上卫生间漏水，楼下起诉。');
    await chooseArea(desk, ['示例市', '甲镇', '甲一社区'], '发生地');
    await desk.getByRole('radio', { name: '移交、委托' }).check();
    await desk.getByLabel('移送单位', { exact: true }).click();
    await pick(desk, '法院委托（简易程序）');
    await desk.getByLabel('单位名称').fill('示例区人民法院');
    await desk.getByLabel('对方编号').fill('（2026）示0101民初88号');
    await desk.getByRole('radio', { name: '先征求各方意愿，再正式调解' }).check();
    for (const [n, name] of ['孙丙', '李丁'].entries()) {
      const side = desk.getByRole('group', { name: `当事人 ${n + 1}` });
      await side.getByLabel('姓名').fill(name);
      await side.getByRole('checkbox').check();
    }
    await desk.getByRole('button', { name: 'English', exact: true }).click();
    await desk.getByText('Demo City / Town A / Community A1', { exact: true }).waitFor();
    await look(desk, 'entrusted-new', 'en');
    // Under the pointer a button of the head keeps the colour of the head's words.
    const other = desk.getByRole('button', { name: '中文', exact: true });
    const colours = await other.evaluate((button) => [button, button.closest('.top')!].map((one) => getComputedStyle(one).color));
    expect(colours[0]).toBe(colours[1]);
    await other.click();
    await desk.getByRole('button', { name: '登记', exact: true }).click();
    await desk.getByRole('link', { name: '打开', exact: false }).waitFor();
    return desk.locator('.code').allTextContents();
  });
  const id = (await desk.getByRole('link', { name: '打开', exact: false }).getAttribute('href'))!.split('/').at(-1)!;
  for (const code of codes) await ok('anonymous', `/receipts/${code}/choices`, { ...command(), step: 'chosen', mediatorId });
  await ok(mediationHeadA, `/disputes/${id}/mediator`, { ...command(), mediatorId });
  const { clocks } = await ok<CaseView>(mediatorA, `/cases/${id}`);
  expect(clocks.find(({ clock }) => clock === 'mediation')?.dueAt).toBe('2026-10-19T15:59:59.999Z');
  const quarrel = { id, sides: await sidesOf(id) };
  await putInWriting(quarrel);
  await takeEffect(quarrel);

  const phone = await phoneOf(codes[0]!);
  await withPicture(phone, 'signed-entrusted-phone', async () => {
    await phone.getByText('可以请该法院制作调解书', { exact: false }).waitFor();
    expect(await phone.getByRole('button', { name: '我要求法院确认' }).count()).toBe(0);
    await see(phone, 'entrusted-phone');
  });
  const mediator = await product.open({ as: mediatorA });
  await withPicture(mediator, 'signed-entrusted-result', async () => {
    await mediator.goto(`/desk/disputes/${id}`);
    await mediator.getByText('由立案的法院制作调解书', { exact: false }).waitFor();
    await see(mediator, 'entrusted-desk');
    // A day after the court's time it is late, and said so.
    await product.setTime('2026-10-20T02:00:00.000Z');
    await mediator.goto('/desk/disputes/referrals');
    const row = mediator.getByRole('row').filter({ hasText: '民初88号' });
    await row.getByText('2026年10月19日').waitFor();
    await row.getByText('超期').waitFor();
    await see(mediator, 'entrusted-referral');
    await row.getByRole('button', { name: '已反馈' }).click();
    await row.getByText('达成调解协议 · 2026年10月20日').waitFor();
    expect(await row.getByText('超期').count()).toBe(0);
    await mediator.goto(`/desk/disputes/${id}`);
    await mediator.getByText('文书', { exact: true }).first().click();
    await mediator.getByRole('button', { name: '出具调解结果反馈函' }).click();
    await mediator.getByRole('listitem').filter({ hasText: '调解结果反馈函' }).getByRole('link', { name: 'PDF' }).waitFor();
    expect(await mediator.getByRole('button', { name: '出具司法确认申请书' }).count()).toBe(0);
    await see(mediator, 'entrusted-papers');
  });
});

test('what is paid for a case: two versions of the locality, the sheet of a month for the head, and nobody else', async () => {
  const { justiceOfficer, mediationHeadA, mediatorA } = product.server.world.people;
  await product.setTime('2026-11-02T02:00:00.000Z');
  const justice = await product.open({ as: justiceOfficer });
  await withPicture(justice, 'signed-rates', async () => {
    await justice.goto('/desk/disputes/counts');
    const form = justice.getByRole('form', { name: '设定新标准' });
    for (const [from, oral] of [
      ['九月', '60'],
      ['十月', '80'],
    ] as const) {
      await chooseArea(justice, ['示例市', '甲镇'], '适用地区');
      await form.getByLabel('从哪个月起 月').click();
      await pick(justice, from);
      await form.locator('#subsidy-oral-ordinary').fill(oral);
      await form.getByLabel('依据文件').fill(`示司〔2026〕${oral}号`);
      await form.getByLabel('卷宗不齐全的不补贴').uncheck();
      await form.getByRole('button', { name: '设定新标准' }).click();
      await justice.getByText(`示司〔2026〕${oral}号`, { exact: false }).waitFor();
    }
    await see(justice, 'rates');
  });
  await ok(mediatorA, '/disputes', {
    id: v7(),
    kind: 'neighbour',
    origin: 'applied',
    areaId: product.server.world.areas.gridA11.areaId,
    facts: '楼道堆物。',
    parties: [{ name: '孙丙' }, { name: '李丁' }],
    mediatedOn: '2026-11-02',
    outcome: 'atOnce',
    agreement: '各自清走。',
  });
  await product.setTime('2026-12-02T02:00:00.000Z');
  const head = await product.open({ as: mediationHeadA });
  await withPicture(head, 'signed-sheet', async () => {
    await head.goto('/desk/mediators');
    const card = head.getByRole('region', { name: '以案定补核算表' });
    await card.getByText('合计 1 件，80.00 元').waitFor();
    await card.getByRole('row').filter({ hasText: '罗平' }).getByText('口头协议').first().waitFor();
    expect(await card.textContent()).not.toMatch(/孙丙|李丁|楼道/u);
    await see(head, 'sheet');
    const [file] = await Promise.all([head.waitForEvent('download'), card.getByRole('button', { name: '下载核算表' }).click()]);
    expect(file.suggestedFilename()).toContain('2026-11');
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load((await readFile(await file.path())) as unknown as ArrayBuffer);
    const cells = workbook.worksheets[0]!.getSheetValues().map((row) => (row as unknown[] | undefined)?.slice(1).map(String).join(' '));
    expect(cells.join('\n')).toContain('甲镇人民调解委员会 罗平 邻里');
    expect(cells.find((line) => line?.includes('口头协议'))).toMatch(/1 80 80$/u);
    expect(cells.join()).not.toMatch(/孙丙|李丁|楼道/u);
  });
  // A mediator reads the register and what is paid for a case, and neither sets it nor takes the sheet.
  const other = await product.open({ as: mediatorA });
  await withPicture(other, 'signed-sheet-other', async () => {
    await other.goto('/desk/mediators');
    await other.getByText('罗平').waitFor();
    expect(await other.getByRole('region', { name: '以案定补核算表' }).count()).toBe(0);
    await other.goto('/desk/disputes/counts');
    await other.getByText('示司〔2026〕80号', { exact: false }).waitFor();
    await look(other, 'rates-mediator');
    expect(await other.getByRole('form', { name: '设定新标准' }).count()).toBe(0);
    await other.getByText('您的岗位不看纠纷数字。').waitFor();
  });
});

test('whoever mediates or counts nothing reads a sentence on each page of disputes, and is told of no failure', async () => {
  const page = await product.open({ as: product.server.world.people.handlerA });
  await withPicture(page, 'closed-disputes', async () => {
    for (const [path, sentence] of [
      ['disputes', '您的岗位不调解纠纷。'],
      ['disputes/new', '只有调解员登记纠纷。'],
      ['disputes/referrals', '您的岗位不调解纠纷。'],
      ['mediators', '您的岗位不调解纠纷。'],
      [`disputes/${v7()}`, '您的岗位不调解纠纷。'],
      [`disputes/${v7()}/people`, '您的岗位不调解纠纷。'],
      ['disputes/counts', '您的岗位不看纠纷数字。'],
      ['sources', '您的岗位不看纠纷数字。'],
    ] as const) {
      await page.goto(`/desk/${path}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.getByText(sentence).waitFor();
      expect(await page.getByRole('button', { name: '再试一次' }).count(), path).toBe(0);
      expect(await page.getByRole('alert').filter({ hasText: '没有权限' }).count(), path).toBe(0);
    }
    await see(page, 'closed-sources');
  });
});
