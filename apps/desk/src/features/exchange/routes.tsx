import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { READERS } from '@tongxin/domain/exchange/data.ts';
import { REGISTERS } from '@tongxin/domain/exchange/schema.ts';
import { exportsQuery } from '../../lib/export/columns.ts';
import { ExportButton } from '../../lib/export/export-button.tsx';
import { importable } from '../../lib/export/importable.ts';
import { useWords } from '../../lib/i18n/i18n.tsx';
import { Loaded } from '../../lib/load-state.tsx';
import { mayDo, meQuery } from '../../lib/me.ts';
import { ImportTable } from './components/import-table.tsx';
import { JobList } from './components/job-list.tsx';
import { Templates } from './components/templates.tsx';

/** Registers that may be taken along whole. */
const Registers = () => {
  const { t, l } = useWords('exchange');
  const query = useQuery(exportsQuery);
  const { data: me } = useQuery(meQuery);
  return (
    <section className="card" aria-label={t('exchange.registers')}>
      <p className="quiet">{t('exchange.registersHint')}</p>
      <Loaded query={query}>
        {(sources) => (
          <ul className="cards">
            {sources
              .filter(({ id }) => (REGISTERS as readonly string[]).includes(id) && (!READERS[id] || mayDo(me, READERS[id])))
              .map(({ id, label }) => (
                <li key={id} className="row">
                  <span>{l(label)}</span>
                  <ExportButton source={id} />
                </li>
              ))}
          </ul>
        )}
      </Loaded>
    </section>
  );
};

export const ExchangePage = () => {
  const { t } = useWords('exchange');
  const { data: me } = useQuery(meQuery);
  const { tab = 'jobs', as } = useSearch({ from: '/inside/exchange' });
  const kinds = importable(me);
  const tabs = [
    { key: 'jobs', label: t('exchange.jobs') },
    { key: 'out', label: t('exchange.registers') },
    ...(kinds.length ? [{ key: 'in', label: t('exchange.import') } as const] : []),
    ...(mayDo(me, 'statistics.read') ? [{ key: 'forms', label: t('exchange.forms') } as const] : []),
  ] as const;
  return (
    <>
      <h1>{t('app.exchange')}</h1>
      <nav className="views" aria-label={t('app.exchange')}>
        {tabs.map(({ key, label }) => (
          <Link
            key={key}
            to="/exchange"
            search={key === 'jobs' ? {} : { tab: key }}
            // Without it the tab that asks for nothing counts as open on every other.
            activeOptions={{ exact: true }}
            aria-current={key === tab ? 'page' : undefined}
          >
            {label}
          </Link>
        ))}
      </nav>
      {tab === 'jobs' ? <JobList /> : null}
      {tab === 'out' ? <Registers /> : null}
      {tab === 'in' && kinds.length ? <ImportTable kinds={kinds} {...(as ? { asked: as } : {})} /> : null}
      {tab === 'forms' && mayDo(me, 'statistics.read') ? <Templates /> : null}
    </>
  );
};
