import { DISPUTE_KINDS, type DisputeKind, type DisputeRelease } from '@tongxin/domain/dispute/schema.ts';
import { elsewhereIn } from '@tongxin/domain/publish/rules.ts';
import type { Released } from '@tongxin/domain/publish/schema.ts';
import { formatMonth, formatShort } from '@tongxin/ui/time.ts';
import type { ReactNode } from 'react';
import { useWords } from '../../../lib/i18n/i18n.tsx';

/** What everybody may know of a month: small figures withheld, and those beside them that would tell. Kinds are the last breakdown of the whole. */
export const ReleaseView = ({ release }: { release: DisputeRelease }) => {
  const { t, l, language } = useWords('dispute');
  const { figures, labels, month, least, releasedAt } = release;
  const name = ({ id }: Released, parent?: Released): string => {
    if (labels[id]) return l(labels[id]);
    if (parent && id === elsewhereIn(parent.id)) return t('dispute.elsewhere');
    return DISPUTE_KINDS.includes(id as DisputeKind) ? t(`dispute.kind.${id as DisputeKind}`) : id;
  };
  const branch = (node: Released, parent?: Released): ReactNode => (
    <li key={node.id}>
      {name(node, parent)}{' '}
      {node.count === undefined ? <span className="quiet">{t('dispute.withheld')}</span> : <strong>{node.count}</strong>}
      {node.parts.map((part) => (
        <ul key={part[0]?.id}>{part.map((child) => branch(child, node))}</ul>
      ))}
    </li>
  );
  return (
    <article className="card">
      <h2>{t('dispute.released', { month: formatMonth(`${month}-15T04:00:00Z`, language) })}</h2>
      <p className="quiet">{t('dispute.releasedHint', { least, at: formatShort(releasedAt, language) })}</p>
      <ul>{branch({ ...figures, parts: figures.parts.slice(0, -1) })}</ul>
      <h3>{t('dispute.byKind')}</h3>
      <ul>{figures.parts.at(-1)?.map((kind) => branch(kind))}</ul>
    </article>
  );
};
