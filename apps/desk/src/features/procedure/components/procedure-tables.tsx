import type { Action, Procedure } from '@tongxin/domain/procedure/schema.ts';
import { Fragment } from 'react';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Mark } from '../../../lib/mark.tsx';
import { actionsInOrder, stagesInOrder } from '../../../lib/procedure/order.ts';
import { useProcedureWords } from '../../../lib/procedure/words.ts';

const ActionCells = ({ procedure, action }: { procedure: Procedure; action: Action }) => {
  const { t, l } = useWords('procedure');
  const words = useProcedureWords();
  const target = action.to === 'same' ? undefined : procedure.stages[action.to];
  return (
    <>
      <td>
        <strong className="on-phone">{l(action.label)}</strong>
      </td>
      <td data-label={t('procedure.leads')}>{target ? l(target.label) : <span className="quiet">{t('procedure.stays')}</span>}</td>
      <td data-label={t('procedure.who')}>
        {words.list(action.by.map(words.who))}
        {action.notBy?.length ? <div className="quiet">{words.apart(action.notBy)}</div> : null}
      </td>
      <td data-label={t('procedure.told')}>{action.told ? l(action.told) : <span className="quiet">–</span>}</td>
    </>
  );
};

/** Stages, what may be done there, where it leads and who may: all that the diagram shows, and who besides. */
export const StageTable = ({ procedure }: { procedure: Procedure }) => {
  const { t, l } = useWords('procedure');
  const ordered = actionsInOrder(procedure);
  return (
    <section className="card wide" aria-label={t('procedure.stages')}>
      <h2>{t('procedure.stages')}</h2>
      <p className="quiet">{t('procedure.stagesHint')}</p>
      <table className="plain stacked">
        <thead>
          <tr>
            <th scope="col">{t('procedure.action')}</th>
            <th scope="col">{t('procedure.leads')}</th>
            <th scope="col">{t('procedure.who')}</th>
            <th scope="col">{t('procedure.told')}</th>
          </tr>
        </thead>
        {stagesInOrder(procedure).map(([id, stage]) => {
          const actions = ordered.filter(([, action]) => action.from.includes(id));
          return (
            <tbody key={id}>
              <tr>
                <th scope="rowgroup" colSpan={4} className="stage">
                  {l(stage.label)} {id === procedure.start ? <Mark>{t('procedure.start')}</Mark> : null}
                  {stage.end ? <Mark>{t('procedure.end')}</Mark> : null} <span className="quiet told">{l(stage.told)}</span>
                </th>
              </tr>
              {actions.map(([actionId, action]) => (
                <tr key={actionId}>
                  <ActionCells procedure={procedure} action={action} />
                </tr>
              ))}
            </tbody>
          );
        })}
      </table>
    </section>
  );
};

/** Limits in words: how long, who is reminded when, and what it rests on. */
export const ClockTable = ({ procedure }: { procedure: Procedure }) => {
  const { t, l } = useWords('procedure');
  const words = useProcedureWords();
  return (
    <section className="card wide" aria-label={t('procedure.clocks')}>
      <h2>{t('procedure.clocks')}</h2>
      <table className="plain stacked">
        <thead>
          <tr>
            <th scope="col">{t('procedure.clock')}</th>
            <th scope="col">{t('procedure.length')}</th>
            <th scope="col">{t('procedure.reminders')}</th>
            <th scope="col">{t('procedure.basis')}</th>
          </tr>
        </thead>
        <tbody>
          {Object.entries(procedure.clocks).map(([id, clock]) => (
            <tr key={id}>
              <th scope="row">{l(clock.label)}</th>
              <td data-label={t('procedure.length')}>{words.limitSource(clock.limit)}</td>
              <td data-label={t('procedure.reminders')}>
                <ul className="bare">
                  {clock.ladder.map((rung) => (
                    <li key={rung.id}>{words.rung(rung, procedure)}</li>
                  ))}
                </ul>
              </td>
              <td data-label={t('procedure.basis')}>{words.basis(clock.source)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};

/** What each action asks for. */
export const FormList = ({ procedure }: { procedure: Procedure }) => {
  const { t, l } = useWords('procedure');
  const words = useProcedureWords();
  const asking = actionsInOrder(procedure).filter(([, { form, evidence }]) => form?.length || evidence?.min);
  return (
    <section className="card" aria-label={t('procedure.forms')}>
      <h2>{t('procedure.forms')}</h2>
      {asking.length ? (
        <dl className="facts stacked">
          {asking.map(([id, action]) => (
            <Fragment key={id}>
              <dt>{l(action.label)}</dt>
              <dd>
                <ul className="bare">
                  {(action.form ?? []).map((field) => (
                    <li key={field.id}>{words.field(field)}</li>
                  ))}
                  {action.evidence?.min ? <li>{words.evidence(action.evidence)}</li> : null}
                </ul>
              </dd>
            </Fragment>
          ))}
        </dl>
      ) : (
        <p>{t('procedure.noForm')}</p>
      )}
    </section>
  );
};
