import { ensureData } from './product.ts';
for (const size of [1_000_000, 100_000]) await ensureData(size, (line) => console.error(new Date().toISOString(), line));
process.exit(0);
