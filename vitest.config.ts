import { defineConfig } from 'vitest/config';

const database = { globalSetup: ['packages/testing/src/global-setup.ts'], testTimeout: 60_000, hookTimeout: 60_000 };

/** `unit` needs nothing; `server` has a Postgres and a database per file; `e2e` drives the product in a browser or as processes. */
export default defineConfig({
  test: {
    maxWorkers: 2,
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
        },
      },
    ],
  },
});
