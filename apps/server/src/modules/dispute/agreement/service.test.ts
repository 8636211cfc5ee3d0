import { spawnSync } from 'node:child_process';
import type { CaseView } from '@tongxin/domain/case/view.ts';
import { draftOf } from '@tongxin/domain/dispute/agreement/rules.ts';
import type { AgreementText, AgreementView, Term } from '@tongxin/domain/dispute/agreement/schema.ts';
import type { DisputeReceipt } from '@tongxin/domain/dispute/schema.ts';
import type { DocumentsView } from '@tongxin/domain/document/view.ts';
import type { DossierView } from '@tongxin/domain/dossier/schema.ts';
import { type Caller, type TestServer, testServer } from '@tongxin/testing/server.ts';
import { WORLD } from '@tongxin/testing/world.ts';
import ExcelJS from 'exceljs';
import { unzipSync } from 'fflate';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { manifests } from '../../../modules.ts';
import { settleFeed } from '../../../platform/feed/feed.ts';
import type { Outgoing, Sent } from '../../../platform/messages/sender.ts';
import { tellDue } from '../../clock/index.ts';
import { sendWaiting } from '../../message/index.ts';
import { verifyRecord } from '../../record/index.ts';

const { people, areas } = WORLD;
let server: TestServer;
const sent: Outgoing[] = [];
beforeAll(async () => {
  const send = async (message: Outgoing): Promise<Sent> => {
    sent.push(message);
    return { ok: true };
  };
  server = await testServer({ messages: { sms: { perMinute: 100, send } } });
});
afterAll(() => server.close());

const call = (caller: Caller, path: string, body?: unknown) =>
  server.as(caller, { url: `/api/v1${path}`, ...(body === undefined ? {} : { method: 'POST', body }) });
const ok = async <T>(caller: Caller, path: string, body?: unknown): Promise<T> => {
  const answer = await call(caller, path, body);
  expect(answer.statusCode, `${path} ${answer.body}`).toBeLessThan(300);
  return answer.json<T>();
};
const refusal = async (caller: Caller, path: string, body?: unknown): Promise<[number, string]> => {
  const answer = await call(caller, path, body);
  return [answer.statusCode, answer.json<{ code: string }>().code];
};
const PIXEL = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64');
const command = () => ({ commandId: v7() });
const { mediatorA } = people;

interface Quarrel {
  readonly id: string;
  readonly codes: readonly string[];
  readonly sides: readonly string[];
}
const THEN = '2026-10-12T02:00:00.000Z';
const quarrel = async (more: Readonly<Record<string, unknown>> = {}): Promise<Quarrel> => {
  server.deps.clock.set(THEN);
  const made = await ok<DisputeReceipt>(mediatorA, '/disputes', {
    id: v7(),
    kind: 'neighbour',
    origin: 'applied',
    areaId: areas.gridA11.areaId,
    facts: '楼上漏水，楼下天花板发霉',
    parties: [{ name: '赵甲' }, { name: '钱乙' }],
    mediatedOn: '2026-10-12',
    outcome: 'goesOn',
    ...more,
  });
  const { sides } = await ok<AgreementView>(mediatorA, `/disputes/${made.id}/agreement`);
  expect(sides.map(({ letter }) => letter)).toEqual(['甲方', '乙方']);
  return { id: made.id, codes: made.queryCodes, sides: sides.map(({ partyId }) => partyId) };
};
const pay = ({ sides: [down, up] }: Quarrel, amount: number, dueOn: string): Term => ({ kind: 'pay', by: up!, to: down!, amount, dueOn });
const instalments = (q: Quarrel): Term[] => ['2026-10-25', '2026-11-25', '2026-12-25'].map((day) => pay(q, 160_000, day));
const whole = (q: Quarrel): AgreementText => ({
  ...draftOf({ terms: instalments(q) }, q.sides, '楼上卫生间漏水，楼下天花板污损。'),
  parties: q.sides.map((partyId, index) => ({ partyId, name: ['赵甲', '钱乙'][index]! })),
  responsibility: '漏水由乙方防水层失效引起。',
  way: '银行转账。',
});
const stageOf = async (id: string): Promise<string> => (await ok<AgreementView>(mediatorA, `/disputes/${id}/agreement`)).stage;
const written = async (q: Quarrel): Promise<AgreementView> => {
  await ok(mediatorA, `/disputes/${q.id}/text`, { after: 0, text: whole(q) });
  await ok(mediatorA, `/disputes/${q.id}/writing`, command());
  return ok<AgreementView>(mediatorA, `/disputes/${q.id}/agreement`);
};
/** Prints the agreement and photographs it back in. */
const printed = async (id: string): Promise<string> => {
  const [documentId, fileId] = [v7(), v7()];
  await ok(mediatorA, `/disputes/${id}/papers`, { ...command(), documentId, kind: 'agreement' });
  const up = await server.as(mediatorA, {
    method: 'PUT',
    url: `/api/v1/cases/${id}/files/${fileId}`,
    body: PIXEL,
    headers: { 'content-type': 'image/png', 'x-kind': 'document' },
  });
  expect(up.statusCode, up.body).toBeLessThan(300);
  await ok(mediatorA, `/cases/${id}/documents/${documentId}/signed`, { ...command(), fileIds: [fileId] });
  return documentId;
};
const inForce = async (more: Readonly<Record<string, unknown>> = {}): Promise<Quarrel> => {
  const q = await quarrel(more);
  await written(q);
  const documentId = await printed(q.id);
  await ok(mediatorA, `/disputes/${q.id}/signatures`, { documentId, signers: [...q.sides, 'mediator', 'seal'], readBack: true });
  server.deps.clock.set('2026-10-20T02:00:00.000Z');
  await ok(mediatorA, `/disputes/${q.id}/effect`, { ...command(), effectiveOn: '2026-10-20' });
  return q;
};

