import type { CaseView } from '@tongxin/domain/case/view.ts';
import type { Page } from 'playwright-core';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityFindings, bootProduct, closeBrowser, overhang, type Product, withPicture } from './browser.ts';

/** Somebody who reported without an account comes back with a telephone and signs in. */
let product: Product;
beforeAll(async () => {
  product = await bootProduct({ named: true });
});
afterAll(async () => {
  await product?.close();
  await closeBrowser();
});

const PHONE = '13900001111';

/** Nothing that axe finds, and nothing wider than the telephone. */
const look = async (page: Page): Promise<void> => {
  expect([await accessibilityFindings(page), await overhang(page)]).toEqual([[], 0]);
};

/** Tabs until something is focused, and presses it: no finger, no mouse. */
const press = async (page: Page, name: string): Promise<void> => {
  for (let n = 0; n < 60; n++) {
    await page.keyboard.press('Tab');
    if ((await page.evaluate(() => document.activeElement?.textContent ?? '')).startsWith(name)) return page.keyboard.press('Enter');
  }
  throw new Error(`${name} is not reached by the keyboard`);
};

test('signs in by a code, takes the report in, sees who looked at the telephone, objects, and gives the account up', async () => {
  const { server } = product;
  const { dispatcherA, letterOfficerA, letterApproverA, lawyerA } = server.world.people;
  const ask = async (who: Parameters<typeof server.as>[0], url: string, body?: object, method: 'POST' | 'PUT' = 'POST') => {
    const answer = await server.as(who, { url: `/api/v1${url}`, ...(body ? { method, body } : {}) });
    expect([200, 201], answer.body).toContain(answer.statusCode);
    return answer.json();
  };
  const id = v7();
  const { queryCode } = await ask('anonymous', '/cases', {
    id,
    text: '楼道灯不亮',
    point: server.world.points.inA11,
    reporter: { name: '陈阿姨', phone: PHONE },
  });
  const { parties } = (await ask(dispatcherA, `/cases/${id}`)) as CaseView;
  await ask(dispatcherA, `/cases/${id}/parties/${parties[0]!.id}/read`, { purpose: '电话核实地点', fields: ['phone'] });

  const session = v7();
  await ask(
    letterOfficerA,
    `/reception/sessions/${session}`,
    {
      organizationId: server.world.organizations.lettersA.organizationId,
      postId: letterApproverA.posts[0]!.postId,
      place: '一楼接待室',
      startsAt: '2026-10-09T01:00:00.000Z',
      endsAt: '2026-10-09T03:00:00.000Z',
      minutes: 20,
      slots: 5,
    },
    'PUT',
  );

  const duty = v7();
  const onDuty = {
    kind: 'legal',
    way: 'phone',
    organizationId: server.world.organizations.lawFirm.organizationId,
    postId: lawyerA.posts[0]!.postId,
    place: '律师按时打给您',
    startsAt: '2026-10-09T01:00:00.000Z',
    endsAt: '2026-10-09T03:00:00.000Z',
    minutes: 30,
    slots: 4,
  };
  await ask(lawyerA, `/reception/sessions/${duty}`, onDuty, 'PUT');

  const page = await product.open({ size: 'phone' });
  await withPicture(page, 'own-page', async () => {
    await page.goto('/');
    await press(page, '我的');
    await page.getByLabel('手机号或邮箱').first().fill(PHONE);
    await page.getByRole('button', { name: '发送验证码' }).click();
    await page.getByText('验证码已发送').waitFor();
    await page.getByLabel('验证码', { exact: true }).fill(server.deps.codes.codeFor(`+86${PHONE}`)!);
    await look(page);
    await page.keyboard.press('Enter');
    await page.getByText('还没有反映过事情。').waitFor();
    await page.getByLabel('用查询码把以前的事放进来').fill(queryCode);
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: '楼道灯不亮' }).waitFor();
    await look(page);

    await press(page, '谁看过我的信息');
    await page.getByText('甲镇综治中心 甲镇调度员').waitFor();
    await page.getByText('电话核实地点').waitFor();
    await press(page, '提出异议');
    await page.getByLabel('为什么有异议').fill('没有人给我打过电话');
    await look(page);
    await page.getByRole('button', { name: '提交异议' }).click();
    await page.getByText('您已提出异议').waitFor();

    // A turn of the letters office, booked with what was typed once, moved, and seen by the office without a name.
    await page.goto('/reception');
    await page.getByText('还有 5 个号').waitFor();
    await press(page, '10月9日');
    await page.getByLabel('想说什么事').fill('校门前的路口');
    await page.getByLabel('会说方言的人').check();
    await page.getByLabel('姓名').fill('陈阿姨');
    await look(page);
    await page.getByRole('button', { name: '预约', exact: true }).click();
    await page.getByRole('heading', { name: '约好了' }).waitFor();
    await look(page);
    await press(page, '看我的预约');
    await press(page, '10月9日');
    await page.getByLabel('约几点').selectOption('3');
    await page.getByRole('button', { name: '改约' }).click();
    await page.getByText('3号 · 已预约').waitFor();
    await look(page);
    const { bookings } = await ask(letterOfficerA, `/reception/sessions/${session}/bookings`);
    expect(bookings).toMatchObject([{ slot: 3, purpose: '校门前的路口', needs: ['dialect'] }]);

    // A lawyer is booked, and what was advised is read and erased by its person.
    await page.goto('/legal');
    await press(page, '10月9日');
    await page.getByLabel('想说什么事').fill('拖欠工资');
    await page.getByLabel('姓名').fill('陈阿姨');
    await look(page);
    await page.getByRole('button', { name: '预约', exact: true }).click();
    await page.getByRole('heading', { name: '约好了' }).waitFor();
    const [turn] = (await ask(lawyerA, `/reception/sessions/${duty}/bookings`)).bookings as { id: string; purpose: string }[];
    expect(turn!.purpose).toBe('拖欠工资');
    const now = server.deps.clock.now().toISOString();
    server.deps.clock.set('2026-10-09T01:10:00.000Z');
    await ask(lawyerA, `/reception/bookings/${turn!.id}/advice`, { words: '先向劳动监察投诉' }, 'PUT');
    // On the day the office receives: who comes is read for a purpose, what was said is noted and becomes a letter on the spot.
    const office = await product.open({ as: letterOfficerA });
    await office.goto(`/desk/reception/${session}`);
    const talk = office.getByRole('listitem').filter({ hasText: '校门前的路口' });
    await talk.getByText('会说方言的人').waitFor();
    expect(await talk.getByText('陈阿姨').count()).toBe(0);
    await talk.getByRole('button', { name: '看姓名电话' }).click();
    await talk.getByLabel('查看用途').fill('核对来访人');
    await office.keyboard.press('Enter');
    await talk.getByText('陈阿姨').waitFor();
    await talk.getByRole('button', { name: '关闭' }).click();
    await talk.getByRole('button', { name: '来了' }).click();
    await talk.getByText('已接待').waitFor();
    await talk.getByRole('button', { name: '记谈话' }).click();
    await talk.getByRole('textbox', { name: '谈话记录' }).fill('希望恢复人行横道');
    await talk.getByRole('button', { name: '保存' }).click();
    await talk.getByText('希望恢复人行横道').waitFor();
    await talk.getByRole('button', { name: '当场登记来信' }).click();
    expect(await accessibilityFindings(office)).toEqual([]);
    await talk.getByRole('button', { name: '当场登记来信' }).click();
    await talk.getByRole('link', { name: '打开来信' }).click();
    await office.getByRole('heading', { level: 1, name: '校门前的路口' }).waitFor();
    server.deps.clock.set(now);
    await page.goto('/advice');
    await page.getByText('先向劳动监察投诉').waitFor();
    await look(page);
    await page.getByRole('button', { name: '删除这份意见' }).click();
    await page.getByRole('button', { name: '确定删除' }).click();
    await page.getByText('还没有咨询意见。').waitFor();

    await page.goto('/me/settings');
    await page.getByLabel('姓名').fill('陈阿姨');
    await page.keyboard.press('Enter');
    await page.getByText('已保存。').waitFor();
    await look(page);

    // A passkey of this device, kept and signed in with.
    const device = await page.context().newCDPSession(page);
    await device.send('WebAuthn.enable');
    await device.send('WebAuthn.addVirtualAuthenticator', {
      options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true },
    });
    await page.getByRole('button', { name: '添加通行密钥' }).click();
    await page.getByRole('button', { name: '删除' }).first().waitFor();
    await page.goto('/me');
    await press(page, '退出登录');
    await page.getByRole('heading', { name: '您要办什么？' }).waitFor();
    await page.goto('/me');
    await page.getByRole('button', { name: '用通行密钥登录' }).click();
    await page.getByRole('heading', { name: '陈阿姨，您好' }).waitFor();

    await page.goto('/me');
    await page.getByRole('heading', { name: '陈阿姨，您好' }).waitFor();
    await page.getByRole('link', { name: /对查看个人信息提出异议/u }).waitFor();
    await page.getByRole('link', { name: '下载一份' }).click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '下载副本' }).click()]);
    expect(download.suggestedFilename()).toBe('tongxin-my-data.zip');
    await look(page);
    await page.getByLabel('我明白，确定注销').check();
    await page.getByRole('button', { name: '注销账户' }).click();
    await page.getByRole('heading', { name: '账户已注销' }).waitFor();
    await page.goto('/me');
    await page.getByRole('heading', { name: '登录' }).waitFor();
  });
});
