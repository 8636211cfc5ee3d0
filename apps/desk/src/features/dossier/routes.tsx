import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { keys } from '@tongxin/client/keys.ts';
import { type DossierItem, type DossierView, SLOTS, type Slot, type SlotView } from '@tongxin/domain/dossier/schema.ts';
import { formatEntered, formatShort } from '@tongxin/ui/time.ts';
import { Alert, Select } from 'antd';
import { useState } from 'react';
import { FilePick } from '../../lib/form/file-pick.tsx';
import { useWords } from '../../lib/i18n/i18n.tsx';
import { Loaded } from '../../lib/load-state.tsx';
import { Mark } from '../../lib/mark.tsx';
import { ArchiveForm } from './components/archive-form.tsx';
import { TakeForm } from './components/take-form.tsx';
import { addToSlot, placeFile } from './mutations.ts';
import { dossierQuery } from './queries.ts';

interface ItemProps {
  readonly item: DossierItem;
  readonly caseId: string;
  readonly slots: readonly SlotView[];
  readonly slot?: Slot | undefined;
  /** Absent: nothing is moved any more. */
  readonly move?: ((work: () => Promise<unknown>) => void) | undefined;
}

const Item = ({ item, caseId, slots, slot, move }: ItemProps) => {
  const { t, l } = useWords('dossier');
  const places = slots.filter((one) => one.slot !== 'note').map((one) => ({ value: one.slot, label: l(one.label) }));
  return (
    <li className="row">
      {item.kind === 'file' ? (
        <a href={`/api/v1/cases/${caseId}/files/${item.id}`} target="_blank" rel="noreferrer">
          {t(
            `dossier.made.${item.mediaType?.startsWith('image/') ? 'photo' : item.mediaType?.startsWith('audio/') ? 'sound' : 'document'}`,
          )}
        </a>
      ) : (
        <span data-foreign>{item.title}</span>
      )}
      {item.kind === 'paper' ? <Mark>{t(item.signed ? 'dossier.signed' : 'dossier.unsigned')}</Mark> : null}
      {item.kind === 'made' ? <span className="quiet">{t('dossier.noteMade')}</span> : null}
      {item.kind === 'file' && move ? (
        <Select
          size="small"
          aria-label={t('dossier.place')}
          style={{ minWidth: '14rem', maxWidth: '100%' }}
          placeholder={t('dossier.place')}
          allowClear
          value={slot}
          onChange={(chosen?: Slot) => move(() => placeFile(caseId, item.id, chosen))}
          options={places}
        />
      ) : null}
    </li>
  );
};

const File = ({ caseId, view, changed }: { caseId: string; view: DossierView; changed: () => void }) => {
  const { t, l, why, language, list } = useWords('dossier');
  const [wrong, setWrong] = useState('');
  const [busy, setBusy] = useState(false);
  const { slots, loose, archived, mayArchive, readings } = view;
  const lacking = slots.filter(({ missing }) => missing);
  const run = (work: () => Promise<unknown>): void => {
    setBusy(true);
    setWrong('');
    work()
      .catch((problem) => setWrong(why(problem)))
      .finally(() => {
        setBusy(false);
        changed();
      });
  };
  const move = archived ? undefined : run;
  return (
    <>
      {archived ? (
        <Alert
          type="success"
          showIcon
          className="field"
          title={t('dossier.archived', {
            number: archived.number,
            day: formatEntered(archived.archivedOn, language),
            term: t(`dossier.retention.${archived.retention}`),
          })}
        />
      ) : lacking.length ? (
        <Alert type="warning" showIcon className="field" title={t('dossier.lacks', { what: list(lacking.map(({ label }) => l(label))) })} />
      ) : null}
      {wrong ? <Alert type="error" role="alert" showIcon title={wrong} className="field" /> : null}
      {loose.length ? (
        <section className="card" aria-labelledby="loose">
          <h2 id="loose">{t('dossier.loose')}</h2>
          <ul className="cards">
            {loose.map((item) => (
              <Item key={item.id} item={item} caseId={caseId} slots={slots} move={move} />
            ))}
          </ul>
        </section>
      ) : null}
      <section className="card" aria-labelledby="slots">
        <h2 id="slots">{t('dossier.contents')}</h2>
        <ol className="cards">
          {slots.map(({ slot, label, required, missing, items }) => (
            <li key={slot}>
              <div className="row">
                <strong>
                  {SLOTS.indexOf(slot) + 1} {l(label)}
                </strong>
                {missing ? <Mark tone="warn">{t('dossier.missing')}</Mark> : required ? <Mark>{t('dossier.required')}</Mark> : null}
                {slot === 'note' ? <span className="quiet">{t('dossier.noteMade')}</span> : null}
              </div>
              {items.length ? (
                <ul className="cards">
                  {items.map((item) => (
                    <Item key={item.id} item={item} caseId={caseId} slots={slots} slot={slot} move={move} />
                  ))}
                </ul>
              ) : null}
              {archived || slot === 'note' ? null : (
                <div className="row">
                  <label htmlFor={`add-${slot}`} className="quiet">
                    {t('dossier.add')}
                  </label>
                  <FilePick
                    key={items.length}
                    id={`add-${slot}`}
                    accept="image/*,application/pdf"
                    disabled={busy}
                    onPick={(file) => (file ? run(() => addToSlot(caseId, slot, file)) : undefined)}
                  />
                </div>
              )}
            </li>
          ))}
        </ol>
      </section>
      <section className="card" aria-labelledby="take">
        <h2 id="take">{t('dossier.take')}</h2>
        <TakeForm caseId={caseId} name={`${archived?.number ?? t('dossier.title')}.pdf`} done={changed} />
        {readings.length ? (
          <>
            <h3>{t('dossier.readings')}</h3>
            <ul className="cards">
              {readings.map(({ at, by, purpose }) => (
                <li key={at} className="row">
                  <span>{formatShort(at, language)}</span>
                  <span>{by ? l(by) : ''}</span>
                  <span className="quiet" data-foreign>
                    {purpose}
                  </span>
                </li>
              ))}
            </ul>
          </>
        ) : null}
      </section>
      {mayArchive ? (
        <section className="card" aria-labelledby="archive">
          <h2 id="archive">{t('dossier.archive')}</h2>
          <ArchiveForm caseId={caseId} lacks={lacking.length > 0} done={changed} />
        </section>
      ) : null}
    </>
  );
};

/** 调解卷宗: the pieces of a mediation's file in the official order, what is missing, and the whole as one PDF. */
export const DossierPage = () => {
  const { id } = useParams({ from: '/inside/cases/$id/dossier' });
  const { t } = useWords('dossier');
  const client = useQueryClient();
  const query = useQuery(dossierQuery(id));
  return (
    <>
      <h1>{t('dossier.title')}</h1>
      <p className="quiet">{t('dossier.hint')}</p>
      <Loaded query={query}>
        {(view) => <File caseId={id} view={view} changed={() => void client.invalidateQueries({ queryKey: keys.dossier(id) })} />}
      </Loaded>
      <p>
        <Link to="/cases/$id" params={{ id }}>
          {t('dossier.back')}
        </Link>
      </p>
    </>
  );
};
