import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';

/** What a benchmark answers: figures named with their unit, a physical limit timed in the same run, and how figures grow with the data. */
export interface Result {
  readonly name: string;
  readonly machine: string;
  readonly at: string;
  readonly figures: Readonly<Record<string, number>>;
  readonly limit: Readonly<Record<string, number>>;
  readonly ratio: Readonly<Record<string, number>>;
  readonly growth: Readonly<Record<string, number>>;
  /** Aims of the project that these figures were measured against, and whether each was met. */
  readonly aims: readonly { readonly aim: string; readonly met: boolean }[];
  readonly notes: readonly string[];
}

export interface Options {
  readonly sizes: readonly number[];
  readonly seconds: number;
  readonly say: (line: string) => void;
}

export type Bench = (options: Options) => Promise<Omit<Result, 'name' | 'machine' | 'at'>>;

const load = (): string => readFileSync('/proc/loadavg', 'utf8').split(' ')[0]!;

export const machine = (): string =>
  `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 1024 ** 3)} GiB, Node ${process.versions.node}, load ${load()} at start`;

/** A percentile of samples in milliseconds, to a hundredth. */
export const percentile = (samples: readonly number[], share: number): number => {
  const sorted = [...samples].sort((a, b) => a - b);
  return Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN) * 100) / 100;
};

export const round = (value: number, digits = 2): number => Math.round(value * 10 ** digits) / 10 ** digits;

/** Runs `work` on `width` tracks until the time is over; answers how many were done a second, and how long each took. */
export const drive = async (
  width: number,
  seconds: number,
  work: (track: number) => Promise<void>,
): Promise<{ perSecond: number; samples: number[] }> => {
  const samples: number[] = [];
  const start = performance.now();
  const end = start + seconds * 1000;
  await Promise.all(
    Array.from({ length: width }, async (_, track) => {
      while (performance.now() < end) {
        const since = performance.now();
        await work(track);
        samples.push(performance.now() - since);
      }
    }),
  );
  return { perSecond: round(samples.length / ((performance.now() - start) / 1000), 1), samples };
};
