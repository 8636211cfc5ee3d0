import { passkey } from '@better-auth/passkey';
import { testDatabase } from '@tongxin/testing/database.ts';
import { getMigrations } from 'better-auth/db/migration';
import { emailOTP, phoneNumber, twoFactor, username } from 'better-auth/plugins';
import pg from 'pg';
import { expect, test } from 'vitest';

/** What better-auth itself would still create or add, looking at one schema. */
const missingIn = async (connectionString: string, schema: string) => {
  const pool = new pg.Pool({ connectionString, options: `-c search_path=${schema}` });
  try {
    const { toBeCreated, toBeAdded } = await getMigrations({
      database: pool,
      secret: 'only to read the tables with, nothing is signed',
      baseURL: 'http://127.0.0.1',
      emailAndPassword: { enabled: true },
      plugins: [username(), twoFactor(), phoneNumber({ sendOTP: () => {} }), emailOTP({ sendVerificationOTP: async () => {} }), passkey()],
    });
    return {
      tables: toBeCreated.map(({ table }) => table).sort(),
      columns: toBeAdded.map(({ table, fields }) => [table, Object.keys(fields)]),
    };
  } finally {
    await pool.end();
  }
};

test('the sign-in tables hold every table and column that the sign-in library asks for', async () => {
  const db = await testDatabase();
  try {
    expect(await missingIn(db.urls.auth, 'auth')).toEqual({ tables: [], columns: [] });
    expect((await missingIn(db.adminUrl, 'nothing_here')).tables).toEqual([
      'account',
      'passkey',
      'session',
      'twoFactor',
      'user',
      'verification',
    ]);
  } finally {
    await db.close();
  }
});
