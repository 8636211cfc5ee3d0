import { Link } from '@tanstack/react-router';
import type { ConflictView } from '@tongxin/client/exchange.ts';
import { COLUMNS } from '@tongxin/domain/exchange/data.ts';
import type { ImportRegister } from '@tongxin/domain/exchange/schema.ts';
import { Button, Radio } from 'antd';
import { useWords } from '../../../lib/i18n/i18n.tsx';

export interface Choosing {
  /** Lines in which the table's side is taken. */
  readonly taken: ReadonlySet<number>;
  readonly choose: (taken: ReadonlySet<number>) => void;
}

interface ConflictProps {
  readonly conflict: ConflictView;
  readonly register?: ImportRegister | undefined;
  readonly choosing?: Choosing | undefined;
}

/** What is kept beside what the table says, column by column. */
export const Sides = ({ fields, register }: { fields: ConflictView['fields']; register: ImportRegister | undefined }) => {
  const { t, l, of } = useWords('exchange');
  const nameOf = (field: string): string => {
    const column = register && COLUMNS[register].find(({ id }) => id === field);
    return column ? l(column.label) : of('exchange.map', field, field);
  };
  return (
    <table className="plain">
      <thead>
        <tr>
          <th scope="col">{t('exchange.field')}</th>
          <th scope="col">{t('exchange.kept')}</th>
          <th scope="col">{t('exchange.inTable')}</th>
        </tr>
      </thead>
      <tbody>
        {fields.map(({ field, before, now }) => (
          <tr key={field}>
            <th scope="row">{nameOf(field)}</th>
            <td>{before || '—'}</td>
            <td>{now || '—'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

const Conflict = ({ conflict, register, choosing }: ConflictProps) => {
  const { t } = useWords('exchange');
  const { line, fields } = conflict;
  const set = (isTaken: boolean): void => {
    const { taken, choose } = choosing!;
    choose(new Set(isTaken ? [...taken, line] : [...taken].filter((one) => one !== line)));
  };
  return (
    <li>
      <p className="row">
        <strong>{t('exchange.line', { n: line })}</strong>
        {conflict.key ? <span>{conflict.key}</span> : null}
        {conflict.caseId ? (
          <Link to="/cases/$id" params={{ id: conflict.caseId }}>
            {conflict.number}
          </Link>
        ) : null}
        {conflict.earlierLine ? <span className="quiet">{t('exchange.earlierLine', { n: conflict.earlierLine })}</span> : null}
      </p>
      {conflict.seen ? null : <p className="quiet">{t('exchange.keptUnseen')}</p>}
      <Sides fields={fields} register={register} />
      {choosing && conflict.kept ? (
        <Radio.Group
          aria-label={t('exchange.choice', { n: line })}
          value={choosing.taken.has(line)}
          onChange={(event) => set(event.target.value as boolean)}
          options={[
            { value: false, label: t('exchange.keep') },
            { value: true, label: t('exchange.take') },
          ]}
        />
      ) : null}
    </li>
  );
};

interface Props {
  readonly id: string;
  readonly conflicts: readonly ConflictView[];
  readonly register?: ImportRegister | undefined;
  readonly choosing?: Choosing | undefined;
}

/** Both sides of what has changed; of a register, which of them stands in the end. */
export const ImportConflicts = ({ id, conflicts, register, choosing }: Props) => {
  const { t } = useWords('exchange');
  const open = conflicts.filter(({ kept }) => kept);
  return (
    <section aria-labelledby={`conflicts-${id}`}>
      <h3 id={`conflicts-${id}`}>{t('exchange.conflicts')}</h3>
      <p className="quiet">{t(choosing ? 'exchange.choiceHint' : register ? 'exchange.keptHint' : 'exchange.conflictsHint')}</p>
      {choosing && open.length > 1 ? (
        <p className="row">
          <Button size="small" onClick={() => choosing.choose(new Set())}>
            {t('exchange.keepAll')}
          </Button>
          <Button size="small" onClick={() => choosing.choose(new Set(open.map(({ line }) => line)))}>
            {t('exchange.takeAll')}
          </Button>
        </p>
      ) : null}
      <ul className="cards">
        {conflicts.map((conflict) => (
          <Conflict key={conflict.line} conflict={conflict} register={register} choosing={choosing} />
        ))}
      </ul>
    </section>
  );
};
