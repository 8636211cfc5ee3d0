import { useWindowVirtualizer, type VirtualItem } from '@tanstack/react-virtual';
import type { CaseRow } from '@tongxin/domain/case/view.ts';
import type { Column } from '@tongxin/domain/inbox/schema.ts';
import type { LeaseView } from '@tongxin/domain/lease/schema.ts';
import { Checkbox, Grid } from 'antd';
import { memo, type RefObject, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { useLeases } from '../../../lib/lease/leases.ts';
import { LightMark } from '../../../lib/light-mark.tsx';
import { Mark } from '../../../lib/mark.tsx';
import { CELLS, TitleCell } from './list-cells.tsx';

/** Rows drawn beyond the window, above and below; and how long before its end the next page is fetched. */
const OVERSCAN = 12;
const AHEAD = 20;
const NEW_ROW_PX = 58;
const NEW_CARD_PX = 118;

export interface ListHandle {
  /** Brings a row into the window and the keyboard to it. */
  readonly focus: (index: number) => void;
  readonly measures: () => readonly VirtualItem[];
}

interface CaseListProps {
  readonly handle: RefObject<ListHandle | null>;
  readonly rows: readonly CaseRow[];
  readonly columns: readonly Column[];
  readonly chosen: ReadonlySet<string>;
  readonly gone: ReadonlySet<string>;
  readonly choose: (id: string, on: boolean) => void;
  readonly open: (id: string) => void;
  /** Called while the end of what is there comes near. */
  readonly more: (() => void) | undefined;
  readonly measures: readonly VirtualItem[] | undefined;
  /** How many there are in all, if it is known exactly. */
  readonly total: number | undefined;
}

/** The list: a table on a desk, cards on a phone. Only what the window shows is drawn, however long it is. */
export const CaseList = (props: CaseListProps) => {
  const { rows, chosen, gone, choose, open, more } = props;
  const { t } = useWords();
  const { md } = Grid.useBreakpoint();
  const cards = md === false;
  const top = useRef<HTMLDivElement>(null);
  const leases = useLeases();
  const [margin, setMargin] = useState(0);
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => (cards ? NEW_CARD_PX : NEW_ROW_PX),
    overscan: OVERSCAN,
    getItemKey: (index) => rows[index]!.id,
    scrollMargin: margin,
    ...(props.measures ? { initialMeasurementsCache: [...props.measures] } : {}),
  });
  // What stands above the list may grow (filters open, a bar comes): measured whenever it is drawn.
  useLayoutEffect(() => {
    const at = top.current ? Math.round(top.current.getBoundingClientRect().top + scrollY) : 0;
    if (at !== margin) setMargin(at);
  });
  useImperativeHandle(
    props.handle,
    () => ({
      focus: (index) => {
        const id = rows[index]?.id;
        if (!id) return;
        const reach = (tries: number): void => {
          const link = document.querySelector<HTMLAnchorElement>(`a[data-case="${id}"]`);
          if (link) {
            link.focus({ preventScroll: true });
            link.closest('[data-index]')?.scrollIntoView({ block: 'nearest' });
          } else if (tries > 0) requestAnimationFrame(() => reach(tries - 1));
        };
        if (!document.querySelector(`a[data-case="${id}"]`)) virtual.scrollToIndex(index, { align: 'center' });
        reach(20);
      },
      measures: () => [...virtual.measurementsCache],
    }),
    [rows, virtual],
  );
  const items = virtual.getVirtualItems();
  const end = items.at(-1)?.index ?? 0;
  useLayoutEffect(() => {
    if (end >= rows.length - AHEAD) more?.();
  }, [end, rows.length, more]);
  const before = Math.max(0, (items[0]?.start ?? margin) - margin);
  const after = Math.max(0, virtual.getTotalSize() - ((items.at(-1)?.end ?? margin) - margin));
  const minute = Math.floor(Date.now() / 60_000);
  const shared = (index: number): RowProps => {
    const row = rows[index]!;
    return {
      row,
      index,
      minute,
      lease: leases.get(row.id),
      chosen: chosen.has(row.id),
      gone: gone.has(row.id),
      choose,
      open,
      measure: virtual.measureElement,
    };
  };
  if (cards)
    return (
      <div ref={top}>
        <ul className="cards" style={{ paddingTop: before, paddingBottom: after }}>
          {items.map(({ key, index }) => (
            <Card key={key} {...shared(index)} total={props.total ?? -1} />
          ))}
        </ul>
      </div>
    );
  return (
    <div ref={top}>
      <table className="plain list" aria-rowcount={(props.total ?? -2) + 1}>
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col">
              <span className="unseen">{t('inbox.chosenColumn')}</span>
            </th>
            {props.columns.map((column) => (
              <th key={column} scope="col">
                {t(`inbox.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {before > 0 ? <Gap height={before} /> : null}
          {items.map(({ key, index }) => (
            <Line key={key} {...shared(index)} columns={props.columns} />
          ))}
          {after > 0 ? <Gap height={after} /> : null}
        </tbody>
      </table>
    </div>
  );
};

interface RowProps {
  readonly row: CaseRow;
  readonly index: number;
  /** What is left until something is due is told anew by the minute. */
  readonly minute: number;
  readonly lease: LeaseView | undefined;
  readonly chosen: boolean;
  readonly gone: boolean;
  readonly choose: (id: string, on: boolean) => void;
  readonly open: (id: string) => void;
  readonly measure: (element: Element | null) => void;
}

const Choice = ({ row, chosen, choose }: Pick<RowProps, 'row' | 'chosen' | 'choose'>) => {
  const { t } = useWords();
  return (
    <Checkbox
      aria-label={t('inbox.choose', { title: row.title || row.number })}
      checked={chosen}
      onChange={(event) => choose(row.id, event.target.checked)}
    />
  );
};

/** Drawn once and again when something of its own changes: scrolling draws only what comes. */
const Line = memo(({ columns, ...props }: RowProps & { readonly columns: readonly Column[] }) => {
  const { row, index, chosen, gone, measure } = props;
  const state = [chosen ? 'chosen' : '', gone ? 'gone' : ''].filter(Boolean).join(' ');
  return (
    <tr data-index={index} ref={measure} aria-rowindex={index + 2} className={state || undefined}>
      <td>
        <Choice {...props} />
      </td>
      {columns.map((column) => (
        <td key={column} className={column === 'stage' || column === 'number' ? 'nowrap' : undefined}>
          {column === 'title' ? <TitleCell {...props} /> : CELLS[column](row)}
        </td>
      ))}
    </tr>
  );
});

const Card = memo(({ total, ...props }: RowProps & { readonly total: number }) => {
  const { row, index, gone, measure } = props;
  const { t } = useWords();
  return (
    <li data-index={index} ref={measure} aria-posinset={index + 1} aria-setsize={total} className={gone ? 'gone' : undefined}>
      <div className="row">
        <Choice {...props} />
        <span className="quiet">{row.number}</span>
        <Mark>
          <StageWords row={row} />
        </Mark>
        <LightMark light={row.light} />
      </div>
      <TitleCell {...props} />
      {row.overallDueAt && !row.overallStopped ? (
        <div className="row quiet">
          {t('inbox.overall')} {CELLS.overall(row)}
        </div>
      ) : null}
    </li>
  );
});

const StageWords = ({ row }: { row: CaseRow }) => {
  const { l } = useWords();
  return l(row.stageLabel);
};

/** Room of the rows that are not drawn. */
const Gap = ({ height }: { height: number }) => (
  <tr className="gap">
    <td style={{ height }} />
  </tr>
);
