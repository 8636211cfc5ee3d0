import { createServer } from 'node:http';
import pg from 'pg';

/** The physical limit of a list: select the same fifty rows by the same index without row-level security, and send them as JSON. */
const pool = new pg.Pool({ connectionString: process.env.BARE_URL, max: 12 });
const COLUMNS =
  'case_id, number, source_number, title, procedure_id, stage, channel, demand_kind, category_id, town_id, community_id, grid_id, lead_organization_id, overall_due_at, handling_due_at, imported, reported_at, version, updated_at, light';
const LEVELS: Readonly<Record<string, string>> = { town: 'town_id', community: 'community_id' };

const server = createServer((request, response) => {
  const { searchParams } = new URL(request.url ?? '/', 'http://bare');
  const column = LEVELS[String(request.headers['x-level'])] ?? 'town_id';
  const cursor = searchParams.get('cursor');
  const [at, id] = cursor ? Buffer.from(cursor, 'base64url').toString('utf8').split('~').slice(-2) : [null, null];
  pool
    .query({
      name: `page-${column}-${cursor ? 'deep' : 'first'}`,
      text: `select ${COLUMNS} from cases where ${column} = $1 ${cursor ? 'and updated_at <= $2::timestamptz and (updated_at < $2::timestamptz or case_id > $3::uuid)' : ''}
        order by updated_at desc, case_id limit 51`,
      values: cursor ? [searchParams.get('areaId'), at, id] : [searchParams.get('areaId')],
    })
    .then(
      ({ rows }) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ rows: rows.slice(0, 50) }));
      },
      (error: Error) => {
        response.writeHead(500);
        response.end(error.message);
      },
    );
});
server.listen(0, '127.0.0.1', () => process.stdout.write(String((server.address() as { port: number }).port)));
