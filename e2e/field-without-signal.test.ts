import { readFile } from 'node:fs/promises';
import type { CaseView, Receipt } from '@tongxin/domain/case/view.ts';
import type { Bundle } from '@tongxin/domain/field/view.ts';
import type { PremisesView } from '@tongxin/domain/premises/schema.ts';
import { readPack } from '@tongxin/server/cli/pack.ts';
import {
  editOf,
  makeRecord,
  PATROL_FORM,
  PREMISES_FORM,
  publishForms,
  publishVisit,
  sendEdit,
} from '@tongxin/server/modules/field/build.ts';
import { addUser } from '@tongxin/server/modules/session/index.ts';
import type { WorldPerson } from '@tongxin/testing/world.ts';
import ExcelJS from 'exceljs';
import type { Page } from 'playwright-core';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityFindings, bootProduct, closeBrowser, overhang, type Product, withPicture } from './browser.ts';
import { photograph, record, tabTo } from './journey-steps.ts';

/** The basement without signal: a worker's day on a phone that loses its network, and two phones that write in one record. */
let product: Product;
beforeAll(async () => {
  product = await bootProduct();
  await publishForms(product.server, [PREMISES_FORM, PATROL_FORM]);
  const pack = await readPack(new URL('../packs/zhongshan', import.meta.url).pathname);
  const { forms, sheets } = pack.build(pack.seed).city;
  const spoken = { id: 'spoken', kind: 'sound' as const, label: { zh: '口述', en: 'Spoken' }, personal: true };
  const heard = forms.map((form) => ({
    ...form,
    sections: form.sections.map((section) => (section.id === 'end' ? { ...section, questions: [...section.questions, spoken] } : section)),
  }));
  await publishVisit(product.server, { forms: heard, sheets });
});
afterAll(async () => {
  await product?.close();
  await closeBrowser();
});

const ask = async <T>(who: WorldPerson | 'anonymous', url: string, body?: object): Promise<T> => {
  const answer = await product.server.as(who, { url: `/api/v1${url}`, ...(body ? { method: 'POST', body } : {}) });
  expect(answer.statusCode, `${url} ${answer.body}`).toBeLessThan(300);
  return answer.json<T>();
};
const operatorOf = async (id: string): Promise<unknown> =>
  (await ask<Bundle>(product.server.world.people.gridWorkerA, '/field/bundle')).premises.find((one) => one.id === id)?.fields.operator;

/** Somebody's phone with the app on it and all taken along. */
const phoneOf = async (who: WorldPerson): Promise<Page> => {
  const page = await product.open({ as: who, size: 'phone', kept: true });
  await page.goto('/field');
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
  await page.getByText('资料更新于', { exact: false }).waitFor();
  return page;
};
const offline = async (page: Page): Promise<void> => {
  await page.context().setOffline(true);
  await page.getByText('现在没有网络', { exact: false }).waitFor();
};
const tab = (page: Page, name: string) => page.getByRole('navigation', { name: '外勤' }).getByRole('link', { name });
const looksRight = async (page: Page): Promise<void> => {
  expect(await accessibilityFindings(page)).toEqual([]);
  expect(await overhang(page)).toBe(0);
};

/** A case that lies with the grid team, or with another body that asks the team to join in. */
const given = async (text: string, asks?: string): Promise<string> => {
  const { people, organizations, categories, points } = product.server.world;
  const { id } = await ask<Receipt>('anonymous', '/cases', { id: v7(), text, categoryId: categories.bin, point: points.inA11 });
  for (const [action, input] of [
    ['accept', {}],
    ['dispatch', { organizationId: (asks ? organizations.bodyA : organizations.gridTeamA1).organizationId }],
  ] as const) {
    const { version } = await ask<CaseView>(people.dispatcherA, `/cases/${id}`);
    await ask(people.dispatcherA, `/cases/${id}/actions`, { commandId: v7(), action, version, input });
  }
  if (asks) {
    const { version } = await ask<CaseView>(people.handlerA, `/cases/${id}`);
    await ask(people.handlerA, `/cases/${id}/actions`, { commandId: v7(), action: 'acknowledge', version });
    const { organizationId } = organizations.gridTeamA1;
    await ask(people.handlerA, `/cases/${id}/tasks`, { commandId: v7(), taskId: v7(), organizationId, words: asks });
  }
  return id;
};

