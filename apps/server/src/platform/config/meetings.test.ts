import { expect, test } from 'vitest';
import { readMeetings } from './meetings.ts';

test('a meeting server is reached by https or not at all', () => {
  const read = (url?: string) => readMeetings({ ...(url ? { TONGXIN_MEETING_URL: url } : {}) });
  expect(read()).toBeUndefined();
  expect(read('https://meet.example/')).toBe('https://meet.example');
  for (const url of ['http://meet.example', 'meet.example', 'https://meet.example/?token=1']) expect(() => read(url), url).toThrow('https');
});
