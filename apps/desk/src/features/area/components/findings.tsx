import type { NetFindings } from '@tongxin/domain/area/rezoning/schema.ts';
import { Alert } from 'antd';
import type { ComponentProps } from 'react';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Loaded } from '../../../lib/load-state.tsx';

const HECTARE = 10_000;

/** Overlaps and gaps in words; the map shows where. */
export const Findings = ({ query }: { query: ComponentProps<typeof Loaded<NetFindings>>['query'] }) => {
  const { t } = useWords('area');
  const size = (squareMetres: number): string =>
    squareMetres >= HECTARE
      ? t('areas.hectares', { n: Math.round(squareMetres / 1000) / 10 })
      : t('areas.squareMetres', { n: Math.round(squareMetres) });
  return (
    <Loaded query={query}>
      {({ overlaps, gaps }) =>
        overlaps.length + gaps.length === 0 ? (
          <Alert role="status" type="success" showIcon title={t('areas.whole')} />
        ) : (
          <Alert
            role="status"
            type="warning"
            showIcon
            title={t('areas.found', { overlaps: overlaps.length, gaps: gaps.length })}
            description={
              <ul>
                {overlaps.slice(0, 20).map(({ areaIds, squareMetres }) => (
                  <li key={areaIds.join(' ')}>{t('areas.overlapOf', { size: size(squareMetres) })}</li>
                ))}
                {gaps.slice(0, 20).map(({ squareMetres }, i) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: gaps have no names
                  <li key={i}>{t('areas.gapOf', { size: size(squareMetres) })}</li>
                ))}
              </ul>
            }
          />
        )
      }
    </Loaded>
  );
};
