import { decisionOf, type Edit, emptyLedger, fieldOf, type Ledger, openConflicts, receiveEdit } from '@tongxin/domain/edit/rules.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { memoryStore } from './memory-store.ts';
import { makeOperations, type Operation, type Sender } from './operations.ts';
import { ApiProblem } from './problem.ts';
import { uuidv7 } from './uuidv7.ts';

const offline = new ApiProblem(0, 'offline');
const refusal = new ApiProblem(422, 'editUnfit', '有一项不对');

/** Nothing goes by itself: the test says when. */
const never = () => () => undefined;

/** A device whose sendings fail as told, in turn. */
const device = (trouble: (ApiProblem | undefined)[], senders: Record<string, Sender> = {}, owner?: () => string | undefined) => {
  const sent: string[] = [];
  const queue = makeOperations({
    store: memoryStore(),
    later: never,
    ...(owner ? { owner } : {}),
    upload: async () => undefined,
    senders: {
      do: {
        send: async ({ id }) => {
          const problem = trouble.shift();
          if (problem) throw problem;
          sent.push(id);
        },
      },
      ...senders,
    },
  });
  return { sent, queue };
};
const told = (queue: ReturnType<typeof makeOperations>, ...ids: [id: string, record: string][]): Promise<Operation[]> =>
  Promise.all(ids.map(([id, record]) => queue.add({ id, kind: 'do', record, body: {} })));

test('what is done on one record goes in order, and a refusal holds back only what follows on it', async () => {
  const { sent, queue } = device([refusal]);
  await told(queue, ['a1', 'a'], ['a2', 'a'], ['b1', 'b']);
  await queue.flush();
  expect(sent).toEqual(['b1']);
  expect(await queue.get('a1')).toMatchObject({ state: 'refused', problem: { code: 'editUnfit', title: '有一项不对' } });
  expect(await queue.get('a2')).toMatchObject({ state: 'waiting' });
  await queue.again('a1');
  await queue.flush();
  expect(sent).toEqual(['b1', 'a1', 'a2']);
});

test('taken back, it takes along what stands on it and nothing else', async () => {
  const { sent, queue } = device([refusal]);
  await told(queue, ['a1', 'a'], ['a2', 'a'], ['b1', 'b']);
  await queue.flush();
  await queue.drop('a1');
  await queue.flush();
  expect(sent).toEqual(['b1']);
  expect((await queue.all()).map(({ id }) => id)).toEqual(['b1']);
});

test('a call for help goes before what has waited longer', async () => {
  const sent: string[] = [];
  const { queue } = device([offline], { sos: { first: true, send: async ({ id }) => sent.push(id) } });
  await told(queue, ['a1', 'a']);
  await queue.flush();
  await queue.add({ id: 'help', kind: 'sos', record: 'help', body: {} });
  await queue.flush();
  expect(sent).toEqual(['help']);
});

test('what could not be sent goes again by itself, not before the server said; a call for help does not wait for that', async () => {
  const sent: string[] = [];
  const pauses: number[] = [];
  let due: (() => void) | undefined;
  const trouble = [new ApiProblem(503, 'overloaded', undefined, {}, undefined, 100), offline];
  const send = async ({ id }: { readonly id: string }): Promise<void> => {
    const problem = trouble.shift();
    if (problem) throw problem;
    sent.push(id);
  };
  const queue = makeOperations({
    store: memoryStore(),
    upload: async () => undefined,
    senders: { do: { send }, sos: { first: true, send: async ({ id }) => sent.push(id) } },
    later: (work, ms) => {
      pauses.push(ms);
      due = work;
      return () => {
        due = undefined;
      };
    },
  });
  await queue.add({ id: 'a', kind: 'do', record: 'a', body: {} });
  await queue.flush();
  expect([sent, pauses.length, pauses[0]! >= 100]).toEqual([[], 1, true]);
  // The network came back, the person looks: the server is left alone all the same.
  await queue.flush();
  await queue.add({ id: 'help', kind: 'sos', record: 'help', body: {} });
  await queue.flush();
  expect([sent, trouble.length]).toEqual([['help'], 1]);
  // A timer that goes off too early does not end the matter: the next one is set.
  due!();
  await queue.flush();
  expect([trouble.length, pauses.at(-1)! > 0, pauses.at(-1)! <= pauses[0]!]).toEqual([1, true, true]);
  await new Promise((done) => setTimeout(done, pauses.at(-1)! + 5));
  pauses.length = 1;
  due!();
  await queue.flush();
  // Without a word from the server the pause is the device's own, and whoever looks may try.
  expect([trouble.length, pauses.length]).toEqual([0, 2]);
  await queue.flush();
  expect([sent, due]).toEqual([['help', 'a'], undefined]);
});

test('a session that ended keeps what waits; somebody else on the device neither sees nor sends it', async () => {
  let who = 'first';
  const { sent, queue } = device([new ApiProblem(401, 'signInNeeded')], {}, () => who);
  await told(queue, ['a1', 'a']);
  await queue.flush();
  expect(await queue.get('a1')).toMatchObject({ state: 'waiting' });
  who = 'second';
  await queue.flush();
  expect([sent, await queue.all()]).toEqual([[], []]);
  who = 'first';
  await queue.flush();
  expect(sent).toEqual(['a1']);
  await queue.forget(({ ownerId }) => ownerId === 'first');
  expect(await queue.all()).toEqual([]);
});

