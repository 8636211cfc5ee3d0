import { isAbsolute } from 'node:path';
import { ConfigError } from './errors.ts';

/** What this installation puts below its maps; nothing unless it says so. */
export interface MapBase {
  readonly kind: 'xyz' | 'pmtiles';
  /** Addresses as the browser asks them: of pictures by {z}, {x}, {y}, drawn one over the other; or of one archive. */
  readonly urls: readonly string[];
  /** The archive on this machine, which the server hands out itself. */
  readonly file?: string;
  /** Whose map it is: shown on every map, as licences demand. */
  readonly attribution: string;
  /** GCJ-02: shown as such, never moved silently. */
  readonly shifted: boolean;
  /** Other machines that browsers may fetch from for it. */
  readonly origins: readonly string[];
}

/** Where the server's own archive is handed out. */
export const ARCHIVE_PATH = '/api/v1/map/base.pmtiles';

const originOf = (name: string, url: string): string => {
  if (!/^https?:\/\//u.test(url) || !URL.canParse(url))
    throw new ConfigError('settingUnfit', `${name} must be an http or https address, not ${url}`);
  return new URL(url).origin;
};

/** Throws `settingUnfit` for addresses that are none, for a base without a source named, and for two bases at once. */
export const readMapBase = (env: NodeJS.ProcessEnv): MapBase | undefined => {
  const tiles = env.TONGXIN_MAP_TILES?.trim();
  const archive = env.TONGXIN_MAP_PMTILES?.trim();
  if (!tiles && !archive) return undefined;
  if (tiles && archive) throw new ConfigError('settingUnfit', 'set TONGXIN_MAP_TILES or TONGXIN_MAP_PMTILES, not both');
  const attribution = env.TONGXIN_MAP_ATTRIBUTION?.trim();
  if (!attribution) throw new ConfigError('settingUnfit', 'TONGXIN_MAP_ATTRIBUTION must say whose map it is: it is shown on every map');
  const datum = env.TONGXIN_MAP_DATUM ?? 'wgs84';
  if (datum !== 'wgs84' && datum !== 'gcj02')
    throw new ConfigError('settingUnfit', `TONGXIN_MAP_DATUM must be wgs84 or gcj02, not ${datum}`);
  const common = { attribution, shifted: datum === 'gcj02' };
  if (archive) {
    if (isAbsolute(archive)) return { kind: 'pmtiles', urls: [ARCHIVE_PATH], file: archive, origins: [], ...common };
    return { kind: 'pmtiles', urls: [archive], origins: [originOf('TONGXIN_MAP_PMTILES', archive)], ...common };
  }
  const urls = tiles!.split(/\s+/u);
  for (const url of urls)
    if (!['{z}', '{x}', '{y}'].every((part) => url.includes(part)))
      throw new ConfigError('settingUnfit', `TONGXIN_MAP_TILES must name {z}, {x} and {y}: ${url}`);
  // Braces are no part of an address: they stand for numbers.
  const origins = urls.map((url) => originOf('TONGXIN_MAP_TILES', url.replaceAll(/[{}]/gu, '')));
  return { kind: 'xyz', urls, origins: [...new Set(origins)], ...common };
};