/** What an elder tells and signs, typed, ticked, spoken and drawn without a network. */
const fillVisit = async (page: Page): Promise<void> => {
  const tick = (question: string, answer: string) =>
    page.getByRole('group', { name: question }).getByLabel(answer, { exact: true }).check();
  await page.getByLabel('姓名').fill('陈某');
  await page.getByLabel('年龄').fill('82');
  await tick('是否独居', '是');
  await page.getByLabel('紧急联系人及电话').fill('侄女');
  await page.getByLabel('收缩压').fill('150');
  await page.getByLabel('舒张压').fill('85');
  await tick('电气线路', '有隐患');
  await page.getByRole('button', { name: '加一条：需求' }).click();
  await page.getByLabel('需要帮助的事').fill('助餐补贴');
  await tick('是否紧急', '是');
  await page.getByLabel('走访小结').fill('愿意申请助餐');
  // The browser's own typing by voice asks its maker's servers: without a network it is not offered.
  expect(await page.getByRole('button', { name: '说话输入' }).count()).toBe(0);
  await record(page, '录音', '停');
  await page.getByText('第 1 段录音').waitFor();
  const box = page.getByLabel('签名框');
  await box.scrollIntoViewIfNeeded();
  const { x, y, width, height } = (await box.boundingBox())!;
  await page.mouse.move(x + width * 0.2, y + height * 0.3);
  await page.mouse.down();
  await page.mouse.move(x + width * 0.5, y + height * 0.7, { steps: 4 });
  await page.mouse.move(x + width * 0.8, y + height * 0.4, { steps: 4 });
  await page.mouse.up();
  await page.getByRole('button', { name: '签好了' }).click();
  await page.getByRole('img', { name: '签名', exact: true }).waitFor();
};

/** Saves each department's sheet from the visit's page and reads it back. */
const readSheets = async (page: Page): Promise<void> => {
  const read = async (name: string, ...cells: string[]): Promise<string[]> => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: `下载：${name}` }).click()]);
    expect(download.suggestedFilename()).toBe(`${name}.xlsx`);
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load((await readFile(await download.path())) as unknown as ArrayBuffer);
    return cells.map((cell) => workbook.worksheets[0]!.getCell(cell).text);
  };
  expect(await read('高龄老人走访表', 'B2', 'D2', 'B3', 'D4', 'B5', 'B9', 'C9')).toEqual([
    '陈某',
    '82',
    '康乐路12号',
    '是',
    '侄女',
    '助餐补贴',
    '急',
  ]);
  expect(await read('居家消防安全检查表', 'A2', 'D2', 'B4')).toEqual(['检查日期：2026年9月30日', '陈某', '×']);
  expect(await read('老年人健康随访表', 'B2', 'B3', 'D3')).toEqual(['陈某', '150', '85']);
  expect(await read('网格走访登记表', 'D2', 'B3', 'B5')).toEqual(['甲一社区网格组', '陈某', '愿意申请助餐']);
};

