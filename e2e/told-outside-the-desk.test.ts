import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mailSender } from '@tongxin/server/platform/messages/mail.ts';
import { pushSender } from '@tongxin/server/platform/messages/push.ts';
import { smsSender } from '@tongxin/server/platform/messages/sms.ts';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityFindings, bootProduct, closeBrowser, overhang, type Product, settled, withPicture } from './browser.ts';

/** A resident asks for an SMS, gets it, follows its link and ends it with one tap; a dispatcher proves a mail address and is written to. */
let product: Product;
let gateway: Server;
let smtp: SMTPServer;
const texts: string[] = [];
const letters: string[] = [];
const portOf = (listening: { address(): AddressInfo | string | null }): number => (listening.address() as AddressInfo).port;

beforeAll(async () => {
  gateway = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      texts.push((JSON.parse(Buffer.concat(parts).toString('utf8')) as { text: string }).text);
      response.end();
    });
  }).listen(0, '127.0.0.1');
  await once(gateway, 'listening');
  smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _session, done) => void simpleParser(stream).then(({ text }) => done(void letters.push(text!))),
  });
  await new Promise<void>((done) => void smtp.listen(0, '127.0.0.1', done));
  product = await bootProduct({
    now: '2026-09-28T02:00:00.000Z',
    messages: {
      sms: smsSender({ url: `http://127.0.0.1:${portOf(gateway)}`, keyId: 'k', secret: 'a shared secret', templates: {}, perMinute: 60 }),
      mail: mailSender({ url: `smtp://127.0.0.1:${portOf(smtp.server)}`, from: 'notices@city.example', tls: 'none', perMinute: 60 }),
      push: pushSender({ contact: 'mailto:duty@city.example', allowed: [], perMinute: 60 }, Buffer.alloc(32, 7).toString('base64')),
    },
  });
});
afterAll(async () => {
  await product?.close();
  gateway?.close();
  await new Promise<void>((done) => smtp?.close(() => done()));
  await closeBrowser();
});

test('a resident hears by SMS that the lamp is taken up, follows its link, and ends it with one tap', async () => {
  const page = await product.open({ size: 'phone' });
  await withPicture(page, 'told-resident', async () => {
    await page.goto('/report');
    await page.getByLabel('什么事？').fill('路灯不亮');
    await page.getByLabel('地址').fill('兴中道 5 号门前');
    expect(await page.getByLabel('有进展时发短信告诉我').count()).toBe(0);
    await page.getByRole('textbox', { name: '电话' }).fill('13812345678');
    await page.getByLabel('有进展时发短信告诉我').check();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('button', { name: '提交', exact: true }).click();
    await page.getByText('收到了，谢谢您').waitFor();
    const { rows } = await product.server.db.pools.maintenance.query<{ case_id: string }>('select case_id from cases');
    const accepted = await product.server.as(product.server.world.people.hotlineDispatcher, {
      method: 'POST',
      url: `/api/v1/cases/${rows[0]!.case_id}/actions`,
      body: { commandId: v7(), action: 'accept', version: 1 },
    });
    expect(accepted.statusCode, accepted.body).toBe(200);
    await expect.poll(() => texts, { timeout: 30_000 }).toEqual([expect.stringContaining('已受理，正在安排承办单位。')]);
    const path = new URL(/http\S+$/u.exec(texts[0]!)![0]).pathname;
    await page.goto(path);
    const wish = page.getByLabel('有进展时发短信告诉我');
    await wish.waitFor();
    expect(await wish.isChecked()).toBe(true);
    await page.getByText('按您的意愿发送短信通知', { exact: false }).waitFor();
    expect([await accessibilityFindings(page), await overhang(page)]).toEqual([[], 0]);
    await wish.uncheck();
    await page.getByText('已关闭，不会再发。').waitFor();
    await page.reload();
    await wish.waitFor();
    expect(await wish.isChecked()).toBe(false);
  });
});

test('a dispatcher proves a mail address in the settings and is written to of the next report', async () => {
  const page = await product.open({ as: product.server.world.people.dispatcherA });
  await withPicture(page, 'told-staff', async () => {
    await page.goto('/desk/notices/settings');
    await page.getByLabel('邮箱地址').fill('duty@office.example');
    await page.getByRole('button', { name: '发送确认码' }).click();
    await page.getByText('确认码已发出', { exact: false }).waitFor();
    await expect.poll(() => letters.length, { timeout: 30_000 }).toBe(1);
    await page.getByLabel('确认码', { exact: true }).fill('AAAA-AAAA-AAAA');
    await page.getByRole('button', { name: '确认', exact: true }).click();
    await page.getByRole('alert').first().waitFor();
    await page.getByLabel('确认码', { exact: true }).fill(/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/u.exec(letters[0]!)![0]);
    await page.getByRole('button', { name: '确认', exact: true }).click();
    await page.getByText('已确认，以后的提醒', { exact: false }).waitFor();
    await settled(page);
    expect([await accessibilityFindings(page), await overhang(page)]).toEqual([[], 0]);
    const filed = await product.server.as('anonymous', {
      method: 'POST',
      url: '/api/v1/cases',
      body: { id: v7(), text: '垃圾桶满了', point: product.server.world.points.inA11 },
    });
    expect(filed.statusCode, filed.body).toBe(201);
    await expect.poll(() => letters.at(-1), { timeout: 30_000 }).toContain(`有事项待您办理：${filed.json().number}`);
    await page.getByRole('button', { name: '停用' }).click();
    await page.getByLabel('邮箱地址').waitFor();
  });
});
