import { v7 } from 'uuid';
import { type Bench, drive, percentile, round } from './bench.ts';
import { type Client, ensureData, type Product, startBare, startProduct } from './product.ts';

/** One pixel and a little more: the smallest evidence that is a picture. */
const PICTURE = Buffer.from(
  '/9j/4AAQSkZJRgABAQEAYABgAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcpLDAxNDQ0Hyc5PTgyPC4zNDL/wAALCAABAAEBAREA/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/9oACAEBAAA/APf6KKKK/9k=',
  'base64',
);

interface Cast {
  readonly dispatcher: Record<string, string>;
  readonly handler: Record<string, string>;
  readonly verifier: Record<string, string>;
  readonly organizationId: string;
  readonly townId: string;
  readonly point: { lon: number; lat: number };
}

const cycle = async (product: Product, cast: Cast, n: number): Promise<void> => {
  const id = v7();
  const done = (what: string, { status, body }: { status: number; body: string }): Record<string, unknown> => {
    if (status >= 300) throw new Error(`${what} answered ${status} ${body}`);
    return JSON.parse(body);
  };
  const receipt = done(
    'filing',
    await product.call('POST', '/api/v1/cases', {
      id,
      text: `第${n}盏路灯不亮，请修`,
      categoryId: 'municipal.lampOut',
      point: cast.point,
      reporter: { phone: '13800138000', callBackWanted: false },
    }),
  );
  let version = 1;
  const act = async (who: Record<string, string>, action: string, input: object = {}, fileIds: string[] = []): Promise<void> => {
    const answer = done(
      action,
      await product.call(
        'POST',
        `/api/v1/cases/${id}/actions`,
        { commandId: v7(), action, version, input, fileIds },
        { ...who, prefer: 'return=minimal' },
      ),
    );
    version = Number(answer.version);
  };
  await act(cast.dispatcher, 'accept');
  await act(cast.dispatcher, 'dispatch', { organizationId: cast.organizationId });
  await act(cast.handler, 'acknowledge');
  const fileId = v7();
  done(
    'upload',
    await product.call('PUT', `/api/v1/cases/${id}/files/${fileId}`, PICTURE, {
      ...cast.handler,
      'content-type': 'image/jpeg',
      'x-kind': 'photo',
    }),
  );
  await act(cast.handler, 'resolve', { reply: '已修好' }, [fileId]);
  await act(cast.verifier, 'verifyPass', { method: 'picture' });
  await act(cast.dispatcher, 'answer', { reply: '路灯已修好，谢谢您。' });
  done(
    'rate',
    await product.call('POST', `/api/v1/receipts/${receipt.queryCode}/actions`, {
      commandId: v7(),
      action: 'rate',
      version,
      input: { satisfaction: 'satisfied' },
    }),
  );
  version += 1;
  await act(cast.dispatcher, 'close');
  done('search', await product.call('GET', `/api/v1/cases?limit=20&q=${encodeURIComponent('路灯不亮')}`, undefined, cast.dispatcher));
};

/** Sign-ins of one town of the demo city, and the body that mends its lamps. */
export const castOf = async (product: Product): Promise<Cast> => {
  const town = 'shiqi';
  const dispatcher = await product.signIn(`${town}-dispatcher`);
  const verifier = await product.signIn(`${town}-verifier`);
  const handler = await product.signIn(`${town}-planning`);
  type Me = { posts: { areaId: string; organizationId: string }[] };
  const me = async (who: Record<string, string>) => JSON.parse((await product.call('GET', '/api/v1/me', undefined, who)).body) as Me;
  const townId = (await me(dispatcher)).posts[0]!.areaId;
  const point = await pointIn(product, townId);
  return { dispatcher, verifier, handler, organizationId: (await me(handler)).posts[0]!.organizationId, townId, point };
};

/** Where the first facility of an area stands: a point that lies in it. */
const pointIn = async (product: Product, areaId: string): Promise<{ lon: number; lat: number }> => {
  const { body } = await product.call('GET', `/api/v1/facilities?areaId=${areaId}`);
  const found = /"lon":([\d.]+),"lat":([\d.]+)/u.exec(body);
  if (!found) throw new Error(`no facility of the town was found: ${body.slice(0, 200)}`);
  return { lon: Number(found[1]), lat: Number(found[2]) };
};

/** As many durable writes and reads as a cycle makes, each of them a filing's rows and a list's: what the machine could do without any rules. */
const bareCycle = async (writer: Client, reader: Client, areaId: string): Promise<void> => {
  for (let write = 0; write < WRITES; write++) {
    const { status, body } = await writer.call('POST', '/', { id: v7(), text: '路灯不亮，请修' });
    if (status !== 201) throw new Error(`the bare server answered ${status} ${body}`);
  }
  const { status } = await reader.call('GET', `/?areaId=${areaId}`);
  if (status !== 200) throw new Error(`the bare server answered ${status}`);
};
/** Of the cycle above: filing, seven actions at the desk, a picture, a rating. */
const WRITES = 10;

/** Whole cycles a second: every action of the shortest complete order, then a search, at growing numbers of cases. */
export const loop: Bench = async ({ sizes, seconds, say }) => {
  const figures: Record<string, number> = {};
  const limit: Record<string, number> = {};
  const ratio: Record<string, number> = {};
  for (const size of sizes) {
    await ensureData(size, say);
    const product = await startProduct(size);
    try {
      const cast = await castOf(product);
      let n = 0;
      await drive(4, 2, () => cycle(product, cast, n++));
      const { perSecond, samples } = await drive(8, seconds, () => cycle(product, cast, n++));
      figures[`cyclesPerSecond@${size}`] = perSecond;
      figures[`cycleP50Ms@${size}`] = percentile(samples, 0.5);
      figures[`cycleP99Ms@${size}`] = percentile(samples, 0.99);
      const [writer, reader] = [await startBare('bare.ts', size), await startBare('bare-inbox.ts', size)];
      await drive(4, 2, () => bareCycle(writer, reader, cast.townId));
      const bare = await drive(8, seconds, () => bareCycle(writer, reader, cast.townId));
      writer.stop();
      reader.stop();
      limit[`cyclesPerSecond@${size}`] = bare.perSecond;
      ratio[`@${size}`] = round(perSecond / bare.perSecond);
      say(`${size} cases: ${perSecond} cycles/s of ${bare.perSecond}/s`);
    } finally {
      await product.stop();
    }
  }
  const first = figures[`cyclesPerSecond@${sizes[0]}`]!;
  const last = figures[`cyclesPerSecond@${sizes.at(-1)}`]!;
  const growth = { [`slower@${sizes.at(-1)}`]: round(first / last) };
  return {
    figures,
    limit,
    ratio,
    growth,
    aims: [
      { aim: '≥ 60 cycles a second on 2 cores', met: Math.min(...sizes.map((size) => figures[`cyclesPerSecond@${size}`]!)) >= 60 },
      { aim: '≤ 1.3 × slower at 10⁶', met: sizes.includes(1_000_000) && first / last <= 1.3 },
    ],
    notes: [
      'a cycle is eleven requests: a filing, seven actions at the desk, a picture, a rating by query code, and a search; eight tracks at once',
      'the limit is a bare node:http and pg server that makes ten durable writes of a filing’s rows and reads one page: no rules, no scope, no hashes, no files',
    ],
  };
};