test('a day in the basement: patrol, settled on the spot, for the record, a visit, a request, a case in hand, a call for help; nothing is lost', async () => {
  const { gridWorkerA, gridLeadA } = product.server.world.people;
  const premises = await makeRecord(product.server, gridLeadA, 'premises', { operator: '陈记', staff: 2 });
  const caseId = await given('楼道堆物，请清一清');
  const joined = await given('后巷积水', '请先去拉警戒线');
  const page = await phoneOf(gridWorkerA);
  const picture = await photograph(page);
  await withPicture(page, 'field-day', async () => {
    await looksRight(page);
    await offline(page);
    // The patrol: what is found is settled with the firm, and what is on next year's plan is kept for the record.
    await tab(page, '巡查').click();
    await page.getByRole('button', { name: '消防巡查' }).click();
    await page.getByRole('group', { name: '有无飞线充电' }).getByLabel('是').check();
    await page.getByRole('button', { name: '处理：有无飞线充电' }).click();
    await page.getByLabel('即办自处').check();
    await page.getByLabel('怎么处理的？').fill('与物业一起拆除，已告知住户。');
    await page.getByRole('group', { name: '处理后' }).locator('input[type=file]').last().setInputFiles(picture);
    await page.getByRole('group', { name: '处理后' }).getByRole('img').waitFor();
    await page.getByRole('button', { name: '提交', exact: true }).click();
    await page.getByText('已放进待发。').waitFor();
    await page.getByRole('button', { name: '另外发现一件事' }).click();
    await page.getByLabel('什么问题？').fill('地下室墙皮脱落，已列入明年计划');
    await page.getByLabel('事件报备').check();
    await page.getByLabel('情况说明').fill('明年三月统一修。');
    await page.getByRole('button', { name: '提交', exact: true }).click();
    await page.getByRole('button', { name: '完成', exact: true }).click();
    await page.getByText('已完成，等着送出。').waitFor();
    await looksRight(page);

    // The visit: an elder agrees; what is known stands there already; a request on her behalf.
    await tab(page, '走访').click();
    await page.getByRole('button', { name: '高龄老人走访' }).click();
    await page.getByLabel('去哪个场所？').selectOption({ label: '光明电动车行 · 康乐路12号' });
    await page.getByLabel('愿意', { exact: true }).check();
    await page.getByRole('button', { name: '开始填写' }).click();
    await page.getByLabel('住址', { exact: false }).waitFor();
    expect(await page.getByLabel('住址', { exact: false }).inputValue()).toBe('康乐路12号');
    await fillVisit(page);
    await page.getByRole('button', { name: '完成', exact: true }).click();
    await page.getByText('已完成，等着送出。').waitFor();
    await page.getByRole('button', { name: '帮他（她）办一件事' }).click();
    await page.getByLabel('办什么？').selectOption({ index: 1 });
    await page.getByLabel('说明', { exact: true }).fill('申请长者助餐补贴');
    await page.getByLabel('本人同意代为办理').check();
    await page.getByRole('button', { name: '提交代办' }).click();
    await page.getByText('代办已放进待发。').waitFor();
    await looksRight(page);

    // The premises: a colleague writes there at the same time.
    await sendEdit(
      product.server,
      gridLeadA,
      editOf({ kind: 'premises', id: premises }, [{ field: 'operator', base: '陈记', value: '林记' }]),
    );
    await tab(page, '场所').click();
    await page
      .getByRole('link', { name: /光明电动车行/u })
      .first()
      .click();
    await page.getByText('不在室内和楼道停放充电电动自行车').waitFor();
    await page.getByLabel('经营者', { exact: false }).fill('周记');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('已保存，等着送出。').waitFor();

    // One that the register does not have yet: what looks like it is shown first, then it is written down where it was found.
    await tab(page, '场所').click();
    await page.getByRole('button', { name: '登记新场所' }).click();
    await page.getByLabel('名称').fill('光明电动车行二店');
    await page.getByRole('heading', { name: '是不是其中一个？' }).waitFor();
    await page.getByRole('button', { name: '登记', exact: true }).click();
    await page.getByText('请写地址，或记下位置。').waitFor();
    await page.getByLabel('类别').selectOption({ label: '商铺' });
    await page.getByLabel('地址').fill('康乐路14号');
    await looksRight(page);
    await page.getByRole('button', { name: '登记', exact: true }).click();
    await page.getByText('不在室内和楼道停放充电电动自行车').waitFor();
    await page.getByLabel('经营者', { exact: false }).fill('周记');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('已保存，等着送出。').waitFor();

    // A case in hand: taken, and done with before and after.
    await tab(page, '今日').click();
    await page.getByRole('link', { name: /楼道堆物/u }).click();
    await page.getByRole('button', { name: '签收', exact: true }).click();
    await page.getByRole('form', { name: '签收' }).getByRole('button', { name: '提交' }).click();
    await page.getByRole('button', { name: '办结', exact: true }).click();
    const resolve = page.getByRole('form', { name: '办结' });
    await resolve.getByLabel('办理结果', { exact: true }).fill('已清走。');
    for (const which of ['处理前', '处理后']) {
      await resolve.getByRole('group', { name: which }).locator('input[type=file]').last().setInputFiles(picture);
      await resolve.getByRole('group', { name: which }).getByRole('img').waitFor();
    }
    await resolve.getByRole('button', { name: '提交' }).click();
    await page.getByText('已做，等着送出').waitFor();

    // Another body asks to join in: taken and done without a network.
    await tab(page, '今日').click();
    await page.getByRole('link', { name: /后巷积水/u }).click();
    await page.getByText('请先去拉警戒线').waitFor();
    await page.getByRole('button', { name: '签收协办' }).click();
    await page.getByText('已签收').waitFor();
    await page.getByLabel('说明（完成或退回时要填）').fill('已拉好警戒线。');
    await page.getByRole('button', { name: '协办完成' }).click();
    await page.getByText('已完成').waitFor();

    // A call for help says honestly that it has not gone out.
    await page.getByRole('link', { name: '求助', exact: true }).click();
    const hold = page.getByRole('button', { name: '按住求助' });
    await hold.focus();
    await page.keyboard.down('Enter');
    await page.getByRole('button', { name: '发出求助' }).waitFor();
    await page.keyboard.up('Enter');
    await page.getByRole('button', { name: '发出求助' }).click();
    await page.getByText('还没有发出去！').waitFor();
    await looksRight(page);

    // The tab is closed and opened again: everything waits.
    await page.goto('/field/outbox');
    await page.getByText('等网络').first().waitFor();
    await looksRight(page);
    await page.context().setOffline(false);

    // With signal it goes by itself; where two wrote, both values stand there and the person decides.
    await page.getByText('光明电动车行：两个人改了同一处').waitFor();
    await page.getByText('都送出去了。').waitFor();
    await looksRight(page);
    expect(await operatorOf(premises)).toBe('林记');
    await page.getByRole('button', { name: '就这样定' }).click();
    await page.getByText('每一处都请选一个。').waitFor();
    await page.getByLabel('周记', { exact: false }).check();
    await page.getByRole('button', { name: '就这样定' }).click();
    await page.getByText('经营者：林记 → 周记').waitFor();
    expect(await operatorOf(premises)).toBe('周记');
    await page
      .getByRole('listitem')
      .filter({ hasText: '经营者：林记 → 周记' })
      .filter({ has: page.getByRole('button', { name: '撤回这次改动' }) })
      .getByRole('button', { name: '撤回这次改动' })
      .click();
    await page.getByText('经营者：周记 → 林记').waitFor();
    expect(await operatorOf(premises)).toBe('林记');
    await page.goto('/field/sos');
    await page.getByRole('heading', { name: /的求助已发出/u }).waitFor();

    // Entered once: every department's own sheet says it.
    await tab(page, '走访').click();
    await page.getByRole('link', { name: /高龄老人走访/u }).click();
    await page.getByRole('heading', { name: '各部门的表' }).waitFor();
    await looksRight(page);
    await readSheets(page);
  });
  const { premises: registered } = await ask<{ premises: PremisesView[] }>(
    gridLeadA,
    `/premises?words=${encodeURIComponent('康乐路14号')}`,
  );
  expect(registered.map(({ name, kind, fields }) => [name, kind, fields.operator])).toEqual([['光明电动车行二店', 'shop', '周记']]);
  const handled = await ask<CaseView>(gridWorkerA, `/cases/${caseId}`);
  expect(handled.record.map(({ action }) => action)).toEqual(expect.arrayContaining(['acknowledge', 'resolve']));
  expect((await ask<CaseView>(gridLeadA, `/cases/${joined}`)).tasks.map(({ status, words }) => [status, words])).toEqual([
    ['done', '请先去拉警戒线'],
  ]);
  // Both originals, and the sheet with both of them.
  expect(handled.record.find(({ action }) => action === 'resolve')!.files).toHaveLength(3);
  const { visits, patrols } = await ask<Bundle>(gridWorkerA, '/field/bundle');
  expect(visits.map(({ status, fields, caseIds }) => [status, fields.name, caseIds.length])).toEqual([['done', '陈某', 1]]);
  // What was signed and spoken came whole.
  const { id: visitId, fields } = visits[0]!;
  for (const [field, type] of [
    ['signature', 'image/png'],
    ['spoken', 'audio/webm'],
  ] as const) {
    const file = await product.server.as(gridWorkerA, { url: `/api/v1/field/files/visit/${visitId}/${(fields[field] as string[])[0]}` });
    expect([file.statusCode, file.headers['content-type'], file.rawPayload.length > 200]).toEqual([200, type, true]);
  }
  const found = await Promise.all(patrols[0]!.findings.map(({ caseId: id }) => ask<CaseView>(gridWorkerA, `/cases/${id}`)));
  expect(found.map(({ stage }) => stage).sort()).toEqual(['filed', 'settled']);
  await page.context().close();
});

