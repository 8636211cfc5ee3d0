import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bench, round } from './bench.ts';
import { startProduct } from './product.ts';

/** Seconds until a bare Node answers, and its memory with a second to settle. */
const bareNode = async (): Promise<{ seconds: number; megabytes: number }> => {
  const since = performance.now();
  const child = spawn(process.execPath, ['-e', "require('node:http').createServer().listen(0, () => console.log('ready'))"]);
  await new Promise((done) => child.stdout.once('data', done));
  const seconds = (performance.now() - since) / 1000;
  await new Promise((done) => setTimeout(done, 1000));
  const megabytes = Math.round(Number(/VmRSS:\s+(\d+)/u.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024);
  child.kill('SIGKILL');
  return { seconds, megabytes };
};

/** A first start with the demo city and its 20,000 cases, warm starts, and the memory of an idle server. */
export const start: Bench = async ({ say }) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'tongxin-bench-start-'));
  const env = { TONGXIN_DATA: dataDir, TONGXIN_PACK_CASES: '20000' };
  try {
    const first = await startProduct(0, env);
    say(`first start: ${round(first.startSeconds)} s`);
    await first.stop();
    const warm: number[] = [];
    for (let i = 0; i < 3; i++) {
      const again = await startProduct(0, env);
      warm.push(again.startSeconds);
      await new Promise((done) => setTimeout(done, 500));
      await again.stop();
    }
    // The year of the pack is followed by search, statistics and notices after the start; then a server that has nothing to do.
    const following = await startProduct(0, env);
    let caughtUp = false;
    let most = 0;
    while (!caughtUp) {
      await new Promise((done) => setTimeout(done, 1000));
      most = Math.max(most, following.residentMegabytes());
      const { body } = await following.call('GET', '/metrics');
      caughtUp = [...body.matchAll(/^feed_events_behind\{[^}]*\} (\d+)/gmu)].every(([, n]) => n === '0');
    }
    await following.stop();
    const quiet = await startProduct(0, env);
    await new Promise((done) => setTimeout(done, 30_000));
    const resident = quiet.residentMegabytes();
    await quiet.stop();
    const bare = await bareNode();
    const median = warm.sort((a, b) => a - b)[1]!;
    return {
      figures: {
        firstStartSeconds: round(first.startSeconds),
        warmStartSeconds: round(median),
        residentMegabytesIdle: resident,
        mostResidentMegabytesFollowing: most,
      },
      limit: { bareNodeSeconds: round(bare.seconds, 3), bareNodeMegabytes: bare.megabytes },
      ratio: { warmStartOverBareNode: round(median / bare.seconds, 1), residentOverBareNode: round(resident / bare.megabytes, 1) },
      growth: {},
      aims: [
        { aim: 'first run with the pack ≤ 60 s after the web build', met: first.startSeconds <= 60 },
        { aim: 'warm start ≤ 3 s', met: median <= 3 },
        { aim: 'Node resident ≤ 350 MB idle', met: resident <= 350 },
      ],
      notes: [
        'the web apps are built beforehand; idle is thirty seconds after a start with nothing left to follow; following is the work on 20,000 new cases',
      ],
    };
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
};
