import { expect, it } from 'vitest';
import { links } from './links.ts';
import { findings } from './tree.build.ts';

it('a link or a picture that leads nowhere is found; addresses of the web and places in a page are not looked up', async () => {
  expect(
    await findings(links, {
      'README.md': '[a](docs/a.md#one) [b](docs/b.md) ![c](c.svg) [d](https://example.org/x) [e](#here) [f](docs)',
      'docs/a.md': '[back](../README.md)\n[lost](README.md)',
    }),
  ).toEqual(['README.md links', 'README.md links', 'docs/a.md links']);
});

it('a repository without documents does not pass', async () => {
  expect(await findings(links, { 'a.ts': '' })).toEqual(['. nothing-seen']);
});
