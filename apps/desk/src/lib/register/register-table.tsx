import { Button, Grid, Table } from 'antd';
import type { ReactNode } from 'react';
import { useWords } from '../i18n/i18n.tsx';

export interface Column<R> {
  readonly id: string;
  readonly title: string;
  readonly show: (row: R) => ReactNode;
}

interface RegisterTableProps<R> {
  readonly label: string;
  readonly rows: readonly R[];
  readonly columns: readonly Column<R>[];
  readonly idOf: (row: R) => string;
  readonly empty: string;
  /** What may be done with a row: stands in a column of its own. */
  readonly actions?: (row: R) => ReactNode;
  /** More rows wait behind a cursor. */
  readonly more?: { readonly busy: boolean; readonly fetch: () => void };
}

/** The rows of a register: a table on a desk, cards on a phone, the rest by cursor. */
export const RegisterTable = <R extends object>({ label, rows, columns, idOf, empty, actions, more }: RegisterTableProps<R>) => {
  const { t } = useWords();
  const { md } = Grid.useBreakpoint();
  const rest = more ? (
    <Button loading={more.busy} onClick={more.fetch}>
      {t('admin.more')}
    </Button>
  ) : null;
  if (rows.length === 0) return <p className="card">{empty}</p>;
  if (md === false)
    return (
      <>
        <ul className="cards card" aria-label={label}>
          {rows.map((row) => (
            <li key={idOf(row)}>
              {columns.map(({ id, title, show }, i) =>
                i === 0 ? (
                  <div key={id}>
                    <strong>{show(row)}</strong>
                  </div>
                ) : (
                  <div key={id}>
                    <span className="quiet">{title}</span> {show(row)}
                  </div>
                ),
              )}
              {actions ? <div className="row">{actions(row)}</div> : null}
            </li>
          ))}
        </ul>
        {rest}
      </>
    );
  return (
    <div className="card">
      <Table<R>
        aria-label={label}
        size="middle"
        pagination={false}
        dataSource={rows as R[]}
        rowKey={idOf}
        columns={[
          ...columns.map(({ id, title, show }) => ({ key: id, title, render: (_: unknown, row: R) => show(row) })),
          ...(actions
            ? [{ key: 'actions', title: t('admin.actions'), render: (_: unknown, row: R) => <div className="row">{actions(row)}</div> }]
            : []),
        ]}
      />
      {rest}
    </div>
  );
};
