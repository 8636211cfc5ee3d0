import { createServer } from 'node:http';
import pg from 'pg';

/**
 * The physical limit of a screen: the same rows, read by the same index without row-level security, sent as JSON, and drawn by a page without any
 * library as a plain table. `/page` is that page; `/rows` its list, `/case` the record of one case.
 */
const pool = new pg.Pool({ connectionString: process.env.BARE_URL, max: 6 });
const COLUMNS =
  'case_id, number, source_number, title, procedure_id, stage, channel, demand_kind, category_id, town_id, community_id, grid_id, lead_organization_id, overall_due_at, handling_due_at, imported, reported_at, version, updated_at, light';

const PAGE = `<!doctype html><meta charset="utf-8"><title>bare</title><button id="more">more</button><table><tbody id="rows"></tbody></table><ol id="record"></ol><script>
let last = '';
const cells = (row) => '<td>' + Object.values(row).map((value) => String(value ?? '').replaceAll('<', '&lt;')).join('</td><td>') + '</td>';
const read = async (path) => (await fetch(path)).json();
const list = async (path) => {
  const rows = await read(path);
  last = rows.length ? rows.at(-1).updated_at + '~' + rows.at(-1).case_id : '';
  // As many as a window shows are drawn of them; the rest is held, as in the product.
  const drawn = rows.slice(0, 30).map((row) => '<tr data-case="' + row.case_id + '">' + cells(row) + '</tr>').join('');
  const body = document.getElementById('rows');
  body.innerHTML = drawn;
  body.dataset.path = path;
};
document.getElementById('more').onclick = (event) => list(event.target.dataset.path || '/rows?after=' + encodeURIComponent(last));
document.getElementById('rows').onclick = async (event) => {
  const record = await read('/case?id=' + event.target.closest('tr').dataset.case);
  document.getElementById('record').innerHTML = record.map((row) => '<li>' + cells(row) + '</li>').join('');
  document.getElementById('record').dataset.of = event.target.closest('tr').dataset.case;
};
void list('/rows');
</script>`;

const answerOf = async ({ pathname, searchParams }: URL): Promise<string> => {
  if (pathname === '/page') return PAGE;
  if (pathname === '/case') {
    const id = searchParams.get('id');
    const [whole, record] = await Promise.all([
      pool.query({ name: 'case', text: 'select * from cases where case_id = $1', values: [id] }),
      pool.query({ name: 'record', text: 'select * from events where case_id = $1 order by event_no', values: [id] }),
    ]);
    return JSON.stringify([...record.rows, ...whole.rows]);
  }
  const town = searchParams.get('town');
  const [at, id] = searchParams.get('after')?.split('~') ?? [];
  const { rows } = await pool.query({
    name: `rows-${town ? 'town' : 'city'}-${at ? 'after' : 'first'}`,
    text: `select ${COLUMNS} from cases where ${town ? 'town_id = $1' : 'city_id = $1'} ${at ? 'and updated_at <= $2::timestamptz and (updated_at < $2::timestamptz or case_id > $3::uuid)' : ''}
      order by updated_at desc, case_id limit 100`,
    values: [town ?? process.env.BARE_CITY, ...(at ? [at, id] : [])],
  });
  return JSON.stringify(rows);
};

const server = createServer((request, response) => {
  const address = new URL(request.url ?? '/', 'http://bare');
  answerOf(address).then(
    (body) => {
      response.writeHead(200, { 'content-type': address.pathname === '/page' ? 'text/html' : 'application/json' });
      response.end(body);
    },
    (error: Error) => {
      response.writeHead(500);
      response.end(error.message);
    },
  );
});
server.listen(0, '127.0.0.1', () => process.stdout.write(String((server.address() as { port: number }).port)));
