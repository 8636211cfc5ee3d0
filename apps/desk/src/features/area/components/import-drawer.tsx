import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import { guessMapping, importSteps } from '@tongxin/domain/area/import/rules.ts';
import type { BoundaryFileView, ColumnMapping } from '@tongxin/domain/area/import/schema.ts';
import type { NetAreaView, RezoningStep } from '@tongxin/domain/area/rezoning/schema.ts';
import { Alert, Button, Drawer, Select } from 'antd';
import { useMemo, useState } from 'react';
import { FilePick } from '../../../lib/form/file-pick.tsx';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Failed } from '../../../lib/load-state.tsx';
import { readBoundaryFile } from '../mutations.ts';

const FORMATS: Readonly<Record<string, string>> = { geojson: 'geojson', json: 'geojson', zip: 'shapefile', xlsx: 'xlsx' };

interface ImportDrawerProps {
  readonly parent: NetAreaView;
  readonly areas: readonly NetAreaView[];
  readonly onClose: () => void;
  /** Throws what was refused. */
  readonly onSteps: (steps: readonly RezoningStep[]) => Promise<void>;
}

/** A file of boundaries becomes steps of the draft: nothing is done until the draft is. */
export const ImportDrawer = ({ parent, areas, onClose, onSteps }: ImportDrawerProps) => {
  const { t, l, of } = useWords('area');
  const [file, setFile] = useState<File>();
  const [datum, setDatum] = useState('WGS84');
  const [kind, setKind] = useState<'community' | 'grid' | 'dedicatedGrid'>(parent.kind === 'community' ? 'grid' : 'community');
  const [read, setRead] = useState<BoundaryFileView>();
  const [mapping, setMapping] = useState<ColumnMapping>({ code: '', name: '' });
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const format = FORMATS[file?.name.split('.').at(-1)?.toLowerCase() ?? ''];
  const all = useMemo(() => [parent, ...areas], [parent, areas]);
  const made = useMemo(
    () => (read && mapping.code && mapping.name ? importSteps(all, read.rows, mapping, { kind, parentId: parent.id }, uuidv7) : undefined),
    [read, mapping, all, kind, parent.id],
  );
  const tried = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      await work();
    } catch (refused) {
      setProblem(refused);
    } finally {
      setBusy(false);
    }
  };
  const readFile = (): Promise<void> =>
    tried(async () => {
      const found = await readBoundaryFile(file!, { format: format!, datum });
      setRead(found);
      setMapping(guessMapping(found.columns));
    });
  const columns = read?.columns.map((column) => ({ value: column, label: column })) ?? [];
  const choice = (key: keyof ColumnMapping, label: string) => (
    <FormField id={`map-${key}`} label={label}>
      {(tied) => (
        <Select
          {...tied}
          allowClear={key === 'nameEn'}
          options={columns}
          value={mapping[key] || undefined}
          onChange={(value?: string) => setMapping({ ...mapping, [key]: value ?? '' })}
        />
      )}
    </FormField>
  );
  return (
    <Drawer open onClose={onClose} title={t('areas.import')} size={560}>
      <p className="quiet">{t('areas.importHint')}</p>
      <FormField id="file" label={t('areas.file')} hint={t('areas.fileHint')} {...(file && !format ? { wrong: t('areas.fileKind') } : {})}>
        {({ id, ...tied }) => (
          <FilePick
            id={id}
            describedBy={tied['aria-describedby']}
            accept=".geojson,.json,.zip,.xlsx"
            onPick={(picked) => {
              setFile(picked);
              setRead(undefined);
            }}
          />
        )}
      </FormField>
      <FormField id="datum" label={t('areas.datum')} hint={t('areas.datumHint')}>
        {(tied) => (
          <Select
            {...tied}
            value={datum}
            onChange={(value: string) => {
              setDatum(value);
              setRead(undefined);
            }}
            options={['WGS84', 'GCJ02', 'BD09'].map((value) => ({ value, label: of('areas.datum', value, value) }))}
          />
        )}
      </FormField>
      <FormField id="import-kind" label={t('areas.importKind')}>
        {(tied) => (
          <Select
            {...tied}
            value={kind}
            onChange={setKind}
            options={(['community', 'grid', 'dedicatedGrid'] as const).map((value) => ({ value, label: of('areas.kind', value, value) }))}
          />
        )}
      </FormField>
      <p>
        <Button disabled={!format} loading={busy && !read} onClick={() => void readFile()}>
          {t('areas.readFile')}
        </Button>
      </p>
      {read ? (
        <>
          <h3>{t('areas.rowsRead', { n: read.rows.length })}</h3>
          {choice('code', t('areas.code'))}
          {choice('name', t('areas.name'))}
          {choice('nameEn', t('areas.nameEn'))}
        </>
      ) : null}
      {made ? (
        <>
          <p role="status">
            {t('areas.importSum', { steps: made.steps.length, same: made.unchanged, bad: made.rejects.length, parent: l(parent.name) })}
          </p>
          {made.rejects.length > 0 ? (
            <Alert
              type="warning"
              showIcon
              title={t('areas.rejected', { n: made.rejects.length })}
              description={
                <ul>
                  {made.rejects.slice(0, 100).map(({ row, code }) => (
                    <li key={row}>{t('areas.rejectedRow', { row, why: of('areas.fault', code, code) })}</li>
                  ))}
                </ul>
              }
            />
          ) : null}
          <p>
            <Button type="primary" loading={busy} disabled={made.steps.length === 0} onClick={() => void tried(() => onSteps(made.steps))}>
              {t('areas.addSteps', { n: made.steps.length })}
            </Button>
          </p>
        </>
      ) : null}
      {problem ? <Failed problem={problem} /> : null}
    </Drawer>
  );
};