const PHONES = ['13610000001', '13610000002'];
const withPhones = {
  parties: [
    { name: '赵甲', phone: PHONES[0] },
    { name: '钱乙', phone: PHONES[1] },
  ],
};
/** A code for signing, as the telephone of a side shows it. */
const codeFor = async (q: Quarrel, side: number, digest: string): Promise<string> => {
  await ok('anonymous', `/receipts/${q.codes[side]}/signature/code`, { digest });
  return server.deps.codes.codeFor(`+86${PHONES[side]}`)!;
};
/** Somebody who signs in by a telephone, in a browser of their own. */
const signedInBy = async (phoneNumber: string) => {
  const auth = (path: string, payload: object) => server.app.inject({ method: 'POST', url: `/api/auth${path}`, payload });
  await auth('/phone-number/send-otp', { phoneNumber });
  const { cookies } = await auth('/phone-number/verify', { phoneNumber, code: server.deps.codes.codeFor(`+86${phoneNumber}`)! });
  const cookie = cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('; ');
  return (payload: object) => server.app.inject({ method: 'POST', url: '/api/v1/me/signatures', payload, headers: { cookie } });
};

describe('offers stand side by side', () => {
  test('what a side told the mediator is kept from the other until it is passed on; a counter-offer answers it; one that all accept is the draft', async () => {
    const q = await quarrel();
    const [down, up] = q.sides as [string, string];
    const first = { id: v7(), by: up, terms: [pay(q, 300_000, '2026-11-01')] };
    expect(await refusal(mediatorA, `/disputes/${q.id}/offers`, { ...first, by: v7() })).toEqual([422, 'unknownParty']);
    await ok(mediatorA, `/disputes/${q.id}/offers`, first);
    const seen = (n: number) => ok<AgreementView>('anonymous', `/receipts/${q.codes[n]}/agreement`);
    expect([(await seen(0)).offers.length, (await seen(1)).offers.length]).toEqual([0, 1]);
    expect(await refusal('anonymous', `/receipts/${q.codes[0]}/offers/${first.id}/answer`, { accepts: true })).toEqual([
      422,
      'unknownOffer',
    ]);
    await ok(mediatorA, `/disputes/${q.id}/offers/${first.id}/answers`, { partyId: down, accepts: false });
    expect([(await seen(0)).offers.length, (await seen(1)).offers[0]!.refused]).toEqual([0, []]);
    await ok(mediatorA, `/disputes/${q.id}/offers/${first.id}/convey`, {});
    expect((await seen(1)).offers[0]!.refused).toEqual([down]);
    expect((await seen(0)).offers).toHaveLength(1);
    await ok('anonymous', `/receipts/${q.codes[0]}/offers/${first.id}/answer`, { accepts: false });
    const counter = { id: v7(), answersTo: first.id, terms: instalments(q) };
    await ok('anonymous', `/receipts/${q.codes[0]}/offers`, counter);
    await ok('anonymous', `/receipts/${q.codes[0]}/offers`, counter);
    const other = { ...counter, terms: [pay(q, 1, '2026-11-01')] };
    expect(await refusal('anonymous', `/receipts/${q.codes[0]}/offers`, other)).toEqual([409, 'idTaken']);
    expect(await refusal('anonymous', `/receipts/${q.codes[0]}/offers/${counter.id}/answer`, { accepts: true })).toEqual([
      409,
      'offerIsOwn',
    ]);
    const { offers } = await ok<AgreementView>('anonymous', `/receipts/${q.codes[1]}/offers/${counter.id}/answer`, { accepts: true });
    expect(offers.map(({ by, accepted, refused }) => [by, accepted, refused])).toEqual([
      [up, [], [down]],
      [down, [up], []],
    ]);
  });
});

