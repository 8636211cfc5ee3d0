import { createServer } from 'node:http';
import pg from 'pg';

/**
 * The physical limit of filing: parse a body, write rows of the same shapes, sizes and indexes as the product's in one durable transaction,
 * answer. No scope, no rules, no hashes, no encryption: the rows are those of a case that the product filed, under a new id.
 */
const pool = new pg.Pool({ connectionString: process.env.BARE_URL, max: 12, pipeline: true } as pg.PoolConfig);
const TABLES = ['cases', 'events', 'event_content', 'feed_pending', 'case_party', 'receipt', 'clock'] as const;

const setup = await pool.connect();
const { rows: computed } = await setup.query(
  "select table_name || '.' || column_name as name from information_schema.columns where table_schema = 'public' and is_generated = 'ALWAYS'",
);
const generated = new Set(computed.map(({ name }) => name));
await setup.query('drop schema if exists bare cascade');
await setup.query('create schema bare');
const { rows: latest } = await setup.query('select case_id from public.cases order by created_at desc limit 1');
const template = new Map<string, { text: string; values: unknown[]; ids: number[]; unique: number }>();
for (const table of TABLES) {
  await setup.query(`create table bare.${table} (like public.${table} including all)`);
  const { rows, fields } = await setup.query(`select * from public.${table} where case_id = $1`, [latest[0].case_id]);
  let row = rows[0];
  if (!row && table === 'feed_pending') row = { case_id: latest[0].case_id, event_no: 1 };
  const columns = fields.map((field) => field.name).filter((name) => name !== 'pending_id' && !generated.has(`${table}.${name}`));
  template.set(table, {
    text: `insert into bare.${table} (${columns.join(', ')}) values (${columns.map((_, i) => `$${i + 1}`).join(', ')})`,
    values: columns.map((name) =>
      row[name] !== null &&
      typeof row[name] === 'object' &&
      !Buffer.isBuffer(row[name]) &&
      !Array.isArray(row[name]) &&
      !(row[name] instanceof Date)
        ? JSON.stringify(row[name])
        : row[name],
    ),
    ids: columns.flatMap((name, i) => (name === 'case_id' ? [i] : [])),
    unique: columns.indexOf('code_hash'),
  });
}
setup.release();

const file = async (id: string): Promise<void> => {
  const client = await pool.connect();
  try {
    const sent: Promise<unknown>[] = [client.query('begin')];
    for (const [table, { text, values, ids, unique }] of template) {
      const own = [...values];
      for (const i of ids) own[i] = id;
      if (unique !== -1) own[unique] = Buffer.from(id);
      sent.push(client.query({ name: table, text, values: own }));
    }
    sent.push(client.query('commit'));
    for (const one of await Promise.allSettled(sent)) if (one.status === 'rejected') throw one.reason;
  } finally {
    client.release();
  }
};

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.once('end', () => {
    const { id } = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    file(id).then(
      () => {
        response.writeHead(201, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ id, number: 'GD2026-0000001', queryCode: '0000-0000-0000', receivedAt: new Date().toISOString() }));
      },
      (error: Error) => {
        response.writeHead(500);
        response.end(error.message);
      },
    );
  });
});
server.listen(0, '127.0.0.1', () => process.stdout.write(String((server.address() as { port: number }).port)));
