import { useQuery } from '@tanstack/react-query';
import { READERS, SOURCE_LABELS } from '@tongxin/domain/exchange/data.ts';
import { EXPORT_SOURCES, type ExportSource } from '@tongxin/domain/exchange/schema.ts';
import { listColumns } from '@tongxin/domain/exchange/template/rules.ts';
import { FIGURES, type TemplateMap } from '@tongxin/domain/exchange/template/schema.ts';
import { Button, Checkbox, Input, InputNumber, Select } from 'antd';
import type { ReactNode } from 'react';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { mayDo, meQuery } from '../../../lib/me.ts';
import { ProcedureSelect } from './procedure-select.tsx';

interface Props {
  readonly map: TemplateMap;
  readonly put: (map: TemplateMap) => void;
}

/** A map without one of its blocks. */
const without = (map: TemplateMap, block: 'rows' | 'list'): TemplateMap => {
  const { [block]: _gone, ...rest } = map;
  return rest;
};

interface RowNumberProps {
  readonly id: string;
  readonly label: string;
  readonly value: number | undefined;
  readonly put: (n: number | undefined) => void;
  /** What is asked needs more words than a narrow column holds. */
  readonly long?: true;
}

const RowNumber = ({ id, label, value, put, long }: RowNumberProps) => (
  <label htmlFor={id} {...(long ? { className: 'long' } : {})}>
    {label}
    <InputNumber
      id={id}
      style={{ display: 'flex', width: 110 }}
      min={1}
      max={20_000}
      precision={0}
      value={value}
      onChange={(n) => put(n ?? undefined)}
    />
  </label>
);

interface Pair {
  readonly column: string;
  readonly what: string;
  readonly procedureId?: string | undefined;
}
/** Which column of the sheet takes what. */
const Pairs = ({
  pairs,
  options,
  figures = false,
  put,
}: {
  pairs: readonly Pair[];
  options: readonly { value: string; label: string }[];
  /** They are figures, each of a procedure. */
  figures?: boolean;
  put: (pairs: Pair[]) => void;
}) => {
  const { t } = useWords('exchange');
  const change = (at: number, part: Partial<Pair>): void => put(pairs.map((one, i) => (i === at ? { ...one, ...part } : one)));
  return (
    <ul className="cards">
      {pairs.map(({ column, what, procedureId }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: both parts of a pair may change
        <li key={i} className="row">
          <Input
            aria-label={t('exchange.column')}
            style={{ width: 80 }}
            maxLength={3}
            value={column}
            onChange={(event) => change(i, { column: event.target.value.toUpperCase().replace(/[^A-Z]/gu, '') })}
          />
          <Select
            aria-label={t('exchange.columnTakes', { column })}
            style={{ width: 220 }}
            value={what}
            options={[...options]}
            onChange={(chosen: string) => change(i, { what: chosen })}
          />
          {figures ? (
            <ProcedureSelect
              figures
              label={t('exchange.columnOf', { column })}
              value={procedureId}
              put={(chosen) => change(i, { procedureId: chosen })}
            />
          ) : null}
          <Button size="small" aria-label={t('exchange.removeCell', { cell: column })} onClick={() => put(pairs.filter((_, j) => j !== i))}>
            ✕
          </Button>
        </li>
      ))}
      <li>
        <Button size="small" onClick={() => put([...pairs, { column: '', what: options[0]!.value }])}>
          {t('exchange.addColumn')}
        </Button>
      </li>
    </ul>
  );
};

const Block = ({ title, on, toggle, children }: { title: string; on: boolean; toggle: (on: boolean) => void; children: ReactNode }) => (
  <fieldset className="field">
    <legend>
      <Checkbox checked={on} onChange={(event) => toggle(event.target.checked)}>
        {title}
      </Checkbox>
    </legend>
    {on ? children : null}
  </fieldset>
);

