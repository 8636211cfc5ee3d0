import { describe, expect, it } from 'vitest';
import { readMapBase } from './map.ts';

const WHOSE = { TONGXIN_MAP_ATTRIBUTION: '示例测绘' };

describe('the base of a map', () => {
  it('is none unless one is named, and none that nobody owns up to, that is no address, or that is two', () => {
    expect(readMapBase({})).toBeUndefined();
    for (const env of [
      { TONGXIN_MAP_TILES: 'https://tiles.example/{z}/{x}/{y}.png' },
      { ...WHOSE, TONGXIN_MAP_TILES: 'https://tiles.example/{z}/{x}.png' },
      { ...WHOSE, TONGXIN_MAP_TILES: 'javascript:alert(1)//{z}{x}{y}' },
      { ...WHOSE, TONGXIN_MAP_TILES: 'tiles/{z}/{x}/{y}.png' },
      { ...WHOSE, TONGXIN_MAP_PMTILES: 'city.pmtiles' },
      { ...WHOSE, TONGXIN_MAP_PMTILES: '/maps/city.pmtiles', TONGXIN_MAP_TILES: 'https://tiles.example/{z}/{x}/{y}.png' },
      { ...WHOSE, TONGXIN_MAP_TILES: 'https://tiles.example/{z}/{x}/{y}.png', TONGXIN_MAP_DATUM: 'bd09' },
    ])
      expect(() => readMapBase(env), JSON.stringify(env)).toThrow();
  });

  it('opens the browser’s door to its own machines and no other', () => {
    expect(
      readMapBase({
        ...WHOSE,
        TONGXIN_MAP_TILES: 'https://t0.tiles.example/vec?x={x}&y={y}&l={z} https://t1.tiles.example/cva?x={x}&y={y}&l={z}',
        TONGXIN_MAP_DATUM: 'gcj02',
      }),
    ).toMatchObject({ kind: 'xyz', shifted: true, origins: ['https://t0.tiles.example', 'https://t1.tiles.example'] });
    expect(readMapBase({ ...WHOSE, TONGXIN_MAP_PMTILES: '/maps/city.pmtiles' })).toEqual({
      kind: 'pmtiles',
      urls: ['/api/v1/map/base.pmtiles'],
      file: '/maps/city.pmtiles',
      attribution: '示例测绘',
      shifted: false,
      origins: [],
    });
  });
});
