import { phonesApart, type Settled, takePictures } from '@tongxin/testing/phones/phones.ts';
import pg from 'pg';
import { adminUrlOf, startProduct } from './product.ts';

export const PHONES = 5000;

/** Thousands of phones come back into the network at once and send what waited; who each of them is, a proxy tells. */
export const phonesBack = async (
  size: number,
  phones: number,
): Promise<Omit<Settled, 'ledger'> & { mostMegabytes: number; cases: number; acknowledged: number }> => {
  const product = await startProduct(size, { TONGXIN_TRUST_PROXY: '1', TONGXIN_REQUESTS_PER_MINUTE: '6000' });
  const client = new pg.Client({ connectionString: await adminUrlOf(size) });
  await client.connect();
  try {
    let mostMegabytes = 0;
    const looking = setInterval(() => {
      mostMegabytes = Math.max(mostMegabytes, product.residentMegabytes());
    }, 250);
    const count = async (): Promise<number> => (await client.query<{ n: number }>('select count(*)::int as n from cases')).rows[0]!.n;
    const before = await count();
    const { ledger, ...figures } = await phonesApart({ base: `http://127.0.0.1:${product.port}`, phones, pictures: await takePictures() });
    clearInterval(looking);
    const { rows } = await client.query<{ n: number }>('select count(*)::int as n from cases where case_id = any ($1::uuid[])', [
      ledger.map(({ id }) => id),
    ]);
    const known = rows[0]!.n;
    return { ...figures, mostMegabytes, cases: known === ledger.length ? (await count()) - before : -1, acknowledged: ledger.length };
  } finally {
    await client.end();
    await product.stop();
  }
};