describe('an agreement is written', () => {
  test('not while the rules find fault, nor over a newer text; nobody else learns of it', async () => {
    const q = await quarrel();
    const path = `/disputes/${q.id}`;
    expect(await refusal(mediatorA, `${path}/writing`, command())).toEqual([409, 'agreementMissing']);
    await ok(mediatorA, `${path}/text`, { after: 0, text: { ...whole(q), total: 1 } });
    expect(await refusal(mediatorA, `${path}/writing`, command())).toEqual([409, 'agreementUnfit']);
    expect(await refusal(mediatorA, `${path}/text`, { after: 0, text: whole(q) })).toEqual([409, 'textChanged']);
    const saved = { after: 1, text: whole(q) };
    await ok(mediatorA, `${path}/text`, saved);
    expect((await ok<AgreementView>(mediatorA, `${path}/text`, saved)).text!.version).toBe(2);
    expect((await ok<AgreementView>('anonymous', `/receipts/${q.codes[0]}/agreement`)).text).toBeUndefined();
    expect(await refusal(mediatorA, `/cases/${q.id}/actions`, { ...command(), action: 'putInWriting', version: 1 })).toEqual([
      409,
      'actionHasOwnDoor',
    ]);
    await ok(mediatorA, `${path}/writing`, command());
    const read = await ok<AgreementView>('anonymous', `/receipts/${q.codes[0]}/agreement`);
    expect(read.text!.lines).toContain('以上款项共计人民币4800元（大写：肆仟捌佰元整）。');
    expect(await refusal(people.mediatorA2, `${path}/agreement`)).toEqual([404, 'notFound']);
  });

  test('and revised: what was signed of it counts no more', async () => {
    const q = await quarrel(withPhones);
    const { text } = await written(q);
    const { digest } = text!;
    await ok('anonymous', `/receipts/${q.codes[0]}/signature`, { name: '赵甲', digest, agrees: true, code: await codeFor(q, 0, digest) });
    await ok(mediatorA, `/disputes/${q.id}/revision`, command());
    const changed = { ...whole(q), way: '现金。' };
    const { text: next } = await ok<AgreementView>(mediatorA, `/disputes/${q.id}/text`, { after: 1, text: changed });
    expect([next!.version, next!.signatures]).toEqual([2, []]);
  });
});

