import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { keys } from '@tongxin/client/keys.ts';
import { mostReplaced } from '@tongxin/domain/hearing/rules.ts';
import type { DeskHearing } from '@tongxin/domain/hearing/schema.ts';
import { formatInstant } from '@tongxin/ui/time.ts';
import { Button } from 'antd';
import { useState } from 'react';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Mark } from '../../../lib/mark.tsx';
import { type Step, StepDrawer } from './step-drawer.tsx';

const STEPS_OF: Readonly<Partial<Record<string, readonly Step[]>>> = {
  announced: ['draw', 'callOff'],
  panelled: ['hold', 'replace', 'callOff'],
  held: ['opinion'],
  replied: ['publish'],
};

/** One hearing: what everybody reads of it, who sits, and the step that comes next. */
export const HearingCard = ({ hearing }: { hearing: DeskHearing }) => {
  const { t, l, language, list } = useWords('hearing');
  const client = useQueryClient();
  const [step, setStep] = useState<Step>();
  const {
    id,
    number,
    matter,
    place,
    startsAt,
    stage,
    stageLabel,
    seats,
    commitment,
    candidates,
    excluded,
    lot,
    sitting,
    open,
    onCaseId,
    published,
    calledOff,
    follows,
    followedBy,
  } = hearing;
  // Nothing is recorded of what has not begun.
  const begun = Date.parse(startsAt) <= Date.now();
  const mayReplace = (lot?.fallenOut.length ?? 0) < mostReplaced(seats);
  const steps = (STEPS_OF[stage] ?? []).filter(
    (one) => (one !== 'publish' || open) && (one !== 'hold' || begun) && (one !== 'replace' || mayReplace),
  );
  const reasons = (lines: DeskHearing['excluded']): string => list(lines.map(({ no, reason }) => `${no} ${t(`hearing.reason.${reason}`)}`));
  return (
    <article className="card">
      <h2>{matter}</h2>
      <div className="row">
        <Mark>{l(stageLabel)}</Mark>
        {open ? null : <Mark tone="warn">{t('hearing.notOpen')}</Mark>}
        {published ? <Mark tone="good">{t('hearing.isPublished')}</Mark> : null}
        <span>{formatInstant(startsAt, language)}</span>
        <span className="quiet">{place}</span>
        <Link to="/cases/$id" params={{ id }}>
          {number}
        </Link>
        {onCaseId ? (
          <Link to="/cases/$id" params={{ id: onCaseId }}>
            {t('hearing.onCase')}
          </Link>
        ) : null}
      </div>
      <dl className="facts stacked">
        <dt>{t('hearing.commitment')}</dt>
        <dd>
          <span className="hash">{commitment}</span>
          <div className="quiet">{t('hearing.commitmentHint')}</div>
        </dd>
        <dt>{t('hearing.list')}</dt>
        <dd>{list(candidates)}</dd>
        {excluded.length ? (
          <>
            <dt>{t('hearing.excluded')}</dt>
            <dd>{reasons(excluded)}</dd>
          </>
        ) : null}
        {lot ? (
          <>
            <dt>{t('hearing.seed')}</dt>
            <dd className="hash">{lot.seed}</dd>
            <dt>{t('hearing.panel')}</dt>
            <dd>{list(sitting.map(({ no, name, field }) => `${no} ${name}（${t(`hearing.field.${field}`)}）`))}</dd>
            {lot.fallenOut.length ? (
              <>
                <dt>{t('hearing.fallenOut')}</dt>
                <dd>{reasons(lot.fallenOut)}</dd>
              </>
            ) : null}
          </>
        ) : null}
      </dl>
      {calledOff ? <p>{t('hearing.calledOff', { because: calledOff })}</p> : null}
      {follows ? <p>{t('hearing.follows', { at: formatInstant(follows.startsAt, language) })}</p> : null}
      {followedBy ? <p>{t('hearing.followedBy', { at: formatInstant(followedBy.startsAt, language) })}</p> : null}
      {stage === 'calledOff' && !followedBy ? (
        <p>
          <Link to="/hearings/new" search={{ again: id }}>
            {t('hearing.again')}
          </Link>
        </p>
      ) : null}
      {stage === 'calledOff' ? null : <p className="quiet">{t('hearing.rest')}</p>}
      {steps.length ? (
        <div className="row">
          {steps.map((one) => (
            <Button key={one} type={one === 'replace' || one === 'callOff' ? 'default' : 'primary'} onClick={() => setStep(one)}>
              {t(`hearing.step.${one}`)}
            </Button>
          ))}
        </div>
      ) : null}
      {step ? (
        <StepDrawer
          hearing={hearing}
          step={step}
          close={() => setStep(undefined)}
          done={() => {
            setStep(undefined);
            void client.invalidateQueries({ queryKey: keys.hearings });
          }}
        />
      ) : null}
    </article>
  );
};
