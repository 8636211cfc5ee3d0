import type { CaseView, NewAction } from '@tongxin/domain/case/view.ts';
import { expect, test } from 'vitest';
import { type ActDraft, actDraftId, isBlank, makeActOutbox } from './act-outbox.ts';
import { memoryStore } from './memory-store.ts';
import { ApiProblem } from './problem.ts';

const draft = (part: Partial<ActDraft> = {}): ActDraft => ({
  id: actDraftId('me', 'case', 'resolve'),
  personId: 'me',
  caseId: 'case',
  action: 'resolve',
  caseNumber: 'GD2026-0000001',
  label: { zh: '办结' },
  commandId: 'command',
  version: 3,
  values: { reply: '已修好' },
  input: { reply: '已修好' },
  files: [],
  uploaded: [],
  state: 'writing',
  at: '2026-09-30T10:00:00.000Z',
  ...part,
});
const photo = (fileId: string) => ({ fileId, kind: 'photo' as const, name: '照片.jpg', blob: new Blob(['x']) });
const offline = new ApiProblem(0, 'offline');

/** A server that answers in turn: a problem is thrown, anything else is done. */
const setUp = (...answers: (ApiProblem | 'done')[]) => {
  const store = memoryStore<ActDraft>();
  const [acts, uploads]: [NewAction[], string[]] = [[], []];
  const outbox = makeActOutbox({
    store,
    upload: async (_, { fileId }) => {
      uploads.push(fileId);
    },
    act: async (_, action) => {
      acts.push(action);
      const answer = answers.shift() ?? 'done';
      if (answer !== 'done') throw answer;
      return { id: 'case' } as CaseView;
    },
  });
  return { store, outbox, acts, uploads };
};

test('what no server answered waits, and is sent again as the same command, its files once', async () => {
  const { store, outbox, acts, uploads } = setUp(offline, new ApiProblem(503, 'databaseAway'), 'done');
  await expect(outbox.send(draft({ files: [photo('a')] }))).rejects.toMatchObject({ code: 'offline' });
  expect(await store.all()).toMatchObject([{ state: 'waiting', uploaded: ['a'], values: { reply: '已修好' } }]);
  expect(await outbox.flush('me')).toEqual([]);
  expect(await outbox.flush('me')).toEqual([{ id: 'case' }]);
  expect(acts.map(({ commandId }) => commandId)).toEqual(['command', 'command', 'command']);
  expect(acts.at(-1)).toEqual({ commandId: 'command', action: 'resolve', version: 3, input: { reply: '已修好' }, fileIds: ['a'] });
  expect(uploads).toEqual(['a']);
  expect(await store.all()).toEqual([]);
});

test('a refusal comes back to the writer with its words and reason, under a new command, and is not sent by itself', async () => {
  const { store, outbox, acts } = setUp(new ApiProblem(409, 'caseChanged', '变了'));
  await expect(outbox.send(draft())).rejects.toMatchObject({ code: 'caseChanged' });
  const [back] = await store.all();
  expect(back).toMatchObject({ state: 'writing', problem: { status: 409, code: 'caseChanged' }, values: { reply: '已修好' } });
  expect(back!.commandId).not.toBe('command');
  expect(await outbox.flush('me')).toEqual([]);
  expect(acts).toHaveLength(1);
});

test('a session that ended keeps it waiting for the same person; nobody else sends or sees it', async () => {
  const { store, outbox, acts } = setUp(new ApiProblem(401, 'signInNeeded'), 'done');
  await expect(outbox.send(draft())).rejects.toMatchObject({ status: 401 });
  expect(await outbox.of('another')).toEqual([]);
  expect(await outbox.flush('another')).toEqual([]);
  expect(acts).toHaveLength(1);
  await outbox.keepOnly('me');
  expect(await outbox.flush('me')).toHaveLength(1);
  await store.put(draft({ state: 'waiting' }));
  await outbox.keepOnly('another');
  expect(await store.all()).toEqual([]);
});

test('pressed twice at once it is one sending, and signing out forgets everything', async () => {
  const { store, outbox, acts } = setUp();
  await Promise.all([outbox.send(draft()), outbox.send(draft())]);
  expect(acts).toHaveLength(1);
  await outbox.put(draft({ state: 'waiting' }));
  await outbox.put(draft({ id: 'another', personId: 'another' }));
  await outbox.clear();
  expect(await store.all()).toEqual([]);
});

test('a browser that keeps nothing still sends', async () => {
  const broken = { all: () => Promise.reject(), get: () => Promise.reject(), put: () => Promise.reject(), remove: () => Promise.reject() };
  const outbox = makeActOutbox({ store: broken, upload: async () => {}, act: async () => ({ id: 'case' }) as CaseView });
  expect(await outbox.put(draft())).toBe(false);
  expect(await outbox.send(draft())).toEqual({ id: 'case' });
  expect(await outbox.get('x')).toBeUndefined();
  expect(await outbox.of('me')).toEqual([]);
});

test('what was looked at and left empty is no draft', () => {
  expect(isBlank({ values: { a: '', b: undefined, c: false, d: null }, files: [] })).toBe(true);
  expect(isBlank({ values: { a: 0 }, files: [] })).toBe(false);
  expect(isBlank({ values: {}, files: [photo('a')] })).toBe(false);
});