describe('it is signed', () => {
  test('on screen under one’s own name and the very words; on paper with its pages back; in force when nobody lacks (人民调解法 第三十条)', async () => {
    const q = await quarrel(withPhones);
    const { text } = await written(q);
    const { digest } = text!;
    const sign = `/receipts/${q.codes[0]}/signature`;
    const own = { name: '赵甲', digest, agrees: true };
    expect(await refusal('anonymous', `${sign}/code`, { digest: 'a'.repeat(64) })).toEqual([409, 'textChanged']);
    const code = await codeFor(q, 0, digest);
    expect(await refusal('anonymous', sign, { ...own, name: '钱乙', code })).toEqual([422, 'nameDiffers']);
    expect(await refusal('anonymous', sign, { ...own, digest: 'a'.repeat(64), code })).toEqual([409, 'textChanged']);
    const signed = await ok<AgreementView>('anonymous', sign, { ...own, code });
    expect(signed.text!.signatures).toMatchObject([{ signer: q.sides[0], way: 'screen', provedBy: 'code' }]);
    const again = await ok<AgreementView>('anonymous', sign, { ...own, code });
    expect(again.text!.signatures).toEqual(signed.text!.signatures);
    expect(await refusal('anonymous', `${sign}/code`, { digest })).toEqual([409, 'signedAlready']);
    const effect = { ...command(), effectiveOn: '2026-10-12' };
    expect(await refusal(mediatorA, `/disputes/${q.id}/effect`, effect)).toEqual([409, 'signatureMissing']);

    const rest = { signers: [q.sides[1], 'mediator', 'seal'], readBack: true };
    const unsigned = v7();
    await ok(mediatorA, `/disputes/${q.id}/papers`, { ...command(), documentId: unsigned, kind: 'agreement' });
    expect(await refusal(mediatorA, `/disputes/${q.id}/signatures`, { documentId: unsigned, ...rest })).toEqual([409, 'paperNotBack']);
    const documentId = await printed(q.id);
    const word = await call(mediatorA, `/cases/${q.id}/documents/${documentId}/docx`);
    const xml = Buffer.from(unzipSync(word.rawPayload)['word/document.xml']!).toString('utf8');
    expect([xml.includes('甲方已于2026年10月12日'), xml.includes('乙方已于')]).toEqual([true, false]);
    await ok(mediatorA, `/disputes/${q.id}/signatures`, { documentId, ...rest });
    expect(await refusal(mediatorA, `/disputes/${q.id}/effect`, { ...command(), effectiveOn: '2026-10-13' })).toEqual([
      422,
      'dateInFuture',
    ]);
    expect(await refusal(mediatorA, `/disputes/${q.id}/effect`, { ...command(), effectiveOn: '2026-10-11' })).toEqual([422, 'dateInPast']);
    await ok(mediatorA, `/disputes/${q.id}/effect`, effect);
    await ok(mediatorA, `/disputes/${q.id}/effect`, effect);
    const view = await ok<CaseView>(mediatorA, `/cases/${q.id}`);
    expect(view.stage).toBe('effective');
    expect(view.clocks.find(({ clock }) => clock === 'confirmation')?.dueAt).toBe('2026-11-11T15:59:59.999Z');
    expect(view.clocks.find(({ clock }) => clock === 'performance')?.dueAt).toBe('2026-10-25T15:59:59.999Z');
    const { issued } = await ok<DocumentsView>(mediatorA, `/cases/${q.id}/documents`);
    expect(issued.map(({ number }) => number)).toEqual(
      issued.map((_, n) => expect.stringMatching(new RegExp(`^（2026）.*人调字第${n + 1}号$`))),
    );
  });

  test('by nobody who has name and query code alone: with the code sent to one’s own telephone, once, for these words, or by one’s own account', async () => {
    const q = await quarrel(withPhones);
    const { digest } = (await written(q)).text!;
    const other = await quarrel(withPhones);
    const { digest: otherDigest } = (await written(other)).text!;
    const [sign, own] = [`/receipts/${q.codes[0]}/signature`, { name: '赵甲', digest, agrees: true }];
    expect(await refusal('anonymous', sign, own)).toEqual([400, 'invalidInput']);
    const stray = [await codeFor(q, 1, digest), await codeFor(other, 0, otherDigest), await codeFor(q, 0, digest)];
    // Whatever came by chance is no proof of the rest.
    const wrong = ['000000', '111111', '222222', '333333'].filter((one) => !stray.includes(one));
    for (const code of [...stray.slice(0, 2).filter((one) => one !== stray[2]), wrong[0]])
      expect(await refusal('anonymous', sign, { ...own, code })).toEqual([422, 'wrongCode']);
    expect(await refusal('anonymous', sign, { ...own, code: stray[2] })).toEqual([429, 'tooManyRequests']);
    // A code for signing in is none for signing, nor the other way round.
    await server.app.inject({ method: 'POST', url: '/api/auth/phone-number/send-otp', payload: { phoneNumber: PHONES[0] } });
    expect(await refusal('anonymous', sign, { ...own, code: server.deps.codes.codeFor(`+86${PHONES[0]}`) })).toEqual([422, 'wrongCode']);
    const old = await codeFor(q, 0, digest);
    await server.db.pools.auth.query(`update auth.verification set "expiresAt" = now() - interval '1 second'`);
    expect(await refusal('anonymous', sign, { ...own, code: old })).toEqual([422, 'wrongCode']);
    const code = await codeFor(q, 0, digest);
    await ok('anonymous', sign, { ...own, code });
    await ok(mediatorA, `/disputes/${q.id}/revision`, command());
    await ok(mediatorA, `/disputes/${q.id}/writing`, command());
    expect(await refusal('anonymous', sign, { ...own, code })).toEqual([422, 'wrongCode']);
    // Each telling is one of the side’s telephone, which reads it in its log; and after some there are no more for a while.
    for (const _ of [1, 2]) await codeFor(q, 0, digest);
    expect(await refusal('anonymous', `${sign}/code`, { digest })).toEqual([429, 'tooManyRequests']);
    const { entries } = await ok<{ entries: { purpose: string; fields: string[] }[] }>('anonymous', `/receipts/${q.codes[0]}/access-log`);
    expect(entries.filter(({ purpose }) => purpose === '按您的要求发送签署验证码')).toHaveLength(5);

    // Somebody else who is signed in is not this side, also with its query code in the account.
    const stranger = await signedInBy('13610000009');
    const asked = { ...own, queryCode: q.codes[0] };
    expect((await stranger(asked)).json()).toMatchObject({ status: 403, code: 'accountNotSide' });
    const counterpart = await signedInBy(PHONES[1]!);
    expect((await counterpart(asked)).json()).toMatchObject({ status: 403, code: 'accountNotSide' });
    await ok(people.residentB, '/me/cases', { code: q.codes[0] });
    expect(await refusal(people.residentB, '/me/signatures', asked)).toEqual([403, 'accountNotSide']);
    expect(await refusal(mediatorA, '/me/signatures', asked)).toEqual([403, 'residentsOnly']);
    const signed = (await (await signedInBy(PHONES[0]!))(asked)).json<AgreementView>();
    expect(signed.text!.signatures).toMatchObject([{ signer: q.sides[0], provedBy: 'account' }]);
    const { record } = await ok<CaseView>(mediatorA, `/cases/${q.id}`);
    expect(JSON.stringify(record)).not.toContain(PHONES[0]);
    // Whose it is, how it was given and under which words stands on the record, for who has the dispute in hand.
    const lines = record.filter(({ type }) => type === 'agreement.signed').map(({ answers }) => answers);
    expect(lines.map((answers) => answers.map(({ value, valueLabel }) => valueLabel?.zh ?? value))).toEqual([
      ['甲方', '屏幕，手机验证码', digest],
      ['甲方', '屏幕，本人账户', digest],
    ]);
    const { rows } = await server.db.pools.maintenance.query<{ header: string }>(
      "select header from events where case_id = $1 and type = 'agreement.signed' order by event_no",
      [q.id],
    );
    expect(rows.map(({ header }) => /"provedBy":"(\w+)"/u.exec(header)?.[1])).toEqual(['code', 'account']);
  });

  test('and a side that signed on screen after the agreement was printed has its proof in the file, without a telephone', async () => {
    const q = await quarrel(withPhones);
    const first = (await written(q)).text!.digest;
    await ok('anonymous', `/receipts/${q.codes[0]}/signature`, {
      name: '赵甲',
      digest: first,
      agrees: true,
      code: await codeFor(q, 0, first),
    });
    const agreementOf = async () =>
      (await ok<DossierView>(mediatorA, `/cases/${q.id}/dossier`)).slots.find(({ slot }) => slot === 'agreement')!;
    // Nothing that is missing is made up for by it, and what was signed before a revision stands for nothing.
    expect((await agreementOf()).items.map(({ kind, title }) => [kind, title])).toEqual([['made', '屏幕签名记录']]);
    await ok(mediatorA, `/disputes/${q.id}/revision`, command());
    expect((await agreementOf()).items).toEqual([]);
    const { digest } = (await ok<AgreementView>(mediatorA, `/disputes/${q.id}/agreement`)).text!;
    await ok(mediatorA, `/disputes/${q.id}/writing`, command());
    const documentId = await printed(q.id);
    await ok('anonymous', `/receipts/${q.codes[1]}/signature`, { name: '钱乙', digest, agrees: true, code: await codeFor(q, 1, digest) });
    expect((await (await signedInBy(PHONES[0]!))({ name: '赵甲', digest, agrees: true, queryCode: q.codes[0] })).statusCode).toBe(200);
    await ok(mediatorA, `/disputes/${q.id}/signatures`, { documentId, signers: ['mediator', 'seal'], readBack: true });
    await ok(mediatorA, `/disputes/${q.id}/effect`, { ...command(), effectiveOn: '2026-10-12' });
    expect((await agreementOf()).items.map(({ kind }) => kind)).toEqual(['paper', 'made']);
    const { rawPayload } = await call(mediatorA, `/cases/${q.id}/dossier/read`, { ...command(), purpose: '核对卷宗' });
    const pages = spawnSync('pdftotext', ['-layout', '-', '-'], { input: rawPayload, encoding: 'utf8' }).stdout.split('\f');
    const bare = pages.map((words) => words.replace(/\s+/gu, ''));
    const at = bare.findIndex((words) => words.includes('本人输入发送到其留下的手机的一次性验证码'));
    // The digest takes two lines beside its name, which stands between them in the words of the page.
    const page = bare[at]!.replaceAll('协议文本校验值', '');
    for (const words of ['屏幕签名记录', '甲方', '乙方', '本人登录自己的账户', '2026年10月12日', digest]) expect(page).toContain(words);
    // Numbered with the whole, and a line of the contents: cover and contents are not counted.
    expect(page.startsWith(String(at - 1)), page).toBe(true);
    expect(bare[1]).toContain(`屏幕签名记录${at - 1}`);
    for (const phone of PHONES) expect(bare.join('')).not.toContain(phone);
  });

  test('on paper by whoever left no telephone, the same as the other side, or one of staff', async () => {
    const work = '13610000003';
    const ownedBy = (index: Buffer | null) =>
      server.db.pools.maintenance.query('update person set phone_index = $1 where person_id = $2', [index, people.mediatorA.personId]);
    await ownedBy(server.deps.crypto.blindIndex('phone', work));
    for (const parties of [
      withPhones.parties.map(({ name }) => ({ name, phone: name === '钱乙' ? work : PHONES[0] })),
      withPhones.parties.map(({ name }) => ({ name })),
      withPhones.parties.map(({ name }) => ({ name, phone: PHONES[0] })),
    ]) {
      const q = await quarrel({ parties });
      const { digest } = (await written(q)).text!;
      expect(await refusal('anonymous', `/receipts/${q.codes[1]}/signature/code`, { digest })).toEqual([409, 'phoneMissing']);
      expect((await ok<AgreementView>('anonymous', `/receipts/${q.codes[1]}/agreement`)).myPhone).toBe(false);
    }
    await ownedBy(null);
  });

  test('on paper by whoever left a landline: none is offered a code, and none is sent, nor is the number opened where that is known', async () => {
    const landline = '0760-88881234';
    const asking = async (known: boolean): Promise<Quarrel> => {
      const q = await quarrel({ parties: withPhones.parties.map((party, n) => (n === 1 ? { ...party, phone: landline } : party)) });
      // As it was written down before it was asked.
      if (!known) await server.db.pools.maintenance.query('update dispute_side set phone_gets_messages = null where case_id = $1', [q.id]);
      const { digest } = (await written(q)).text!;
      expect(await refusal('anonymous', `/receipts/${q.codes[1]}/signature/code`, { digest })).toEqual([409, 'phoneGetsNoMessages']);
      return q;
    };
    const q = await asking(true);
    const phoneOf = async (n: number) => (await ok<AgreementView>('anonymous', `/receipts/${q.codes[n]}/agreement`)).myPhone;
    expect([await phoneOf(0), await phoneOf(1)]).toEqual([true, false]);
    const { entries } = await ok<{ entries: { purpose: string }[] }>('anonymous', `/receipts/${q.codes[1]}/access-log`);
    expect(entries.filter(({ purpose }) => purpose.includes('签署验证码'))).toEqual([]);
    await asking(false);
  });

  test('anew when the same words were taken back and written again, on paper printed since', async () => {
    const q = await quarrel(withPhones);
    const { text } = await written(q);
    const documentId = await printed(q.id);
    const { digest } = text!;
    await ok('anonymous', `/receipts/${q.codes[0]}/signature`, { name: '赵甲', digest, agrees: true, code: await codeFor(q, 0, digest) });
    await ok(mediatorA, `/disputes/${q.id}/revision`, command());
    await ok(mediatorA, `/disputes/${q.id}/writing`, command());
    const { text: again } = await ok<AgreementView>(mediatorA, `/disputes/${q.id}/agreement`);
    expect([again!.digest, again!.signatures]).toEqual([text!.digest, []]);
    const rest = { signers: [...q.sides, 'mediator', 'seal'], readBack: true };
    expect(await refusal(mediatorA, `/disputes/${q.id}/signatures`, { documentId, ...rest })).toEqual([409, 'paperOutdated']);
    await ok(mediatorA, `/disputes/${q.id}/signatures`, { documentId: await printed(q.id), ...rest });
  });
});

