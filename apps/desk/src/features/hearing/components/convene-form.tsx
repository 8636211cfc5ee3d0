import { useQuery, useQueryClient } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import { NOTICE_DAYS } from '@tongxin/domain/hearing/rules.ts';
import type { DeskHearing, HearingReceipt, Reason } from '@tongxin/domain/hearing/schema.ts';
import { formatInstant, localDate } from '@tongxin/ui/time.ts';
import { Button, Checkbox, Input, Select } from 'antd';
import { type FormEvent, useState } from 'react';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Loaded } from '../../../lib/load-state.tsx';
import { DayField } from '../../../lib/register/fields.tsx';
import { Wrong } from '../../../lib/wrong.tsx';
import { conveneHearing } from '../mutations.ts';
import { candidatesQuery } from '../queries.ts';

const DAY_MS = 86_400_000;
const SEATS = [3, 5, 7, 9, 11, 13, 15];
/** Reasons somebody gives before the lot; `challenged` comes after. */
const BEFORE = ['kin', 'party', 'organization', 'handled', 'unavailable'] as const satisfies readonly Reason[];

interface ConveneFormProps {
  readonly onCaseId?: string | undefined;
  /** The hearing that was called off and is held again. */
  readonly again?: DeskHearing | undefined;
  readonly done: (receipt: HearingReceipt, names: readonly string[]) => void;
}

/** Matter, place, time, who is heard, and who of the roster cannot sit, each with a reason; then the list is frozen and the lot committed to. */
export const ConveneForm = ({ again, onCaseId = again?.onCaseId, done }: ConveneFormProps) => {
  const { t, l, language } = useWords('hearing');
  const client = useQueryClient();
  const candidates = useQuery(candidatesQuery);
  const [id] = useState(uuidv7);
  const [matter, setMatter] = useState(again?.matter ?? '');
  const [place, setPlace] = useState(again?.place ?? '');
  const [day, setDay] = useState(localDate(Date.now() + (NOTICE_DAYS + 3) * DAY_MS));
  const [time, setTime] = useState('09:00');
  const [evidenceBy, setEvidenceBy] = useState(localDate(Date.now() + NOTICE_DAYS * DAY_MS));
  const [open, setOpen] = useState(again?.open ?? true);
  const [seats, setSeats] = useState(again?.seats ?? 3);
  const [names, setNames] = useState<readonly string[]>(['', '']);
  const [excluded, setExcluded] = useState<Readonly<Record<string, Reason>>>({});
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const missing = (words: string): { wrong?: string } => (asked && words.trim() === '' ? { wrong: t('misfit.missing') } : {});
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setAsked(true);
    setProblem(undefined);
    if (!matter.trim() || !place.trim() || !day || !time || !evidenceBy) return;
    setBusy(true);
    const parties = names.map((name) => name.trim()).filter(Boolean);
    try {
      const receipt = await conveneHearing({
        id,
        matter: matter.trim(),
        place: place.trim(),
        startsAt: new Date(`${day}T${time}:00+08:00`).toISOString(),
        evidenceBy,
        open,
        seats,
        parties: parties.map((name) => ({ name })),
        excluded: Object.entries(excluded).map(([no, reason]) => ({ no, reason })),
        ...(onCaseId ? { onCaseId } : {}),
        ...(again ? { follows: again.id } : {}),
      });
      await client.invalidateQueries({ queryKey: keys.hearings });
      done(receipt, parties);
    } catch (failure) {
      setProblem(failure);
      setBusy(false);
    }
  };
  return (
    <form className="columns" onSubmit={(event) => void send(event)} noValidate autoComplete="off">
      <div className="card">
        {again ? <p>{t('hearing.follows', { at: formatInstant(again.startsAt, language) })}</p> : null}
        <FormField id="matter" label={t('hearing.matter')} hint={t('hearing.matterHint')} {...missing(matter)}>
          {(tied) => (
            <Input.TextArea
              {...tied}
              maxLength={300}
              autoSize={{ minRows: 2 }}
              value={matter}
              onChange={(event) => setMatter(event.target.value)}
            />
          )}
        </FormField>
        <FormField id="place" label={t('hearing.place')} {...missing(place)}>
          {(tied) => <Input {...tied} maxLength={120} value={place} onChange={(event) => setPlace(event.target.value)} />}
        </FormField>
        <DayField id="day" label={t('hearing.day')} hint={t('hearing.dayHint', { n: NOTICE_DAYS })} value={day} onChange={setDay} />
        <FormField id="time" label={t('hearing.time')}>
          {({ status: _status, ...tied }) => <input {...tied} type="time" value={time} onChange={(event) => setTime(event.target.value)} />}
        </FormField>
        <DayField id="evidence-by" label={t('hearing.evidenceBy')} value={evidenceBy} onChange={setEvidenceBy} />
        <Checkbox checked={open} onChange={(event) => setOpen(event.target.checked)}>
          {t('hearing.open')}
        </Checkbox>
        <p className="quiet">{t('hearing.openHint')}</p>
        <fieldset className="field">
          <legend>{t('hearing.parties')}</legend>
          <div className="quiet">{t('hearing.partiesHint')}</div>
          {names.map((name, n) => (
            <FormField
              // biome-ignore lint/suspicious/noArrayIndexKey: lines keep their places
              key={n}
              id={`party-${n}`}
              label={t('hearing.party', { n: n + 1 })}
            >
              {(tied) => (
                <Input
                  {...tied}
                  maxLength={80}
                  value={name}
                  onChange={(event) => setNames(names.map((one, i) => (i === n ? event.target.value : one)))}
                />
              )}
            </FormField>
          ))}
          {names.length < 10 ? <Button onClick={() => setNames([...names, ''])}>{t('hearing.addParty')}</Button> : null}
        </fieldset>
      </div>
      <div>
        <div className="card">
          <FormField id="seats" label={t('hearing.seats')} hint={t('hearing.seatsHint')}>
            {(tied) => <Select {...tied} value={seats} onChange={setSeats} options={SEATS.map((value) => ({ value, label: value }))} />}
          </FormField>
          <h2>{t('hearing.candidates')}</h2>
          <p className="quiet">{t('hearing.candidatesHint')}</p>
          <Loaded query={candidates}>
            {(people) =>
              people.length ? (
                <ul className="cards">
                  {people.map(({ id: key, no, name, field, organizationLabel }) => (
                    <li key={key} className="row">
                      <label htmlFor={`exclude-${no}`}>
                        <strong>
                          {no} {name}
                        </strong>{' '}
                        <span className="quiet">
                          {[t(`hearing.field.${field}`), organizationLabel ? l(organizationLabel) : ''].filter(Boolean).join(' · ')}
                        </span>
                      </label>
                      <Select
                        id={`exclude-${no}`}
                        style={{ minWidth: 150 }}
                        value={excluded[no] ?? ''}
                        onChange={(reason: Reason | '') =>
                          setExcluded((now) => {
                            const { [no]: _gone, ...rest } = now;
                            return reason ? { ...rest, [no]: reason } : rest;
                          })
                        }
                        options={[
                          { value: '', label: t('hearing.sitsMaybe') },
                          ...BEFORE.map((value) => ({ value, label: t(`hearing.reason.${value}`) })),
                        ]}
                      />
                    </li>
                  ))}
                </ul>
              ) : (
                <p>{t('hearing.noRoster')}</p>
              )
            }
          </Loaded>
        </div>
        <Wrong problem={problem} />
        <Button type="primary" htmlType="submit" size="large" block loading={busy}>
          {t('hearing.convene')}
        </Button>
      </div>
    </form>
  );
};
