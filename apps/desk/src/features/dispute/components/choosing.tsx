import { useQuery, useQueryClient } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import type { ChoosingView } from '@tongxin/domain/dispute/choosing/schema.ts';
import { Alert, Button, Input, Select } from 'antd';
import { useState } from 'react';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Loaded } from '../../../lib/load-state.tsx';
import { Mark } from '../../../lib/mark.tsx';
import { Wrong } from '../../../lib/wrong.tsx';
import { answerChallenge, appointMediator, recordChoice, stepAside } from '../mutations.ts';
import { choosingQuery } from '../queries.ts';

type Work = (work: () => Promise<unknown>) => void;
type Candidate = ChoosingView['candidates'][number];

const Asked = ({ conflicts }: { conflicts: NonNullable<Candidate['conflicts']> }) => {
  const { t } = useWords('dispute');
  return (
    <ul className="plain">
      {conflicts.map(({ kind, side }) => (
        <li key={`${kind}-${side ?? ''}`}>
          {t(`conflict.${kind}`)}
          {side ? ` · ${t('dispute.party', { n: side })}` : ''}
        </li>
      ))}
    </ul>
  );
};

/** Candidates with what speaks against them; the committee may name one, the head appoints whom all agree on. */
const Candidates = ({ caseId, view, run }: { caseId: string; view: ChoosingView; run: Work }) => {
  const { t, list } = useWords('dispute');
  const [despite, setDespite] = useState('');
  const isOpen = view.stage === 'choosing';
  return (
    <ul className="cards">
      {view.candidates.map((one) => {
        const isSettled = view.settledOn?.mediatorId === one.id;
        const asked = one.conflicts ?? [];
        return (
          <li key={one.id}>
            <div className="row">
              <strong>{one.name}</strong>
              {one.courtNow ? <Mark>{t('mediator.courtNow')}</Mark> : null}
              {one.available ? null : <Mark tone="warn">{t('mediator.notFree')}</Mark>}
              {one.excluded ? <Mark tone="warn">{t('choosing.excluded')}</Mark> : null}
              {view.named === one.id ? <Mark tone="good">{t('choosing.named')}</Mark> : null}
              {isSettled ? <Mark tone="good">{t('choosing.settled')}</Mark> : null}
              <span className="quiet">
                {[
                  list(one.kinds.map((kind) => t(`dispute.kind.${kind}`))),
                  list(one.languages),
                  one.load === undefined ? '' : t('mediator.load', { n: one.load }),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
              {isOpen && !one.excluded && one.available && view.named !== one.id ? (
                <Button
                  size="small"
                  onClick={() => run(() => recordChoice(caseId, { commandId: uuidv7(), step: 'named', mediatorId: one.id }))}
                >
                  {t('choosing.name')}
                </Button>
              ) : null}
            </div>
            {asked.length ? (
              <Alert type="warning" className="field" title={t('choosing.asked')} description={<Asked conflicts={asked} />} />
            ) : null}
            {isOpen && isSettled ? (
              <>
                {asked.length ? (
                  <FormField id="despite" label={t('choosing.despite')}>
                    {(tied) => <Input {...tied} maxLength={500} value={despite} onChange={(event) => setDespite(event.target.value)} />}
                  </FormField>
                ) : null}
                <Button
                  type="primary"
                  onClick={() =>
                    run(() =>
                      appointMediator(caseId, {
                        commandId: uuidv7(),
                        mediatorId: one.id,
                        ...(despite.trim() ? { despite: despite.trim() } : {}),
                      }),
                    )
                  }
                >
                  {t('choosing.appoint')}
                </Button>
              </>
            ) : null}
          </li>
        );
      })}
    </ul>
  );
};

/** What each side said, or says at the desk. */
const Sides = ({ caseId, view, run }: { caseId: string; view: ChoosingView; run: Work }) => {
  const { t } = useWords('dispute');
  const nameOf = (id: string | undefined): string => view.candidates.find((one) => one.id === id)?.name ?? '';
  const free = view.candidates.filter(({ available, excluded }) => available && !excluded);
  return (
    <ul className="cards">
      {view.sides.map(({ partyId, chosen, left, accepted }, index) => {
        const say = (step: 'chosen' | 'left' | 'accepted' | 'declined', mediatorId?: string): void =>
          run(() => recordChoice(caseId, { commandId: uuidv7(), partyId, step, ...(mediatorId ? { mediatorId } : {}) }));
        return (
          <li key={partyId} className="row">
            <strong>{t('dispute.party', { n: index + 1 })}</strong>
            <span>
              {chosen ? t('choosing.chose', { name: nameOf(chosen) }) : left ? t('choosing.left') : t('choosing.said0')}
              {accepted ? ` · ${t('choosing.accepted')}` : ''}
            </span>
            {view.stage === 'choosing' ? (
              <>
                <Select
                  aria-label={t('choosing.choose', { n: index + 1 })}
                  placeholder={t('choosing.pick')}
                  {...(chosen ? { value: chosen } : {})}
                  onChange={(mediatorId: string) => say('chosen', mediatorId)}
                  options={free.map(({ id, name }) => ({ value: id, label: name }))}
                />
                {left ? null : (
                  <Button size="small" onClick={() => say('left')}>
                    {t('choosing.leave')}
                  </Button>
                )}
                {view.named && !accepted ? (
                  <>
                    <Button size="small" onClick={() => say('accepted', view.named)}>
                      {t('choosing.accept')}
                    </Button>
                    <Button size="small" onClick={() => say('declined', view.named)}>
                      {t('choosing.decline')}
                    </Button>
                  </>
                ) : null}
              </>
            ) : null}
          </li>
        );
      })}
    </ul>
  );
};

/** A mediator who has an interest says so; a side may ask for another, and the head answers. */
const Leaving = ({ caseId, view, run }: { caseId: string; view: ChoosingView; run: Work }) => {
  const { t } = useWords('dispute');
  const [words, setWords] = useState('');
  const said = words.trim();
  const answer = (upheld: boolean): void =>
    run(() => answerChallenge(caseId, { commandId: uuidv7(), upheld, ...(said ? { why: said } : {}) }));
  const leave = (why: 'conflict' | 'unavailable'): void =>
    run(() => stepAside(caseId, { commandId: uuidv7(), why, ...(said ? { note: said } : {}) }));
  return (
    <>
      {view.challenge ? <Alert type="warning" className="field" title={t('choosing.challenged')} description={view.challenge.why} /> : null}
      <FormField id="aside-words" label={t('choosing.words')} hint={t('choosing.wordsHint')}>
        {(tied) => <Input {...tied} maxLength={500} value={words} onChange={(event) => setWords(event.target.value)} />}
      </FormField>
      <div className="row">
        {view.challenge ? (
          <>
            <Button onClick={() => answer(true)}>{t('choosing.uphold')}</Button>
            <Button onClick={() => answer(false)}>{t('choosing.refuse')}</Button>
          </>
        ) : null}
        <Button onClick={() => leave('conflict')}>{t('choosing.asideConflict')}</Button>
        <Button onClick={() => leave('unavailable')}>{t('choosing.asideUnavailable')}</Button>
      </div>
    </>
  );
};

export const Choosing = ({ caseId }: { caseId: string }) => {
  const { t } = useWords('dispute');
  const client = useQueryClient();
  const query = useQuery(choosingQuery(caseId));
  const [problem, setProblem] = useState<unknown>();
  const run: Work = (work) => {
    setProblem(undefined);
    work()
      .catch(setProblem)
      .finally(() => void client.invalidateQueries({ queryKey: keys.dispute(caseId) }));
  };
  return (
    <section className="card" aria-labelledby="choosing">
      <h2 id="choosing">{t('choosing.title')}</h2>
      <p className="quiet">{t('choosing.hint')}</p>
      <Wrong problem={problem} />
      <Loaded query={query}>
        {(view) => (
          <>
            {view.mediatorName ? <p>{t('choosing.now', { name: view.mediatorName })}</p> : null}
            <Sides caseId={caseId} view={view} run={run} />
            {['mediating', 'cooling', 'drafted'].includes(view.stage) ? <Leaving caseId={caseId} view={view} run={run} /> : null}
            <h3>{t('mediator.title')}</h3>
            {view.candidates.length ? (
              <Candidates caseId={caseId} view={view} run={run} />
            ) : (
              <p className="quiet">{t('choosing.nobody')}</p>
            )}
          </>
        )}
      </Loaded>
    </section>
  );
};
