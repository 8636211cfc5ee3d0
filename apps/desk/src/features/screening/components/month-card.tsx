import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { keys } from '@tongxin/client/keys.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import type { FoundItem, OwnMonth, OwnUnit } from '@tongxin/domain/screening/schema.ts';
import { formatEntered, formatMonth } from '@tongxin/ui/time.ts';
import { Button } from 'antd';
import { useState } from 'react';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Mark } from '../../../lib/mark.tsx';
import { Wrong } from '../../../lib/wrong.tsx';
import { reportScreening } from '../mutations.ts';
import { blankItem, ItemFields, itemOf, type WrittenItem } from './item-fields.tsx';

const TONE = { waiting: 'quiet', missing: 'warn', none: 'good', found: 'good' } as const;

/** One month of one unit: two touches when nothing was found, a form when something was. */
export const MonthCard = ({ unit, month }: { unit: OwnUnit; month: OwnMonth }) => {
  const { t, l, language } = useWords('screening');
  const client = useQueryClient();
  // One id for what is sent: again after a lost answer it is the same report.
  const [id, setId] = useState(uuidv7);
  const [mode, setMode] = useState<'shown' | 'sure' | 'form'>('shown');
  const [items, setItems] = useState<readonly WrittenItem[]>([]);
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const name = formatMonth(`${month.month}-15T04:00:00Z`, language);
  const isOpen = month.version === 0;
  const send = async (found: readonly FoundItem[]): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      const report = { organizationId: unit.organizationId, month: month.month, version: month.version, items: [...found] };
      client.setQueryData(keys.screeningOwn, await reportScreening(id, report));
      setMode('shown');
      setId(uuidv7());
    } catch (failure) {
      setProblem(failure);
    }
    setBusy(false);
  };
  const submit = (): void => {
    setAsked(true);
    const found = items.map(itemOf);
    if (found.every((one) => one !== undefined)) void send(found);
    else requestAnimationFrame(() => document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  };
  const write = (): void => {
    setAsked(false);
    setItems(
      month.items.length
        ? month.items.map(({ kind, areaId, place, matter, degree, step, caseId }, index) => ({
            ...blankItem(),
            kind,
            path: [{ id: areaId }],
            place,
            matter,
            degree,
            step,
            goesOn: index + 1,
            ...(caseId ? { caseId } : {}),
          }))
        : [blankItem()],
    );
    setMode('form');
  };
  return (
    <section className="card" aria-label={`${l(unit.label)} ${name}`}>
      <h3>{name}</h3>
      <div className="row">
        <Mark tone={TONE[month.state]}>{t(`screening.state.${month.state}`)}</Mark>
        {month.late && !isOpen ? <Mark>{t('screening.late')}</Mark> : null}
        <span className="quiet">{isOpen ? t('screening.dueOn', { day: formatEntered(month.dueOn, language) }) : null}</span>
        {month.items.length ? <span>{t('screening.foundN', { n: month.items.length })}</span> : null}
      </div>
      {month.items.length && mode !== 'form' ? (
        <ul>
          {month.items.map((item, n) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of one report keep their places
            <li key={n}>
              {[
                t(`dispute.kind.${item.kind}`),
                item.areaLabel ? l(item.areaLabel) : '',
                item.place,
                item.matter,
                t(`screening.step.${item.step}`),
              ]
                .filter(Boolean)
                .join(' · ')}
              {item.caseId ? (
                <>
                  {' '}
                  <Link to="/cases/$id" params={{ id: item.caseId }}>
                    {t('screening.openCase')}
                  </Link>
                </>
              ) : null}
            </li>
          ))}
        </ul>
      ) : null}
      {mode === 'form'
        ? items.map((item, i) => (
            <ItemFields
              key={item.key}
              n={i + 1}
              item={item}
              asked={asked}
              change={(more) => setItems((now) => now.map((one) => (one.key === item.key ? { ...one, ...more } : one)))}
              remove={items.length > 1 ? () => setItems((now) => now.filter((one) => one.key !== item.key)) : undefined}
            />
          ))
        : null}
      <Wrong problem={problem} />
      <div className="row">
        {mode === 'form' ? (
          <>
            <Button onClick={() => setItems((now) => [...now, blankItem()])}>{t('screening.add')}</Button>
            <Button type="primary" loading={busy} onClick={submit}>
              {t('screening.submit')}
            </Button>
            <Button onClick={() => setMode('shown')}>{t('screening.cancel')}</Button>
          </>
        ) : mode === 'sure' ? (
          <>
            <Button type="primary" size="large" loading={busy} onClick={() => void send([])}>
              {t('screening.noneSure', { month: name })}
            </Button>
            <Button size="large" onClick={() => setMode('shown')}>
              {t('screening.cancel')}
            </Button>
          </>
        ) : (
          <>
            {month.state === 'none' ? null : (
              <Button {...(isOpen ? { type: 'primary', size: 'large' } : {})} onClick={() => setMode('sure')}>
                {t('screening.none')}
              </Button>
            )}
            <Button {...(isOpen ? { size: 'large' } : {})} onClick={write}>
              {t(isOpen ? 'screening.found' : 'screening.again')}
            </Button>
          </>
        )}
      </div>
    </section>
  );
};