/** Figures by area or category, row by row. */
export const RowsBlock = ({ map, put }: Props) => {
  const { t } = useWords('exchange');
  const { rows } = map;
  const change = (part: Partial<NonNullable<TemplateMap['rows']>>): void => put({ ...map, rows: { ...rows!, ...part } });
  const begin = { firstRow: 4, lastRow: 4, labelColumn: 'A', by: 'area' as const, columns: [{ column: 'B', figure: 'filed' as const }] };
  return (
    <Block
      title={t('exchange.rowsBlock')}
      on={rows !== undefined}
      toggle={(on) => put(on ? { ...map, rows: begin } : without(map, 'rows'))}
    >
      {rows ? (
        <>
          <div className="filters">
            <RowNumber id="rows-first" label={t('exchange.firstRow')} value={rows.firstRow} put={(n) => n && change({ firstRow: n })} />
            <RowNumber id="rows-last" label={t('exchange.lastRow')} value={rows.lastRow} put={(n) => n && change({ lastRow: n })} />
            <label htmlFor="rows-label">
              {t('exchange.labelColumn')}
              <Input
                id="rows-label"
                maxLength={3}
                value={rows.labelColumn}
                onChange={(event) => change({ labelColumn: event.target.value.toUpperCase() })}
              />
            </label>
            <label htmlFor="rows-by">
              {t('exchange.by')}
              <Select
                id="rows-by"
                value={rows.by}
                onChange={(by: 'area' | 'category') => change({ by })}
                options={(['area', 'category'] as const).map((by) => ({ value: by, label: t(`exchange.by.${by}`) }))}
              />
            </label>
          </div>
          <Pairs
            figures
            pairs={rows.columns.map(({ column, figure, procedureId }) => ({ column, what: figure, procedureId }))}
            options={FIGURES.map((one) => ({ value: one, label: t(`exchange.value.${one}`) }))}
            put={(pairs) =>
              change({
                columns: pairs.map(({ column, what, procedureId }) => ({
                  column,
                  figure: what as (typeof FIGURES)[number],
                  ...(procedureId ? { procedureId } : {}),
                })),
              })
            }
          />
        </>
      ) : null}
    </Block>
  );
};

/** Cases of the month, or a register as it stands, row by row. */
export const ListBlock = ({ map, put }: Props) => {
  const { t, l } = useWords('exchange');
  const { data: me } = useQuery(meQuery);
  const { list } = map;
  const change = (part: Partial<NonNullable<TemplateMap['list']>>): void => put({ ...map, list: { ...list!, ...part } });
  const begin = { firstRow: 2, columns: [{ column: 'A', field: 'serial' }] };
  const source = list?.source ?? 'cases';
  const choose = (chosen: ExportSource): void => {
    const { firstRow, lastRow } = list!;
    put({
      ...map,
      list: { ...begin, firstRow, ...(lastRow ? { lastRow } : {}), ...(chosen === 'cases' ? {} : { source: chosen }) },
    });
  };
  return (
    <Block
      title={t('exchange.listBlock')}
      on={list !== undefined}
      toggle={(on) => put(on ? { ...map, list: begin } : without(map, 'list'))}
    >
      {list ? (
        <>
          <p className="quiet">{t(source === 'cases' ? 'exchange.listCases' : 'exchange.listRegister')}</p>
          <div className="filters">
            <label htmlFor="list-source">
              {t('exchange.listOf')}
              <Select
                id="list-source"
                value={source}
                onChange={choose}
                options={EXPORT_SOURCES.filter((one) => !READERS[one] || mayDo(me, READERS[one])).map((one) => ({
                  value: one,
                  label: l(SOURCE_LABELS[one]),
                }))}
              />
            </label>
            {source === 'cases' ? (
              <label htmlFor="list-procedure">
                {t('exchange.procedure')}
                <ProcedureSelect id="list-procedure" value={list.procedureId} put={(procedureId) => change({ procedureId })} />
              </label>
            ) : null}
            <RowNumber id="list-first" label={t('exchange.firstRow')} value={list.firstRow} put={(n) => n && change({ firstRow: n })} />
            <RowNumber
              id="list-last"
              label={t('exchange.lastRowRoom')}
              long
              value={list.lastRow}
              put={(n) => {
                const { lastRow: _gone, ...rest } = list;
                put({ ...map, list: n ? { ...rest, lastRow: n } : rest });
              }}
            />
          </div>
          <Pairs
            pairs={list.columns.map(({ column, field }) => ({ column, what: field }))}
            options={[
              { value: 'serial', label: t('exchange.serial') },
              ...listColumns(source).map((one) => ({ value: one.id, label: l(one.label) })),
            ]}
            put={(pairs) => change({ columns: pairs.map(({ column, what }) => ({ column, field: what })) })}
          />
        </>
      ) : null}
    </Block>
  );
};