/** Applications to the court in the report of October: the last column of its last line. */
const confirmations = async (): Promise<unknown> => {
  const workbook = new ExcelJS.Workbook();
  const answer = await call(people.justiceOfficer, '/disputes/report/xlsx?month=2026-10');
  await workbook.xlsx.load(answer.rawPayload as unknown as ArrayBuffer);
  return (workbook.worksheets[0]!.getSheetValues().at(-1) as unknown[]).at(-1);
};

describe('a court confirms it', () => {
  test('when all sides ask, within thirty days, at a court the law names (民事诉讼法 第二百零五条; 人民调解法 第三十三条)', async () => {
    const q = await inForce();
    const path = `/disputes/${q.id}`;
    const application = { ...command(), ground: 'home', court: '石岐区人民法院', appliedOn: '2026-10-20' };
    expect(await refusal(mediatorA, `${path}/confirmation`, application)).toEqual([409, 'applicantMissing']);
    await ok('anonymous', `/receipts/${q.codes[0]}/application`, {});
    expect(await refusal(mediatorA, `${path}/confirmation`, application)).toEqual([409, 'applicantMissing']);
    await ok(mediatorA, `${path}/applicants`, { partyId: q.sides[1] });
    // What sides wish is no application yet.
    expect(await confirmations()).toBe(0);
    expect(await refusal(mediatorA, `${path}/confirmation`, { ...application, ground: 'invited' })).toEqual([422, 'fieldUnfit']);
    expect(await refusal(mediatorA, `${path}/papers`, { ...command(), documentId: v7(), kind: 'confirmation' })).toEqual([
      409,
      'courtMissing',
    ]);
    expect(await refusal(mediatorA, `${path}/confirmation`, { ...application, appliedOn: '2026-10-19' })).toEqual([422, 'dateInPast']);
    await ok(mediatorA, `${path}/confirmation`, application);
    expect(await confirmations()).toBe(1);
    for (const kind of ['confirmation', 'commitment']) await ok(mediatorA, `${path}/papers`, { ...command(), documentId: v7(), kind });
    const court = async (action: string, input: object): Promise<CaseView> => {
      const { version } = await ok<CaseView>(mediatorA, `/cases/${q.id}`);
      await ok(mediatorA, `/cases/${q.id}/actions`, { ...command(), action, version, input });
      return ok<CaseView>('anonymous', `/receipts/${q.codes[0]}`);
    };
    // Its sides read until when the court says whether it takes it, and rules (法释〔2011〕5号 第四条、第五条).
    const limits = ({ clocks }: CaseView) =>
      clocks.flatMap(({ clock, status, dueAt }) => (clock.startsWith('court') ? [[clock, status, dueAt?.slice(0, 10)]] : [])).sort();
    const taken = await court('recordAcceptance', { acceptedOn: '2026-10-20', number: '（2026）调确字第1号' });
    expect(limits(taken)).toEqual([
      ['courtAccepting', 'stopped', '2026-10-23'],
      ['courtRuling', 'running', '2026-11-04'],
    ]);
    expect(limits(await court('recordProlonging', {}))[1]).toEqual(['courtRuling', 'running', '2026-11-16']);
    await court('recordConfirmation', { ruling: 'confirmed' });
    const { confirmation: ruled } = await ok<AgreementView>('anonymous', `/receipts/${q.codes[0]}/agreement`);
    // Whoever is no side of it has a year (第十条).
    expect(ruled.others?.label.zh).toContain('一年内');
    expect(ruled.others?.article).toContain('法释〔2011〕5号 第十条');

    server.deps.clock.set('2026-10-24T02:00:00.000Z');
    await ok(mediatorA, `${path}/performances`, { ...command(), no: 1, performedOn: '2026-10-24' });
    server.deps.clock.set('2026-11-26T02:00:00.000Z');
    await tellDue(server.deps);
    const late = await ok<AgreementView>('anonymous', `/receipts/${q.codes[0]}/agreement`);
    expect(late.obligations.map(({ performedOn, missed }) => [performedOn, missed])).toEqual([
      ['2026-10-24', false],
      [undefined, true],
      [undefined, false],
    ]);
    expect(late.ways.map(({ article }) => article).join()).toContain('第二百四十七条');
  });

  test('not after them: the time lapses by itself, and a suit stays open (第三十二条)', async () => {
    const parties = [
      { name: '赵甲', phone: '13812345678' },
      { name: '钱乙', phone: '13812345679' },
    ];
    const q = await inForce({ parties });
    for (const code of q.codes)
      await server.as('anonymous', { method: 'PUT', url: `/api/v1/receipts/${code}/notify`, body: { sms: true } });
    const consumers = manifests.flatMap(({ consumers: own }) => own ?? []);
    const told = async (now: string): Promise<string[]> => {
      server.deps.clock.set(now);
      await tellDue(server.deps);
      await settleFeed(server.deps, consumers);
      sent.length = 0;
      await sendWaiting(server.deps);
      return sent.map(({ to, text }) => `${to} ${text}`).sort();
    };
    const both = (text: string) => ['13812345678', '13812345679'].map((to) => `${to} ${text}`);
    const soon = both('您有一项期限快到了，请登录或凭查询码查看。');
    // The twentieth and the twenty-fifth day from the day it is in force, once each, and when the thirty days are over (第三十三条).
    expect(await told('2026-11-08T15:00:00.000Z')).toEqual([]);
    expect(await told('2026-11-09T01:00:00.000Z')).toEqual(soon);
    expect(sent.map(({ link, params }) => [link, JSON.stringify(params).match(/赵甲|调解|协议|司法|TJ/u)])).toEqual(
      [0, 1].map(() => ['http://127.0.0.1:8080/track', null]),
    );
    expect(await told('2026-11-09T05:00:00.000Z')).toEqual([]);
    expect(await told('2026-11-14T01:00:00.000Z')).toEqual(soon);
    expect(await told('2026-11-20T02:00:00.000Z')).toEqual(both('您有一项期限已到，请登录或凭查询码查看。'));
    expect(await refusal('anonymous', `/receipts/${q.codes[0]}/application`, {})).toEqual([409, 'confirmationOver']);
    const { ways, confirmation } = await ok<AgreementView>(mediatorA, `/disputes/${q.id}/agreement`);
    expect([confirmation.state, ways.map(({ article }) => article)[0]]).toEqual(['lapsed', '人民调解法 第三十二条']);
    for (const partyId of q.sides) await ok(mediatorA, `/disputes/${q.id}/applicants`, { partyId });
    const asked = { ...command(), ground: 'home', court: '石岐区人民法院' };
    expect(await refusal(mediatorA, `/disputes/${q.id}/confirmation`, { ...asked, appliedOn: '2026-11-20' })).toEqual([
      409,
      'confirmationOver',
    ]);
    await ok(mediatorA, `/disputes/${q.id}/confirmation`, { ...asked, appliedOn: '2026-11-19' });
    const perform = (no: number) => ok(mediatorA, `/disputes/${q.id}/performances`, { ...command(), no, performedOn: '2026-11-20' });
    for (const no of [1, 2, 3]) await perform(no);
    expect(await stageOf(q.id)).toBe('confirming');
    const act = async (action: string, input = {}) => {
      const { version } = await ok<CaseView>(mediatorA, `/cases/${q.id}`);
      await ok(mediatorA, `/cases/${q.id}/actions`, { ...command(), action, version, input });
    };
    await act('recordConfirmation', { ruling: 'confirmed' });
    await act('closeKept');
    expect(await stageOf(q.id)).toBe('settled');
  });

  test('and only the one that passed the quarrel on, where a court did', async () => {
    const referral = { sender: 'courtBeforeFiling', receivedOn: '2026-10-12', fileConsent: true };
    const { id, codes } = await quarrel({ origin: 'referred', referral });
    const { confirmation, referred } = await ok<AgreementView>(mediatorA, `/disputes/${id}/agreement`);
    expect(confirmation.grounds.map(({ ground }) => ground)).toEqual(['invited']);
    // Only then a letter of the result is owed, and only whoever mediates is told so.
    expect(referred).toBe(true);
    expect((await ok<AgreementView>('anonymous', `/receipts/${codes[0]}/agreement`)).referred).toBeUndefined();
    expect(await ok<AgreementView>(mediatorA, `/disputes/${(await quarrel()).id}/agreement`)).not.toHaveProperty('referred');
  });

  test('none where a suit is pending: its court makes a decree of it, so no thirty days run (特邀调解规定 第二十条)', async () => {
    const q = await inForce({ origin: 'referred', referral: { sender: 'courtOrdinary', receivedOn: '2026-10-12', fileConsent: true } });
    const { confirmation } = await ok<AgreementView>(mediatorA, `/disputes/${q.id}/agreement`);
    expect([confirmation.state, confirmation.until, confirmation.grounds]).toEqual(['suit', undefined, []]);
    const asked = { ...command(), ground: 'invited', court: '石岐区人民法院', appliedOn: '2026-10-20' };
    expect(await refusal('anonymous', `/receipts/${q.codes[0]}/application`, {})).toEqual([409, 'courtHasSuit']);
    expect(await refusal(mediatorA, `/disputes/${q.id}/confirmation`, asked)).toEqual([409, 'courtHasSuit']);
    expect(await refusal(mediatorA, `/disputes/${q.id}/papers`, { ...command(), documentId: v7(), kind: 'commitment' })).toEqual([
      409,
      'courtHasSuit',
    ]);
    for (const no of [1, 2, 3]) await ok(mediatorA, `/disputes/${q.id}/performances`, { ...command(), no, performedOn: '2026-10-20' });
    expect(await stageOf(q.id)).toBe('settled');
  });
});

