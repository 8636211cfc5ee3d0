import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Inspection } from '@tongxin/client/exchange.ts';
import { keys } from '@tongxin/client/keys.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import type { CaseMap } from '@tongxin/domain/import/schema.ts';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { FilePick } from '../../../lib/form/file-pick.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Failed, Loaded } from '../../../lib/load-state.tsx';
import { bringTable, startImport } from '../mutations.ts';
import { isOpen, jobQuery } from '../queries.ts';
import { ImportEnd } from './import-end.tsx';
import { JobProgress } from './job-list.tsx';
import { MapForm } from './map-form.tsx';

const Samples = ({ header, samples }: Pick<Inspection, 'header' | 'samples'>) => {
  const { t } = useWords();
  return (
    <div className="scroll">
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
    </div>
  );
};

const Job = ({ id, onReal }: { id: string; onReal?: () => void }) => {
  const { t } = useWords();
  const query = useQuery(jobQuery(id));
  return (
    <Loaded query={query}>
      {(job) => (
        <>
          <JobProgress job={job} />
          {isOpen(job) ? null : <ImportEnd job={job} />}
          {onReal && job.status === 'done' && Number(job.result?.imported ?? 0) > 0 ? (
            <Button type="primary" onClick={onReal}>
              {t('exchange.importNow', { n: Number(job.result?.imported) })}
            </Button>
          ) : null}
        </>
      )}
    </Loaded>
  );
};

/** A table is brought, read, rehearsed, and imported when the rehearsal is as it should be. */
export const ImportTable = () => {
  const { t } = useWords();
  const client = useQueryClient();
  const [table, setTable] = useState<Inspection>();
  const [map, setMap] = useState<CaseMap>();
  const [rehearsal, setRehearsal] = useState<string>();
  const [real, setReal] = useState<string>();
  const [problem, setProblem] = useState<unknown>();
  const [busy, setBusy] = useState(false);

  const bring = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    setProblem(undefined);
    setBusy(true);
    setTable(undefined);
    setRehearsal(undefined);
    setReal(undefined);
    try {
      const found = await bringTable(uuidv7(), file);
      setTable(found);
      setMap(found.map);
    } catch (refused) {
      setProblem(refused);
    }
    setBusy(false);
  };
  const begin = async (reading: CaseMap, dryRun: boolean): Promise<void> => {
    setProblem(undefined);
    setBusy(true);
    try {
      const job = await startImport({ id: uuidv7(), uploadId: table!.id, map: reading, dryRun });
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
      <p className="quiet">{t('exchange.importHint')}</p>
      <div className="field">
        <label htmlFor="table-file">{t('exchange.table')}</label>
        <FilePick id="table-file" accept=".csv,.xlsx,text/csv" disabled={busy} onPick={(file) => void bring(file)} />
      </div>
      {problem ? <Failed problem={problem} /> : null}
      {busy && !table ? <p role="status">{t('app.slow')}</p> : null}
      {table ? (
        <>
          <Samples header={table.header} samples={table.samples} />
          <Alert
            type="info"
            className="field"
            title={t(table.remembered ? 'exchange.remembered' : table.map ? 'exchange.guessed' : 'exchange.notGuessed')}
          />
          <MapForm
            key={table.id}
            header={table.header}
            map={table.map}
            busy={busy}
            onRehearse={(reading) => {
              setMap(reading);
              void begin(reading, true);
            }}
          />
        </>
      ) : null}
      {rehearsal ? (
        <section aria-labelledby="rehearsal">
          <h2 id="rehearsal">{t('exchange.rehearsal')}</h2>
          <Job id={rehearsal} {...(real || !map ? {} : { onReal: () => void begin(map, false) })} />
        </section>
      ) : null}
      {real ? (
        <section aria-labelledby="imported">
          <h2 id="imported">{t('exchange.imported')}</h2>
          <Job id={real} />
        </section>
      ) : null}
    </section>
  );
};
