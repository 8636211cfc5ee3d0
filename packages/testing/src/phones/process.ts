import { type Herd, runPhones } from './phones.ts';

/** Runs the phones it is sent, answers how it went, and ends. */
process.once('message', async (herd: Herd) => {
  const settled = await runPhones(herd);
  process.send!(settled, () => process.exit(0));
});
