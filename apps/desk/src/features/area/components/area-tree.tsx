import { useQueryClient } from '@tanstack/react-query';
import type { AreaView } from '@tongxin/domain/area/schema.ts';
import { Tree, type TreeDataNode } from 'antd';
import { useEffect, useState } from 'react';
import { areasQuery } from '../../../lib/directory.ts';
import { useWords } from '../../../lib/i18n/i18n.tsx';

interface Node extends TreeDataNode {
  readonly area: AreaView;
  children?: Node[];
}

const put = (nodes: readonly Node[], id: string, children: Node[]): Node[] =>
  nodes.map((node) =>
    node.key === id ? { ...node, children } : node.children ? { ...node, children: put(node.children, id, children) } : node,
  );

interface AreaTreeProps {
  readonly at: string | undefined;
  /** Changes when the areas did: the tree is read again. */
  readonly version: number;
  readonly onOpen: (area: AreaView) => void;
}

/** City, towns, communities and grids, fetched as they are opened. */
export const AreaTree = ({ at, version, onOpen }: AreaTreeProps) => {
  const { t, l } = useWords('area');
  const client = useQueryClient();
  const [nodes, setNodes] = useState<Node[]>([]);
  const below = async (parentId?: string): Promise<Node[]> =>
    (await client.fetchQuery(areasQuery(parentId))).map((area) => ({
      key: area.id,
      title: l(area.name),
      area,
      isLeaf: area.kind === 'grid' || area.kind === 'dedicatedGrid',
    }));
  // biome-ignore lint/correctness/useExhaustiveDependencies: again when the words change language or the areas changed
  useEffect(() => {
    let here = true;
    below()
      .then(async (tops) => {
        // The city's towns are what everybody wants to see first.
        const opened = await Promise.all(tops.map(async (top) => ({ ...top, children: await below(String(top.key)) })));
        if (here) setNodes(opened);
      })
      // Without the tree the table below the map still opens everything.
      .catch(() => undefined);
    return () => {
      here = false;
    };
  }, [l, version]);
  return (
    <nav aria-label={t('areas.tree')} className="area-tree">
      <Tree<Node>
        key={`${version} ${nodes[0]?.key}`}
        defaultExpandedKeys={nodes.map(({ key }) => key)}
        treeData={nodes}
        blockNode
        selectedKeys={at ? [at] : []}
        loadData={async ({ key }) => {
          const children = await below(String(key)).catch(() => undefined);
          if (children) setNodes((now) => put(now, String(key), children));
        }}
        onSelect={(_keys, { node }) => onOpen(node.area)}
      />
    </nav>
  );
};
