import { expect, test } from 'vitest';
import { bring, catchUp, hasCome } from './catalogues.ts';

test('words that are asked for while the language is being switched are there in the other language too', async () => {
  await bring('zh', 'desk');
  const switched = catchUp('zh', 'en');
  // A page is opened before the other language has come.
  const opened = bring('zh', 'hearing');
  await switched;
  await opened;
  expect([hasCome('en', 'desk'), hasCome('en', 'hearing'), hasCome('en', 'sos')]).toEqual([true, true, false]);
});