test.each([
  ['the worker first', ['worker', 'lead']],
  ['the lead first', ['lead', 'worker']],
] as const)(
  'two phones write in one record without a network; %s in the network: both values are told, and what is decided stands',
  async (_, order) => {
    const { gridWorkerA, gridLeadA } = product.server.world.people;
    const id = await makeRecord(product.server, gridLeadA, 'premises', { operator: '陈记' });
    const phones = { worker: await phoneOf(gridWorkerA), lead: await phoneOf(gridLeadA) };
    const wrote = { worker: '周记', lead: '林记' };
    for (const who of ['worker', 'lead'] as const) {
      const page = phones[who];
      await offline(page);
      await page.goto(`/field/premises/${id}`);
      await page.getByLabel('经营者', { exact: false }).fill(wrote[who]);
      await page.getByRole('button', { name: '保存' }).click();
      await page.getByText('已保存，等着送出。').waitFor();
    }
    const [first, second] = order;
    await withPicture(phones[second], `field-two-${second}`, async () => {
      await phones[first].context().setOffline(false);
      await expect.poll(() => operatorOf(id), { timeout: 30_000 }).toBe(wrote[first]);
      await phones[second].context().setOffline(false);
      const card = phones[second].getByRole('region', { name: /两个人改了同一处/u });
      await card.getByText(wrote[first], { exact: true }).waitFor();
      await card.getByText(wrote[second], { exact: true }).waitFor();
      // Nothing was written over, and nothing was lost.
      expect(await operatorOf(id)).toBe(wrote[first]);
      await card.getByLabel(wrote[second], { exact: false }).check();
      await card.getByRole('button', { name: '就这样定' }).click();
      await card.waitFor({ state: 'detached' });
      await expect.poll(() => operatorOf(id), { timeout: 30_000 }).toBe(wrote[second]);
    });
    await Promise.all(Object.values(phones).map((page) => page.context().close()));
  },
);

