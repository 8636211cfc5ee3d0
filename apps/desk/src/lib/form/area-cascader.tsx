import { useQueryClient } from '@tanstack/react-query';
import type { AreaView } from '@tongxin/domain/area/schema.ts';
import { Cascader } from 'antd';
import { useEffect, useState } from 'react';
import { areasQuery } from '../directory.ts';
import { useWords } from '../i18n/i18n.tsx';

interface Option {
  readonly value: string;
  readonly area: AreaView;
  readonly isLeaf: boolean;
  children?: Option[];
  loading?: boolean;
}
type Named = Omit<Option, 'children'> & { readonly label: string; readonly children?: Named[] };

/** With names in the language that is read now: what was opened stays open when the language changes. */
const named = (options: readonly Option[], l: (label: AreaView['name']) => string): Named[] =>
  options.map(({ children, ...one }) => ({ ...one, label: l(one.area.name), ...(children ? { children: named(children, l) } : {}) }));

const put = (options: readonly Option[], id: string, children: Option[]): Option[] =>
  options.map((one) =>
    one.value === id ? { ...one, children } : one.children ? { ...one, children: put(one.children, id, children) } : one,
  );

interface AreaCascaderProps {
  readonly id?: string;
  readonly empty: string;
  /** Only what lies below this area. */
  readonly below?: string;
  /** Ids from the top to the chosen area. */
  readonly value?: readonly string[];
  /** Dedicated grids too, which lie over the others: where work is listed or a body placed. */
  readonly dedicated?: boolean;
  readonly onChange: (path: readonly AreaView[]) => void;
}

/** The area tree, fetched level by level as it is opened; any level may be chosen. */
export const AreaCascader = ({ id, empty, below, value, dedicated = false, onChange }: AreaCascaderProps) => {
  const { l } = useWords();
  const client = useQueryClient();
  const [options, setOptions] = useState<Option[]>([]);
  const optionsOf = async (parentId?: string): Promise<Option[]> => {
    const areas = await client.fetchQuery(areasQuery(parentId));
    return areas
      .filter(({ kind }) => dedicated || kind !== 'dedicatedGrid')
      .map((area) => ({ value: area.id, area, isLeaf: area.kind === 'grid' || area.kind === 'dedicatedGrid' }));
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each area it lies below
  useEffect(() => {
    let here = true;
    optionsOf(below)
      .then((found) => here && setOptions(found))
      // Without the list the filter stays empty; the rest of the page works.
      .catch(() => undefined);
    return () => {
      here = false;
    };
  }, [below]);
  return (
    <Cascader<Named>
      id={id}
      changeOnSelect
      expandIcon={<span aria-hidden="true">›</span>}
      allowClear
      placeholder={empty}
      options={named(options, l)}
      value={value as string[] | undefined}
      loadData={(path) => {
        const last = path.at(-1);
        if (last)
          void optionsOf(last.value)
            .then((children) => setOptions((now) => put(now, last.value, children)))
            .catch(() => undefined);
      }}
      onChange={(_, chosen) => onChange((chosen ?? []).map((one) => one.area))}
    />
  );
};
