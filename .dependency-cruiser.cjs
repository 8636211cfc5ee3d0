/** Who may import whom. Run by `node scripts/check.ts arrows`, which also fails when nothing was cruised. The comment is shown to whoever breaks it. */
const MODULE = '^apps/server/src/modules/([^/]+)/';
const MODULES = '^apps/server/src/modules/';
const TEST = ['\\.test\\.tsx?$', '[/.]build\\.ts$'];
/** Rows and handles are typed by these packages; naming a type speaks no SQL. */
const SQL = '(?:^|node_modules/)(?:kysely|pg|pg-copy-streams)(?:/|$)';
const values = { dependencyTypesNot: ['type-only', 'pre-compilation-only'] };

module.exports = {
  forbidden: [
    {
      name: 'packages-know-no-apps',
      comment:
        'apps → packages, never back: packages are used by every app. Only packages/testing, which boots the product for tests, imports the server.',
      severity: 'error',
      from: { path: '^packages/', pathNot: '^packages/testing/' },
      to: { path: '^(?:apps|bench|e2e|packs|scripts)/' },
    },
    {
      name: 'testing-is-for-tests',
      comment: 'What ships does not contain the test harness. Import it from tests, bench and e2e only.',
      severity: 'error',
      from: { path: '^(?:apps|packages)/', pathNot: ['^packages/testing/', ...TEST] },
      to: { path: '^packages/testing/' },
    },
    {
      name: 'apps-are-apart',
      comment: 'The three apps meet over HTTP, through packages/client. Put what two of them need into a package.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'domain-stands-alone',
      comment:
        'The domain runs on the server, in the browser and offline on a phone: nothing of ours outside packages/domain, no node: modules, no I/O.',
      severity: 'error',
      from: { path: '^packages/domain/src/', pathNot: TEST },
      to: { path: '^(?:apps|bench|e2e|packs|scripts|packages/(?!domain/))' },
    },
    {
      name: 'domain-does-no-io',
      comment: 'The domain runs on a phone: no node: modules, no database, no files. Pass in what it needs as a value.',
      severity: 'error',
      from: { path: '^packages/domain/src/', pathNot: TEST },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'routes-call-services',
      comment: 'routes → service → repo: a route is access, schema, one service call. Move the query behind a service function.',
      severity: 'error',
      from: { path: `${MODULES}.*/routes\\.ts$` },
      to: { path: '/repo\\.ts$', ...values },
    },
    {
      name: 'repos-know-no-services',
      comment: 'routes → service → repo, never back: a repo holds SQL and knows no use case.',
      severity: 'error',
      from: { path: '^apps/server/src/(?:modules|platform)/.*repo\\.ts$' },
      to: { path: `${MODULES}.*/(?:service|routes|jobs|consumers)\\.ts$`, ...values },
    },
    {
      name: 'services-know-no-routes',
      comment: 'A use case does not know how it is called. Move what both need into the service.',
      severity: 'error',
      from: { path: `${MODULES}.*/(?:service|present|jobs|consumers)\\.ts$` },
      to: { path: '/routes\\.ts$' },
    },
    {
      name: 'only-repos-speak-sql',
      comment:
        'Only repo.ts, the platform, migrations, the test harness, bench and the command line speak SQL, so that a change of a table is found in one file.',
      severity: 'error',
      from: { pathNot: ['/repo\\.ts$', '^apps/server/src/(?:platform|cli)/', '^(?:packages/testing|bench|e2e)/', ...TEST] },
      to: { path: SQL, ...values },
    },
    {
      name: 'modules-meet-at-the-door',
      comment: 'A module is used through its index.ts: the rest may change without asking anybody. Export there what another module needs.',
      severity: 'error',
      from: { path: MODULE },
      to: { path: '^apps/server/src/modules/', pathNot: ['^apps/server/src/modules/$1/', '^apps/server/src/modules/[^/]+/index\\.ts$'] },
    },
    {
      name: 'platform-knows-no-modules',
      comment: 'modules → platform, never back: the platform stays when modules come and go.',
      severity: 'error',
      from: { path: '^apps/server/src/platform/', pathNot: TEST },
      to: { path: '^apps/server/src/(?:modules/|modules\\.ts|cli/)' },
    },
    {
      name: 'features-stand-alone',
      comment:
        'Features never import features: put what two of them need into src/lib, packages/ui or packages/client, or link by address.',
      severity: 'error',
      from: { path: '^apps/(desk|portal)/src/features/([^/]+)/' },
      to: { path: '^apps/$1/src/features/', pathNot: '^apps/$1/src/features/$2/' },
    },
    {
      name: 'commands-wait-with-modules',
      comment:
        'A command reads the server only when it runs: a word typed wrongly, a look at the help or a copy of a folder must not wait for it. Import it inside run, with await import().',
      severity: 'error',
      from: { path: '^apps/server/src/cli/', pathNot: TEST },
      to: { path: '^(?:apps/server/src/(?!cli/|platform/)|packages/)', dynamic: false, ...values },
    },
    {
      name: 'no-cycles',
      comment: 'Files in a ring are understood and started only together. Move what both need into a third file.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'resolvable',
      comment: 'An import that leads nowhere escapes every other rule here. Mend the path, or declare the package.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(?:^|/)dist/' },
    tsPreCompilationDeps: true,
    preserveSymlinks: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
};