test('an operation of a newer app stays, and the rest goes on', async () => {
  const { sent, queue } = device([]);
  await queue.add({ id: 'new', kind: 'future', record: 'x', body: {} });
  await told(queue, ['a1', 'a']);
  await queue.flush();
  expect(sent).toEqual(['a1']);
  expect(await queue.get('new')).toMatchObject({ state: 'refused' });
});

/** A server of edits, which keeps what the rules keep. */
const editServer = () => {
  let ledger: Ledger = emptyLedger;
  return {
    get ledger() {
      return ledger;
    },
    receive: (edit: Edit) => {
      const received = receiveEdit(ledger, edit);
      ledger = received.ledger;
      if (received.outcome === 'tooEarly' || received.outcome === 'idTaken') throw new ApiProblem(409, received.outcome);
      if (received.kept.conflicts.length > 0) throw new ApiProblem(409, 'editConflict');
      return received.kept;
    },
  };
};

test('two phones edit one record without a network, come back in any order, lose answers: nothing anybody wrote is ever lost', async () => {
  const FIELDS = ['name', 'phone', 'use'] as const;
  const writing = fc.record({ field: fc.constantFrom(...FIELDS), value: fc.constantFrom('甲', '乙', '丙', null) });
  /** At each turn one phone gets its network for a while; `lost`: the server did it, the answer never came. */
  const turn = fc.record({ phone: fc.nat(1), luck: fc.array(fc.constantFrom('ok', 'cut', 'lost'), { minLength: 1, maxLength: 4 }) });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(writing, { minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: 2 }),
      fc.array(turn, { maxLength: 8 }),
      async (writings, turns) => {
        const server = editServer();
        const conflicts: [Set<string>, Set<string>] = [new Set(), new Set()];
        const luck: string[] = [];
        const phones = await Promise.all(
          writings.map(async (wrote, n) => {
            const queue = makeOperations({
              store: memoryStore(),
              later: never,
              upload: async () => undefined,
              senders: {
                edit: {
                  send: async ({ body }) => {
                    const how = luck.length > 0 ? luck.shift() : 'ok';
                    if (how === 'cut') throw offline;
                    if (how !== 'lost') return server.receive(body as Edit);
                    try {
                      server.receive(body as Edit);
                    } catch {
                      // What the server said to it was lost with the answer.
                    }
                    throw offline;
                  },
                  answered: async () => 'forget',
                  refused: async ({ id }, { code }) => {
                    if (code !== 'editConflict') return false;
                    conflicts[n]!.add(id);
                    return true;
                  },
                },
              },
            });
            // Written before either had a network: each sees only its own values.
            luck.push('cut', 'cut', 'cut', 'cut', 'cut', 'cut', 'cut', 'cut');
            const seen: Record<string, string | null> = {};
            let after: string | undefined;
            for (const { field, value } of wrote) {
              const edit: Edit = {
                id: uuidv7(),
                ...(after ? { after } : {}),
                changes: [{ field, base: seen[field] ?? null, value }],
              };
              seen[field] = value;
              after = edit.id;
              await queue.add({ id: edit.id, kind: 'edit', record: 'premises', body: edit });
            }
            await queue.flush();
            return queue;
          }),
        );
        luck.length = 0;
        for (const { phone, luck: now } of turns) {
          luck.push(...now);
          await phones[phone]!.flush();
          luck.length = 0;
        }
        for (const phone of phones) await phone.flush();
        // Everything came, in whole: what was written stands, was followed by a later edit of its own line, or is told as a conflict with both values.
        expect((await Promise.all(phones.map((phone) => phone.all()))).flat()).toEqual([]);
        const kept = Object.values(server.ledger.kept);
        expect(kept.length).toBe(writings.flat().length);
        for (const one of kept)
          for (const { field, base, value } of one.edit.changes) {
            const wasApplied = one.applied.some((applied) => applied.field === field && applied.after === value);
            const isConflict = one.conflicts.some((conflict) => conflict.field === field && conflict.mine === value);
            // Neither only where there was nothing to write: it stood there already, or nothing was changed.
            if (!wasApplied && !isConflict) expect(base === value || everStood(server.ledger, field, value)).toBe(true);
            if (isConflict) expect([...conflicts[0], ...conflicts[1]]).toContain(one.edit.id);
          }
        // The person decides for what they wrote, and it stands.
        for (const one of kept)
          for (const conflict of openConflicts(one, new Set())) {
            const theirs = fieldOf(server.ledger.fields, conflict.field);
            const id = uuidv7();
            server.receive({ id, decides: one.edit.id, changes: [decisionOf({ ...conflict, theirs }, 'mine')] });
            expect(fieldOf(server.ledger.fields, conflict.field)).toBe(conflict.mine);
          }
      },
    ),
    { numRuns: 150 },
  );
});

/** Whether a field ever held a value, by what was applied to it. */
const everStood = (ledger: Ledger, field: string, value: unknown): boolean =>
  value === null || Object.values(ledger.kept).some(({ applied }) => applied.some((one) => one.field === field && one.after === value));
