import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CaseView } from '@tongxin/domain/case/view.ts';
import type { WorldPerson } from '@tongxin/testing/world.ts';
import type { Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bootProduct, closeBrowser, type Product, withPicture } from './browser.ts';

/**
 * A report with photos, from a phone without a network to its end; then the same with the network cut at every request in turn: before the
 * server heard of it, and after it answered but before the phone heard.
 */
interface Cut {
  readonly at: number;
  readonly when: 'before' | 'after';
}

/** What stands between phone and server: it counts what is asked, and can break off. Pictures that are only looked at are not counted. */
const network = () => {
  let [asked, down] = [0, false];
  let [cut, counting]: [Cut | undefined, boolean] = [undefined, false];
  let tell = (): void => {};
  let wentDown = new Promise<void>((done) => {
    tell = done;
  });
  const breakOff = (): void => {
    down = true;
    tell();
  };
  const proxy: Server = createServer((incoming, answer) => {
    const { method, url = '', headers } = incoming;
    const counted = counting && url.startsWith('/api/v1/') && !(method === 'GET' && url.includes('/files/'));
    if (counted && !down) asked += 1;
    const isCut = counted && !down && cut?.at === asked;
    if (isCut && cut?.when === 'before') breakOff();
    if (down) return void incoming.socket.destroy();
    const passed = request({ host: '127.0.0.1', port: new URL(product.base).port, method, path: url, headers }, (upstream) => {
      const parts: Buffer[] = [];
      upstream.on('data', (part: Buffer) => parts.push(part));
      upstream.on('end', () => {
        if (isCut) breakOff();
        if (down) return void incoming.socket.destroy();
        answer.writeHead(upstream.statusCode!, upstream.headers).end(Buffer.concat(parts));
      });
    });
    passed.on('error', () => incoming.socket.destroy());
    incoming.pipe(passed);
  });
  return {
    listen: () => new Promise<void>((done) => void proxy.listen(0, '127.0.0.1', done)),
    address: () => `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    close: () => {
      proxy.closeAllConnections();
      proxy.close();
    },
    count: (at?: Cut) => {
      [asked, counting, cut] = [0, true, at];
    },
    asked: () => asked,
    isDown: () => down,
    goesDown: () => wentDown,
    /** The signal is back; it is cut once and no more. */
    up: () => {
      [down, cut] = [false, undefined];
      wentDown = new Promise((done) => {
        tell = done;
      });
    },
  };
};

let product: Product;
let line: ReturnType<typeof network>;
beforeAll(async () => {
  product = await bootProduct();
  line = network();
  await line.listen();
});
afterAll(async () => {
  line?.close();
  await product?.close();
  await closeBrowser();
});

const call = async <T>(who: WorldPerson, url: string, method: 'GET' | 'POST' | 'PUT' = 'GET', body?: unknown, headers = {}): Promise<T> => {
  const answer = await product.server.as(who, { method, url: `/api/v1${url}`, ...(body === undefined ? {} : { body }), headers });
  expect(answer.statusCode, `${method} ${url} ${answer.body}`).toBeLessThan(300);
  return answer.json();
};
const act = async (who: WorldPerson, id: string, action: string, input: object = {}, fileIds: string[] = []): Promise<void> => {
  const { version } = await call<CaseView>(who, `/cases/${id}`);
  await call(who, `/cases/${id}/actions`, 'POST', { commandId: v7(), action, version, input, ...(fileIds.length ? { fileIds } : {}) });
};
const rows = async <T extends object>(sql: string, values: unknown[]): Promise<T[]> =>
  (await product.server.db.pools.maintenance.query<T>(sql, values)).rows;

/** Everything the offices do until there is an answer. */
const answerIt = async (id: string): Promise<void> => {
  const { people, organizations } = product.server.world;
  await act(people.dispatcherA, id, 'accept');
  await act(people.dispatcherA, id, 'dispatch', { organizationId: organizations.bodyA.organizationId });
  await act(people.handlerA, id, 'acknowledge');
  await act(people.handlerA, id, 'firstContact', { means: 'telephone', outcome: 'reached' });
  const after = v7();
  await call(people.handlerA, `/cases/${id}/files/${after}`, 'PUT', await picture('green'), {
    'content-type': 'image/png',
    'x-kind': 'photo',
  });
  await act(people.handlerA, id, 'resolve', { reply: '已更换灯具。' }, [after]);
  await act(people.verifierA, id, 'verifyPass', { method: 'picture' });
  await act(people.dispatcherA, id, 'answer', { reply: '路灯已修好，感谢您的反映。' });
};

const picture = (colour: string): Promise<Buffer> =>
  sharp({ create: { width: 60, height: 60, channels: 3, background: colour } })
    .png()
    .toBuffer();

/** Waits for what is to be seen. Where the line broke, the phone gets its signal back and the person tries again. */
const through = async (page: Page, seen: Locator, again: () => Promise<unknown>): Promise<void> => {
  const first = await Promise.race([seen.waitFor().then(() => 'seen'), line.goesDown().then(() => 'down')]);
  if (first === 'down') {
    await page.context().setOffline(true);
    await page.locator('p.offline').waitFor();
    line.up();
    await page.context().setOffline(false);
    await again();
  }
  await seen.waitFor();
};

/** One report from the form to its end. Answers how many requests the phone made. */
const journey = async (text: string, cut?: Cut): Promise<number> => {
  const { people } = product.server.world;
  line.up();
  const page = await product.open({ size: 'phone' });
  const picturesName = `cut-${cut ? `${cut.when}-${cut.at}` : 'none'}`;
  const asked = await withPicture(page, picturesName, async () => {
    // Both pieces of the portal have come before the signal goes.
    await page.goto(`${line.address()}/track`);
    await page.getByRole('heading', { name: '查进度' }).waitFor();
    await page.getByRole('link', { name: '同心' }).click();
    await page.getByRole('link', { name: '报一件事' }).click();
    await page.getByText('从列表里选').click();
    await page.getByLabel('镇街').selectOption({ label: '甲镇' });
    await page.getByLabel('村（社区）').selectOption({ label: '甲一社区' });
    await page.getByLabel('附近的设施').selectOption({ label: '路灯1号' });
    await page.context().setOffline(true);
    await page.getByLabel('什么事？').fill(text);
    const photos = await Promise.all(['red', 'blue'].map(picture));
    await page
      .locator('input[type=file]')
      .last()
      .setInputFiles(photos.map((buffer, i) => ({ name: `${i}.png`, mimeType: 'image/png', buffer })));
    await page.getByRole('img', { name: '第 2 张照片' }).waitFor();
    await page.getByRole('textbox', { name: '电话' }).fill('13800000000');
    await page.getByRole('button', { name: '提交', exact: true }).click();
    await page.getByRole('heading', { name: '还没送出去' }).waitFor();
    line.count(cut);
    await page.context().setOffline(false);
    await through(page, page.getByText('收到了，谢谢您'), async () => {});

    const found = await rows<{ case_id: string }>('select case_id from cases where title = $1', [text]);
    expect(found.length).toBe(1);
    const id = found[0]!.case_id;
    await answerIt(id);

    await page.getByRole('link', { name: '看进度', exact: true }).click();
    await through(page, page.getByText('路灯已修好，感谢您的反映。'), () => page.reload());
    const tap = page.getByRole('button', { name: '满意', exact: true });
    await through(page, tap, () => page.reload());
    await tap.click();
    await through(page, page.getByText('已经提交。'), () => tap.click());
    await act(people.dispatcherA, id, 'close');
    await page.getByRole('button', { name: '刷新' }).click();
    await through(page, page.getByText('已办结', { exact: true }), () => page.reload());

    const [counted] = await rows<{ files: number; pending: number; rated: number; stage: string }>(
      `select c.stage, (select count(*)::int from file f where f.case_id = c.case_id and 'reporter' = any (f.seen_by)) as files,
         (select count(*)::int from file_pending p where p.case_id = c.case_id) as pending,
         (select count(*)::int from events e where e.case_id = c.case_id and e.header::jsonb->'header'->>'action' = 'rate') as rated
       from cases c where c.case_id = $1`,
      [id],
    );
    expect(counted).toEqual({ stage: 'closed', files: 2, pending: 0, rated: 1 });
    expect((await rows('select 1 from cases where title = $1', [text])).length).toBe(1);
    return line.asked();
  });
  await page.context().close();
  return asked;
};

let boundaries = 0;
test('a report with photos from a phone without a network appears at the desk, is answered, rated and closed', async () => {
  boundaries = await journey('北门坡道旁路灯不亮');
  const desk = await product.open({ as: product.server.world.people.dispatcherA });
  await withPicture(desk, 'cut-desk', async () => {
    const [{ case_id: id }] = (await rows<{ case_id: string }>('select case_id from cases where title = $1', ['北门坡道旁路灯不亮'])) as [
      { case_id: string },
    ];
    await desk.goto(`/desk/cases/${id}`);
    await desk.getByText('北门坡道旁路灯不亮').first().waitFor();
    expect(await desk.locator('.files img').count()).toBeGreaterThanOrEqual(2);
  });
  expect(boundaries).toBeGreaterThan(5);
});

test.each(['before', 'after'] as const)(
  'with the line cut at each request in turn, %s the server has it: one case each time, no photo lost, rated once',
  async (when) => {
    for (let at = 1; at <= boundaries; at++) await journey(`第${at}处路灯不亮${when === 'before' ? '甲' : '乙'}`, { at, when });
  },
  600_000,
);
