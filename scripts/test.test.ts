import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';

/** The test command over no step at all: what it says of the data folder. */
const said = (env: NodeJS.ProcessEnv): string =>
  spawnSync(process.execPath, [resolve(import.meta.dirname, 'test.ts'), 'no-step-of-this-name'], {
    env: { ...process.env, ...env },
    encoding: 'utf8',
  }).stdout;

it('without the data folder a developer is told, and nothing fails for it; where everything is to be tested it is a failure', () => {
  const nowhere = resolve(import.meta.dirname, 'no-such-folder');
  expect(said({ TONGXIN_TEST_DATA: nowhere, CI: '' })).toMatch(/^real data absent$[\s\S]*^0 passed, 0 failed$/mu);
  expect(said({ TONGXIN_TEST_DATA: nowhere, CI: 'true' })).toMatch(/^real data absent$[\s\S]*^0 passed, 1 failed$/mu);
  expect(said({ TONGXIN_TEST_DATA: import.meta.dirname, CI: 'true' })).not.toContain('real data absent');
});