test('each promise that is kept moves the next day up; the last one ends the matter (人民调解法 第三十一条); the record verifies', async () => {
  const q = await inForce();
  const perform = (no: number, performedOn: string) => ok(mediatorA, `/disputes/${q.id}/performances`, { ...command(), no, performedOn });
  await perform(1, '2026-10-20');
  await perform(1, '2026-10-20');
  const { version } = await ok<CaseView>(mediatorA, `/cases/${q.id}`);
  for (const action of ['confirmPerformed', 'closeKept'])
    expect((await refusal(mediatorA, `/cases/${q.id}/actions`, { ...command(), action, version }))[0]).toBe(409);
  const dueOf = async () =>
    (await ok<CaseView>(mediatorA, `/cases/${q.id}`)).clocks.find(({ clock, status }) => clock === 'performance' && status === 'running')
      ?.dueAt;
  expect(await dueOf()).toBe('2026-11-25T15:59:59.999Z');
  await perform(2, '2026-10-20');
  expect(await stageOf(q.id)).toBe('effective');
  await perform(3, '2026-10-20');
  expect(await stageOf(q.id)).toBe('settled');
  for (const kind of ['acceptanceRegister', 'rightsNotice', 'followUpRecord'])
    await ok(mediatorA, `/disputes/${q.id}/papers`, { ...command(), documentId: v7(), kind });
  expect(await refusal(mediatorA, `/disputes/${q.id}/papers`, { ...command(), documentId: v7(), kind: 'resultNotice' })).toEqual([
    409,
    'nobodySentIt',
  ]);
  // Bound as a file: its papers in the official order, the agreement as it came back signed.
  const { slots } = await ok<DossierView>(mediatorA, `/cases/${q.id}/dossier`);
  expect(slots.filter(({ items }) => items.length > 0).map(({ slot, items }) => [slot, items[0]!.signed ?? false])).toEqual([
    ['application', false],
    ['rights', false],
    ['agreement', true],
    ['followUp', false],
  ]);
  const bound = await call(mediatorA, `/cases/${q.id}/dossier/read`, { ...command(), purpose: '核对卷宗' });
  expect([bound.statusCode, bound.rawPayload.subarray(0, 5).toString()]).toEqual([200, '%PDF-']);
  expect(await verifyRecord(server.deps)).toMatchObject({ ok: true });
});

