import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { CaseView } from '@tongxin/domain/case/view.ts';
import { formatShort } from '@tongxin/ui/time.ts';
import { useState } from 'react';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { mayDo, meQuery } from '../../../lib/me.ts';
import { useProcedureWords } from '../../../lib/procedure/words.ts';
import { caseDiagramUrl } from '../queries.ts';

/** The stages a case came through, where it is, and where it may go; the whole diagram on request. */
export const Way = ({ view }: { view: CaseView }) => {
  const { t, l, language, list } = useWords();
  const { data: me } = useQuery(meQuery);
  const words = useProcedureWords();
  const [opened, setOpened] = useState(false);
  if (!view.way) return null;
  const { came, ahead } = view.way;
  return (
    <section className="card" aria-labelledby="way">
      <h2 id="way">{t('way.title')}</h2>
      <ol className="way">
        {came.map((step, index) => {
          const here = index === came.length - 1;
          return (
            <li key={`${step.at}${step.stage}`} {...(here ? { 'aria-current': 'step' as const } : {})}>
              <span aria-hidden="true">{here ? '▼' : '✓'}</span> {l(step.label)}
              <span className="quiet">
                {here ? ` ${t('way.here')}` : ''} {formatShort(step.at, language)}
              </span>
            </li>
          );
        })}
      </ol>
      {ahead.length ? (
        <p>
          <span className="quiet">{t('way.ahead')}</span>
          {ahead.map(({ stage, label, actions }) => (
            <span key={stage} className="ahead">
              {l(label)}
              <span className="quiet">{t('way.by', { actions: list(actions.map(l)) })}</span>
            </span>
          ))}
        </p>
      ) : null}
      {view.versionHere ? (
        <p className="quiet">
          {t('way.versionHere', { running: words.version(view.procedureVersion), here: words.version(view.versionHere) })}
        </p>
      ) : null}
      {mayDo(me, 'procedure.vary') && !view.ended ? (
        <p>
          <Link
            to="/procedures/migrate"
            search={{
              id: view.procedureId,
              a: view.procedureVersion,
              ...(view.versionHere ? { b: view.versionHere } : {}),
              caseId: view.id,
              number: view.number,
            }}
          >
            {t('migrate.case')}
          </Link>
        </p>
      ) : null}
      <details onToggle={(event) => setOpened(event.currentTarget.open)}>
        <summary>{t('way.diagram')}</summary>
        {opened ? (
          <div className="case-diagram">
            <img src={caseDiagramUrl(view.id, view.version, language)} alt={t('way.diagramOf', { stage: l(view.stageLabel) })} />
          </div>
        ) : null}
      </details>
    </section>
  );
};
