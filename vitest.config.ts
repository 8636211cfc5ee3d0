import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes longest is begun first, longest first: else one worker ends a minute after the other had nothing left to do. */
const LONG = [
  ['access.table', 'bad-input', 'backup', 'sets', 'record', 'bad-input-files', 'proxies'],
  ['report-through-every-cut', 'command-line', 'screens-of-desk', 'crash', 'field-without-signal', 'import-killed'],
].flat();
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const at = LONG.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
      return at === -1 ? LONG.length : at;
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}

const database = { globalSetup: ['packages/testing/src/global-setup.ts'], testTimeout: 60_000, hookTimeout: 60_000 };

/** `unit` needs nothing; `server` has a Postgres and a database per file; `e2e` drives the product in a browser or as processes. */
export default defineConfig({
  test: {
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    env: { TZ: 'America/New_York' },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['packages/{domain,client,ui}/src/**/*.test.ts', 'apps/{desk,portal}/src/**/*.test.ts', 'scripts/**/*.test.ts'],
          // For a machine under load, not a measure.
          testTimeout: 60_000,
          isolate: false,
        },
      },
      {
        test: {
          name: 'server',
          include: ['apps/server/src/**/*.test.ts', 'packages/testing/src/**/*.test.ts', 'packs/**/*.test.ts', 'bench/**/*.test.ts'],
          ...database,
          // A worker reads the server's code once, not once a file: a quarter of the time. What a file changes lies in its own database and deps.
          isolate: false,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          ...database,
          testTimeout: 300_000,
          hookTimeout: 300_000,
          // As for the server; a browser is one file's.
          isolate: false,
        },
      },
    ],
  },
});
