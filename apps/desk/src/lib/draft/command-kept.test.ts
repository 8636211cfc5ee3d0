import { expect, test } from 'vitest';
import { outgoing } from './command-kept.ts';

test('what is sent again unchanged is the same command; another button, or other words, are another', () => {
  const form: { words: string; status?: string } = { words: '已到现场' };
  const first = outgoing({ value: form }, { status: 'done' });
  expect(first.sent.value).toEqual({ words: '已到现场', status: 'done' });
  expect(outgoing(first, { status: 'done' }).sent).toBe(first.sent);
  expect(outgoing(first, { status: 'returned' }).sent.commandId).not.toBe(first.sent.commandId);
  expect(outgoing({ ...first, value: { words: '' } }, { status: 'done' }).sent.commandId).not.toBe(first.sent.commandId);
});

test('what a button says goes out with the words, and never stands in the form', () => {
  expect(outgoing<{ words: string; status?: string }>({ value: { words: '' } }, { status: 'acknowledged' }).value).toEqual({ words: '' });
});
