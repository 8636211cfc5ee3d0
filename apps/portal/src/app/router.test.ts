import { expect, test } from 'vitest';
import { findPage, type Page } from './router.tsx';

const page = (path: string): Page => ({ path, draw: () => null as never });
const PAGES = ['/', '/report', '/r/:code'].map(page);

test.each([
  ['/', '/', ''],
  ['/report/', '/report', ''],
  ['/r/AB12-CD34', '/r/:code', 'AB12-CD34'],
  ['/r/%E7%A0%81', '/r/:code', '码'],
])('%s opens its page', (path, wanted, parameter) => {
  expect(findPage(PAGES, path)).toMatchObject({ page: { path: wanted }, parameter });
});

test.each(['/r', '/r/', '/r/a/b', '/nothing', '/r/%E7%A0'])('%s is no page, and nothing breaks', (path) => {
  expect(findPage(PAGES, path)).toBeUndefined();
});
