import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Inspection, TableMap } from '@tongxin/client/exchange.ts';
import { keys } from '@tongxin/client/keys.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import { SOURCE_LABELS } from '@tongxin/domain/exchange/data.ts';
import { importColumns } from '@tongxin/domain/exchange/register/rules.ts';
import type { Taken } from '@tongxin/domain/exchange/register/schema.ts';
import type { ImportRegister } from '@tongxin/domain/exchange/schema.ts';
import { Alert, Button, Select } from 'antd';
import { useEffect, useState } from 'react';
import type { TableKind } from '../../../lib/export/importable.ts';
import { FilePick } from '../../../lib/form/file-pick.tsx';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Failed, Loaded } from '../../../lib/load-state.tsx';
import { bringTable, startImport } from '../mutations.ts';
import { isOpen, jobQuery } from '../queries.ts';
import { ImportEnd } from './import-end.tsx';
import { JobProgress } from './job-list.tsx';
import { MapForm } from './map-form.tsx';
import { RegisterMapForm } from './register-map-form.tsx';

const Samples = ({ header, samples }: Pick<Inspection, 'header' | 'samples'>) => {
  const { t } = useWords('exchange');
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and what scrolls must be reached by keys
    <section className="scroll" tabIndex={0} aria-label={t('exchange.samples')}>
      <table className="plain">
        <caption>{t('exchange.samples')}</caption>
        <thead>
          <tr>
            {header.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {samples.map((row, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a table have no other name
            <tr key={i}>
              {row.map((cell, j) => (
                <td key={header[j]}>{cell.slice(0, 60)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};

/** A rehearsal: what would be, which sides to take, and the button that does it. */
const Rehearsal = ({ id, onReal }: { id: string; onReal?: (take: readonly Taken[]) => void }) => {
  const { t } = useWords('exchange');
  const query = useQuery(jobQuery(id));
  const [taken, choose] = useState<ReadonlySet<number>>(new Set());
  return (
    <Loaded query={query}>
      {(job) => {
        const take = (job.detail?.conflicts ?? []).flatMap(({ line, kept }) => (kept && taken.has(line) ? [{ line, kept }] : []));
        const n = Number(job.result?.imported ?? 0) + take.length;
        return (
          <>
            <JobProgress job={job} />
            {isOpen(job) ? null : <ImportEnd job={job} choosing={onReal && job.about.register ? { taken, choose } : undefined} />}
            {onReal && job.status === 'done' && n > 0 ? (
              <Button type="primary" onClick={() => onReal(take)}>
                {t(job.about.register ? 'exchange.importRows' : 'exchange.importNow', { n })}
              </Button>
            ) : null}
          </>
        );
      }}
    </Loaded>
  );
};

/** The import itself; what other screens show is then asked for again. */
const Real = ({ id }: { id: string }) => {
  const client = useQueryClient();
  const query = useQuery(jobQuery(id));
  const isDone = query.data?.status === 'done';
  useEffect(() => {
    if (isDone) void client.invalidateQueries({ refetchType: 'none' });
  }, [isDone, client]);
  return (
    <Loaded query={query}>
      {(job) => (
        <>
          <JobProgress job={job} />
          {isOpen(job) ? null : <ImportEnd job={job} />}
        </>
      )}
    </Loaded>
  );
};

/** A table with nothing but the header that is known. */
const EmptyTable = ({ register }: { register: ImportRegister }) => {
  const { t, l } = useWords('exchange');
  const save = (): void => {
    const header = importColumns(register).filter(({ id }) => id !== 'id' || register === 'categories');
    const url = URL.createObjectURL(new Blob([`\ufeff${header.map(({ label }) => l(label)).join(',')}\r\n`], { type: 'text/csv' }));
    const link = document.createElement('a');
    Object.assign(link, { href: url, download: `${l(SOURCE_LABELS[register])}.csv` });
    link.click();
    URL.revokeObjectURL(url);
  };
  return <Button onClick={save}>{t('exchange.emptyTable')}</Button>;
};

interface Reading {
  readonly table: Inspection;
  readonly map: TableMap | undefined;
  readonly busy: boolean;
  readonly onRehearse: (map: TableMap) => void;
}

/** How the columns are read: remembered, guessed, or to be chosen. */
const ReadingForm = ({ table, map, busy, onRehearse }: Reading) => {
  const { t } = useWords('exchange');
  const { header } = table;
  const isGuessed = table.map !== undefined && (table.map.kind === 'cases' || Object.keys(table.map.columns).length > 0);
  return (
    <>
      <Samples header={header} samples={table.samples} />
      <Alert
        type="info"
        className="field"
        title={t(table.remembered ? 'exchange.remembered' : isGuessed ? 'exchange.guessed' : 'exchange.notGuessed')}
      />
      {map?.kind === 'register' ? (
        <RegisterMapForm key={table.id} header={header} map={map} busy={busy} onRehearse={onRehearse} />
      ) : (
        <MapForm key={table.id} header={header} map={map} busy={busy} onRehearse={onRehearse} />
      )}
    </>
  );
};

const TABLES = '.csv,.xlsx,text/csv';
const GEO = `${TABLES},.geojson,.json,application/geo+json`;

/** A table of cases or of a register is brought, read, rehearsed, and imported when the rehearsal is as it should be. */
export const ImportTable = ({ kinds, asked }: { kinds: readonly TableKind[]; asked?: TableKind }) => {
  const { t, l } = useWords('exchange');
  const client = useQueryClient();
  const [kind, setKind] = useState<TableKind>(asked && kinds.includes(asked) ? asked : kinds[0]!);
  const [table, setTable] = useState<Inspection>();
  const [map, setMap] = useState<TableMap>();
  const [rehearsal, setRehearsal] = useState<string>();
  const [real, setReal] = useState<string>();
  const [problem, setProblem] = useState<unknown>();
  const [busy, setBusy] = useState(false);

  const clear = (): void => {
    setProblem(undefined);
    setTable(undefined);
    setRehearsal(undefined);
    setReal(undefined);
  };
  const bring = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    clear();
    setBusy(true);
    try {
      const found = await bringTable(uuidv7(), file, kind === 'cases' ? undefined : kind);
      setTable(found);
      setMap(found.map);
    } catch (refused) {
      setProblem(refused);
    }
    setBusy(false);
  };
  const begin = async (reading: TableMap, dryRun: boolean, take: readonly Taken[] = []): Promise<void> => {
    setProblem(undefined);
    setBusy(true);
    try {
      const body = { id: uuidv7(), uploadId: table!.id, map: reading, dryRun };
      const job = await startImport(take.length ? { ...body, take } : body);
      (dryRun ? setRehearsal : setReal)(job.id);
      if (dryRun) setReal(undefined);
      await client.invalidateQueries({ queryKey: keys.jobs, exact: true });
    } catch (refused) {
      setProblem(refused);
    }
    setBusy(false);
  };
  return (
    <section className="card" aria-label={t('exchange.import')}>
      <p className="quiet">{t(kind === 'cases' ? 'exchange.importHint' : 'exchange.importRegisterHint')}</p>
      <div className="columns even">
        <FormField id="table-kind" label={t('exchange.importWhat')}>
          {(tied) => (
            <Select
              {...tied}
              value={kind}
              onChange={(chosen: TableKind) => {
                clear();
                setKind(chosen);
              }}
              options={kinds.map((one) => ({ value: one, label: l(SOURCE_LABELS[one]) }))}
            />
          )}
        </FormField>
        <div className="field">
          <label htmlFor="table-file">{t('exchange.table')}</label>
          <div className="row">
            <FilePick
              key={kind}
              id="table-file"
              accept={kind === 'facilities' ? GEO : TABLES}
              disabled={busy}
              onPick={(file) => void bring(file)}
            />
            {kind === 'cases' ? null : <EmptyTable register={kind} />}
          </div>
        </div>
      </div>
      {problem ? <Failed problem={problem} /> : null}
      {busy && !table ? <p role="status">{t('app.slow')}</p> : null}
      {table ? (
        <ReadingForm
          table={table}
          map={map}
          busy={busy}
          onRehearse={(reading) => {
            setMap(reading);
            void begin(reading, true);
          }}
        />
      ) : null}
      {rehearsal && !real ? (
        <section aria-labelledby="rehearsal" className="after">
          <h2 id="rehearsal">{t('exchange.rehearsal')}</h2>
          <Rehearsal key={rehearsal} id={rehearsal} {...(map ? { onReal: (take) => void begin(map, false, take) } : {})} />
        </section>
      ) : null}
      {real ? (
        <section aria-labelledby="imported" className="after">
          <h2 id="imported">{t('exchange.imported')}</h2>
          <Real id={real} />
        </section>
      ) : null}
    </section>
  );
};
