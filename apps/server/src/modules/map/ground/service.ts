import { open } from 'node:fs/promises';
import type { MapGround } from '@tongxin/domain/map/schema.ts';
import type { Deps } from '../../../platform/deps.ts';
import { invalid, notFound } from '../../../platform/errors/problem.ts';
import { type Answer, answer } from '../../../platform/http/answer.ts';
import { readInScope, type Who } from '../../../platform/tx/tx.ts';
import { sendWhole } from './repo.ts';

/** Where the map lies, and what the installation puts below it. */
export const groundOf = async (deps: Deps, who: Who): Promise<MapGround> => {
  const [whole] = await readInScope(deps.pools.app, who, (client) => [sendWhole(client)]);
  const bbox = (whole!.rows[0] as { bbox: number[] | null } | undefined)?.bbox;
  const { map } = deps.config;
  return {
    ...(bbox ? { bounds: [...bbox] as unknown as NonNullable<MapGround['bounds']> } : {}),
    ...(map ? { backdrop: { kind: map.kind, urls: [...map.urls], attribution: map.attribution, shifted: map.shifted } } : {}),
  };
};

/** Archives are read by parts; a part is some tiles or a directory of them. */
const MOST_BYTES = 8 * 1024 * 1024;

/** A part of the archive on this machine (RFC 9110 14). Throws 404 where there is none, 422 `rangeUnfit` for what is no part of it. */
export const archivePart = async (deps: Deps, range: string | undefined): Promise<Answer<Buffer>> => {
  const file = deps.config.map?.file;
  if (!file) throw notFound();
  const [, from, to] = /^bytes=(\d{1,15})-(\d{1,15})$/u.exec(range ?? '') ?? [];
  if (from === undefined || to === undefined || Number(to) < Number(from) || Number(to) - Number(from) >= MOST_BYTES)
    throw invalid('rangeUnfit', { most: MOST_BYTES });
  const handle = await open(file);
  try {
    const { size, mtimeMs } = await handle.stat();
    const first = Number(from);
    if (first >= size) throw invalid('rangeUnfit', { most: MOST_BYTES });
    const length = Math.min(Number(to), size - 1) - first + 1;
    const bytes = Buffer.alloc(length);
    await handle.read(bytes, 0, length, first);
    return answer(bytes, {
      status: 206,
      version: `${size.toString(36)}-${Math.floor(mtimeMs).toString(36)}`,
      headers: {
        'content-type': 'application/octet-stream',
        'content-range': `bytes ${first}-${first + length - 1}/${size}`,
        'cache-control': 'private, max-age=3600',
      },
    });
  } finally {
    await handle.close();
  }
};
