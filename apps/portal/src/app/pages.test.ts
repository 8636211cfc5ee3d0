import { expect, test } from 'vitest';
import { FEATURES } from './pages.ts';

test.each(FEATURES.map((feature) => [feature.paths.join(' '), feature] as const))(
  '%s are the addresses of the feature they load',
  async (_, feature) => {
    const { pages } = await feature.load();
    expect(pages.map(({ path }) => path)).toEqual(feature.paths);
  },
);
