import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** `npm test`: everything CI runs, in order; the last line is `N passed, N failed`. `--long` runs the full figures. */
const root = resolve(import.meta.dirname, '..');
const long = process.argv.includes('--long');
const only = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const work = mkdtempSync(join(tmpdir(), 'tongxin-tests-'));

interface Outcome {
  passed: number;
  failed: number;
}
const total: Outcome = { passed: 0, failed: 0 };

const testData = process.env.TONGXIN_TEST_DATA ?? resolve(root, '../shared/data');
const env: NodeJS.ProcessEnv = {
  ...process.env,
  TONGXIN_TEST_DATA: testData,
  NO_COLOR: '1',
  PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH}`,
  ...(long ? { TONGXIN_LONG: '1' } : {}),
};

const run = (command: string, args: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<number> =>
  new Promise((done) => {
    const child = spawn(command, args, { cwd: root, env: { ...env, ...more }, stdio: ['ignore', 'inherit', 'inherit'] });
    child.once('error', (error) => {
      console.error(`${command}: ${error.message}`);
      done(127);
    });
    child.once('exit', (code) => done(code ?? 1));
  });

const step = async (name: string, work: () => Promise<Outcome>): Promise<void> => {
  if (only.length > 0 && !only.includes(name)) return;
  const since = Date.now();
  console.log(`\n── ${name}`);
  const { passed, failed } = await work();
  total.passed += passed;
  total.failed += failed;
  console.log(`── ${name}: ${passed} passed, ${failed} failed, ${((Date.now() - since) / 1000).toFixed(0)} s`);
};

const command = (line: string) => async (): Promise<Outcome> => {
  const [program, ...args] = line.split(' ') as [string, ...string[]];
  const code = await run(program, args);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
};

/** One vitest run; its JSON report says what passed. No report, or no test, is a failure. */
const vitest =
  (name: string, args: readonly string[], more: NodeJS.ProcessEnv = {}) =>
  async (): Promise<Outcome> => {
    const report = join(work, `${name}.json`);
    const code = await run(
      process.execPath,
      ['node_modules/vitest/vitest.mjs', 'run', ...args, '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`],
      more,
    );
    if (!existsSync(report)) return { passed: 0, failed: 1 };
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, success } = JSON.parse(readFileSync(report, 'utf8')) as Record<
      string,
      number
    > & { success: boolean };
    const skipped = (numPendingTests ?? 0) + (numTodoTests ?? 0);
    if (skipped > 0) console.error(`${skipped} tests were skipped: no test may be`);
    const failed = (numFailedTests ?? 0) + skipped;
    const broken = failed === 0 && (code !== 0 || !success || !numPassedTests) ? 1 : 0;
    return { passed: numPassedTests ?? 0, failed: failed + broken };
  };

/** The core must hold on PostgreSQL 15 as well: the platform and the modules that every other stands on. The long form asks all modules. */
const CORE_MODULES = [
  ['administration', 'area', 'case', 'clock', 'file', 'import', 'inbox', 'intake', 'live', 'map', 'organization'],
  ['person', 'procedure', 'record', 'search', 'session', 'statistics'],
].flat();
const CORE = [
  'apps/server/src/platform',
  ...(long ? ['apps/server/src/modules'] : CORE_MODULES.map((name) => `apps/server/src/modules/${name}/`)),
];
/** What asks this database nothing: it speaks no SQL of its own, or starts servers of the versions it is about. */
const ASKS_NOTHING_OF_IT = [
  'apps/server/src/platform/http/**',
  'apps/server/src/platform/{config,crypto,errors,places,embedded-postgres}/**',
  'apps/server/src/platform/db/full-export.test.ts',
  'apps/server/src/modules/document/word/**',
  'apps/server/src/modules/exchange/template/**',
  'apps/server/src/modules/import/sets.test.ts',
  // What PostgreSQL makes of a policy is no other there; the long form weakens each of them there too.
  ...(long ? [] : ['apps/server/src/platform/access-plugin/mutation.test.ts']),
].flatMap((glob) => ['--exclude', glob]);

await step('system', command('bash scripts/system-deps'));
const since = Date.now();
if (!existsSync(testData)) {
  console.log('real data absent');
  if (process.env.CI) {
    console.error('CI must stand beside the data folder');
    total.failed += 1;
  }
}
await step('types', command(`${process.execPath} node_modules/ts7/bin/tsc -b`));
await step('lint', command('biome check --error-on-warnings .'));
await step('checks', command(`${process.execPath} scripts/check.ts`));
await step('unit', vitest('unit', ['--project', 'unit']));
await step('server', vitest('server', ['--project', 'server']));
await step('core-on-15', vitest('core-on-15', ['--project', 'server', ...CORE, ...ASKS_NOTHING_OF_IT], { TONGXIN_TEST_PG: '15' }));
await step('web', command(`${process.execPath} scripts/build-web.ts`));
// A journey waits for its browser half of the time: three at once keep two cores busy.
await step('journeys', vitest('journeys', ['--project', 'e2e', '--maxWorkers=3']));
rmSync(work, { recursive: true, force: true });
console.log(`\n${((Date.now() - since) / 60_000).toFixed(1)} minutes after system dependencies`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
console.log(`${total.passed} passed, ${total.failed} failed`);
