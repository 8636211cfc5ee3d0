import type { NetFindings } from '@tongxin/domain/area/rezoning/schema.ts';
import { Alert } from 'antd';
import type { ComponentProps } from 'react';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Loaded } from '../../../lib/load-state.tsx';

const HECTARE = 10_000;

const MOST = 20;

interface FindingsProps {
  readonly query: ComponentProps<typeof Loaded<NetFindings>>['query'];
  readonly nameOf: (areaId: string) => string;
}

/** Overlaps and gaps in words, by number; the map shows where each number is. */
export const Findings = ({ query, nameOf }: FindingsProps) => {
  const { t } = useWords();
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
              <ol>
                {overlaps.slice(0, MOST).map(({ areaIds, squareMetres }, i) => (
                  <li key={areaIds.join(' ')} value={i + 1}>
                    {t('areas.overlapOf', { names: areaIds.map(nameOf).join(t('procedure.join')), size: size(squareMetres) })}
                  </li>
                ))}
                {gaps.slice(0, MOST).map(({ areaIds, squareMetres }, i) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: gaps have no names
                  <li key={i} value={overlaps.length + i + 1}>
                    {t('areas.gapOf', { name: nameOf(areaIds[0] ?? ''), size: size(squareMetres) })}
                  </li>
                ))}
              </ol>
            }
          />
        )
      }
    </Loaded>
  );
};
