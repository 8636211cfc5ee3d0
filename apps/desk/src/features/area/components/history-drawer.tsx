import { useQuery } from '@tanstack/react-query';
import type { AreaHistory, NetAreaView } from '@tongxin/domain/area/rezoning/schema.ts';
import { formatEntered, formatInstant } from '@tongxin/ui/time.ts';
import { Drawer } from 'antd';
import { useMemo } from 'react';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Loaded } from '../../../lib/load-state.tsx';
import { historyQuery } from '../queries.ts';
import { NetMap } from './net-map.tsx';

const NOBODY: readonly NetAreaView[] = [];

/** One decision: what it made of the area, in words and before and after on a map. */
const Entry = ({ entry: { rezoning, change, related, parents } }: { entry: AreaHistory['entries'][number] }) => {
  const { t, l, language, list } = useWords('area');
  const { before, after } = change;
  const shown = useMemo(() => (after ? [after] : NOBODY), [after]);
  const gone = useMemo(() => (before ? [before] : NOBODY), [before]);
  const marks = useMemo(() => new Map([[change.areaId, 'changed' as const]]), [change.areaId]);
  const redrawn = JSON.stringify(before?.boundary) !== JSON.stringify(after?.boundary);
  const lines = [
    before && after && l(before.name) !== l(after.name) ? `${l(before.name)} → ${l(after.name)}` : '',
    before?.code !== after?.code ? `${t('areas.code')} ${before?.code ?? '—'} → ${after?.code ?? '—'}` : '',
    before && !after ? t('areas.verb.gone') : '',
    !before && after ? t('areas.verb.created') : '',
    parents ? `${t('areas.verb.hung')}：${l(parents.before.name)} → ${l(parents.after.name)}` : '',
    before && after && redrawn ? t('areas.verb.redrawn') : '',
    related.length > 0 ? t(change.into.length > 0 ? 'areas.into' : 'areas.outOf', { names: list(related.map(({ name }) => l(name))) }) : '',
  ].filter(Boolean);
  return (
    <li>
      <strong>{formatInstant(rezoning.appliedAt, language)}</strong>{' '}
      {rezoning.documentNumber ? <span>{rezoning.documentNumber}</span> : null}
      <p className="words">{rezoning.reason}</p>
      {rezoning.by ? <p className="quiet">{l(rezoning.by)}</p> : null}
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {redrawn && (before?.boundary || after?.boundary) ? (
        <>
          <p className="quiet">{t('areas.historyMap')}</p>
          <NetMap label={t('areas.historyMap')} around={(after?.boundary ? after : before)!} areas={shown} gone={gone} marks={marks} />
        </>
      ) : null}
    </li>
  );
};

/** When an area was what, and by which decision. */
export const HistoryDrawer = ({ areaId, onClose }: { areaId: string; onClose: () => void }) => {
  const { t, l, language } = useWords('area');
  const day = (one: string): string => formatEntered(one, language);
  const history = useQuery(historyQuery(areaId));
  return (
    <Drawer
      open
      onClose={onClose}
      title={history.data ? t('areas.historyOf', { name: l(history.data.area.name) }) : t('areas.history')}
      size={640}
    >
      <Loaded query={history}>
        {({ entries, codes, retired }) => (
          <>
            {retired ? <p>{t('areas.isRetired')}</p> : null}
            {entries.length === 0 ? <p className="quiet">{t('areas.noHistory')}</p> : null}
            <ol className="timeline">
              {entries.map((entry) => (
                <Entry key={entry.rezoning.id} entry={entry} />
              ))}
            </ol>
            <h3>{t('areas.codes')}</h3>
            <ul>
              {codes.map(({ code, from, to }) => (
                <li key={`${code} ${from}`}>
                  <span className="digits">{code}</span>{' '}
                  {to ? t('areas.codeFromTo', { from: day(from), to: day(to) }) : t('areas.codeSince', { from: day(from) })}
                </li>
              ))}
            </ul>
          </>
        )}
      </Loaded>
    </Drawer>
  );
};
