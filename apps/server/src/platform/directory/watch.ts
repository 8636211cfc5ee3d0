import { instantToLocalDate } from '@tongxin/domain/calendar/rules.ts';
import type pg from 'pg';

const EVERY_MS = 1000;

/** What reference data in memory rests on: how often it was changed, and the day, for what begins or ends with one. */
const stateOf = async (pool: pg.Pool): Promise<string> => {
  const { rows } = await pool.query<{ version: string }>('select version from reference_version');
  return `${rows[0]?.version} ${instantToLocalDate(new Date().toISOString())}`;
};

/** Reads reference data again whenever any process changed it, or a new day began. Answers how to stop. */
export const watchReference = (
  pool: pg.Pool,
  reload: () => Promise<void>,
  { warn }: { warn(what: object, message: string): void },
): (() => void) => {
  let known: string | undefined;
  let looking = false;
  const look = async (): Promise<void> => {
    if (looking) return;
    looking = true;
    try {
      const state = await stateOf(pool);
      // Known only after it was read: a failed reading is tried again.
      if (state !== known) await reload();
      known = state;
    } catch (error) {
      warn({ error: (error as Error).message }, 'reference data could not be read again');
    } finally {
      looking = false;
    }
  };
  const timer = setInterval(() => void look(), EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
};