test('signing out leaves nothing of the work on the phone; who signs in with a password writes a visit with keys alone', async () => {
  const { gridWorkerA } = product.server.world.people;
  const [username, password] = ['zhou-six', 'a password of length'];
  await addUser(product.server.deps, { username, password, name: '周某', postIds: gridWorkerA.posts.map(({ postId }) => postId) });
  const page = await phoneOf(gridWorkerA);
  await withPicture(page, 'field-leave', async () => {
    await page.getByRole('button', { name: '退出登录' }).click();
    await page.getByRole('alertdialog', { name: '退出登录' }).getByRole('button', { name: '退出登录' }).click();
    await page.getByRole('heading', { name: '外勤登录' }).waitFor();
    await looksRight(page);
    const left = await page.evaluate(async () => {
      const count = (name: string): Promise<number> =>
        new Promise((resolve, reject) => {
          const opening = indexedDB.open(name, 1);
          opening.onerror = () => reject(opening.error);
          opening.onsuccess = () => {
            const counting = opening.result.transaction('items', 'readonly').objectStore('items').count();
            counting.onsuccess = () => resolve(counting.result);
          };
        });
      return [await count('tongxin-field'), await count('tongxin-field-outbox')];
    });
    expect(left).toEqual([0, 0]);

    const type = async (label: string, words: string): Promise<void> => {
      await tabTo(page, page.getByLabel(label, { exact: false }));
      await page.keyboard.type(words);
    };
    const press = async (name: string | RegExp, key: 'Enter' | 'Space' = 'Enter', role: 'button' | 'link' | 'radio' = 'button') => {
      await tabTo(page, page.getByRole(role, { name, exact: true }).first());
      await page.keyboard.press(key);
    };
    await type('账号', username);
    await type('密码', 'not the password');
    await page.keyboard.press('Enter');
    await page.getByText('账号或密码不对。').waitFor();
    await tabTo(page, page.getByLabel('密码'));
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type(password);
    await page.keyboard.press('Enter');
    await page.getByText('资料更新于', { exact: false }).waitFor();
    await press('走访', 'Enter', 'link');
    await page.getByRole('heading', { name: '走访', exact: true }).waitFor();
    await press('高龄老人走访');
    await type('地址', '康乐路9号');
    await press('愿意', 'Space', 'radio');
    await press('开始填写');
    await type('姓名', '黄某');
    await press('是', 'Space', 'radio');
    await press('完成');
    await page.getByText('已完成，等着送出。').waitFor();
    const finished = "select count(*)::int as n from visit where status = 'done'";
    await expect.poll(async () => (await product.server.db.pools.maintenance.query(finished)).rows[0].n, { timeout: 30_000 }).toBe(2);
  });
  await page.context().close();
});