test('that it is in force may be said again on a later day: the same changes nothing', async () => {
  const q = await quarrel();
  await written(q);
  await ok(mediatorA, `/disputes/${q.id}/signatures`, {
    documentId: await printed(q.id),
    signers: [...q.sides, 'mediator', 'seal'],
    readBack: true,
  });
  const effect = { ...command(), effectiveOn: '2026-10-12' };
  // The first instalment is over by then: it is owed from the day this was written down.
  server.deps.clock.set('2026-10-26T02:00:00.000Z');
  const first = await ok(mediatorA, `/disputes/${q.id}/effect`, effect);
  server.deps.clock.set('2026-10-27T02:00:00.000Z');
  expect(await ok(mediatorA, `/disputes/${q.id}/effect`, effect)).toEqual(first);
});

test('an agreement of what lasts owes no day, and is closed when nothing else is open', async () => {
  const q = await quarrel();
  const { total: _, ...text } = whole(q);
  await ok(mediatorA, `/disputes/${q.id}/text`, {
    after: 0,
    text: { ...text, terms: [{ kind: 'confidential', by: q.sides[0] }] },
  });
  await ok(mediatorA, `/disputes/${q.id}/writing`, command());
  const signers = [...q.sides, 'mediator', 'seal'];
  await ok(mediatorA, `/disputes/${q.id}/signatures`, { documentId: await printed(q.id), signers, readBack: true });
  await ok(mediatorA, `/disputes/${q.id}/effect`, { ...command(), effectiveOn: '2026-10-12' });
  const view = await ok<CaseView>(mediatorA, `/cases/${q.id}`);
  expect(view.clocks.some(({ clock }) => clock === 'performance')).toBe(false);
  await ok(mediatorA, `/cases/${q.id}/actions`, { ...command(), action: 'closeKept', version: view.version });
  expect(await stageOf(q.id)).toBe('settled');
});
