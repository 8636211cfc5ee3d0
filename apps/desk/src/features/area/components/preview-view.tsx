import { Link } from '@tanstack/react-router';
import type { Move, NetAreaView, RezoningPreview } from '@tongxin/domain/area/rezoning/schema.ts';
import { Alert, Button, Select } from 'antd';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';

type Change = RezoningPreview['changes'][number];

/** What became of one area, in a word. */
const verbOf = ({ before, after }: Change): 'created' | 'gone' | 'hung' | 'redrawn' | 'renamed' | 'renumbered' => {
  if (!before) return 'created';
  if (!after) return 'gone';
  if (before.parentId !== after.parentId) return 'hung';
  if (JSON.stringify(before.boundary) !== JSON.stringify(after.boundary)) return 'redrawn';
  return before.code === after.code ? 'renamed' : 'renumbered';
};

interface PreviewViewProps {
  readonly preview: RezoningPreview;
  readonly moves: readonly Move[];
  readonly onMoves: (moves: readonly Move[]) => void;
  /** Areas that stay, to choose among. */
  readonly staying: readonly NetAreaView[];
}

/** What a re-zoning would do: areas, open cases, facilities, and what needs a new place. */
export const PreviewView = ({ preview, moves, onMoves, staying }: PreviewViewProps) => {
  const { t, l, of } = useWords('area');
  const names = new Map(
    [...preview.changes.flatMap(({ before, after }) => [before, after].flatMap((one) => one ?? [])), ...staying].map((one) => [
      one.id,
      one.name,
    ]),
  );
  const nameOf = (id: string | undefined): string => (id && names.has(id) ? l(names.get(id)!) : t('areas.nowhere'));
  const { cases, facilities, field, dependants, findings } = preview;
  const options = staying.map(({ id, name, code }) => ({ value: id, label: code ? `${l(name)}（${code}）` : l(name) }));
  const put = (some: typeof dependants, areaId: string): void => {
    const ids = new Set(some.map(({ id }) => id));
    onMoves([...moves.filter(({ id }) => !ids.has(id)), ...some.map(({ what, id }) => ({ what, id, areaId }))]);
  };
  return (
    <>
      <table className="plain">
        <caption>{t('areas.changes', { n: preview.changes.length })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('areas.name')}</th>
            <th scope="col">{t('areas.what')}</th>
            <th scope="col">{t('areas.code')}</th>
          </tr>
        </thead>
        <tbody>
          {preview.changes.slice(0, 200).map((change) => {
            const { before, after } = change;
            const renamed = before && after && l(before.name) !== l(after.name);
            return (
              <tr key={change.areaId}>
                <th scope="row" className="long">
                  {renamed ? `${l(before.name)} → ${l(after.name)}` : l((after ?? before)!.name)}
                </th>
                <td>{t(`areas.verb.${verbOf(change)}`)}</td>
                <td className="digits">
                  {before?.code && after?.code && before.code !== after.code
                    ? `${before.code} → ${after.code}`
                    : ((after ?? before)?.code ?? '—')}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <h3>{t('areas.casesMoving', { n: cases.moving })}</h3>
      <p className="quiet">{t('areas.casesHint')}</p>
      {cases.flows.length > 0 ? (
        <ul>
          {cases.flows.map(({ from, to, n }) => (
            <li key={`${from?.id} ${to?.id}`}>{t('areas.flow', { from: nameOf(from?.id), to: nameOf(to?.id), n })}</li>
          ))}
        </ul>
      ) : null}
      {cases.some.length > 0 ? (
        <details>
          <summary>{t('areas.which', { n: cases.some.length })}</summary>
          <ul>
            {cases.some.map(({ id, number, title, from, to }) => (
              <li key={id}>
                <Link to="/cases/$id" params={{ id }} target="_blank">
                  {number}
                </Link>{' '}
                {title} <span className="quiet">{t('areas.fromTo', { from: nameOf(from), to: nameOf(to) })}</span>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
      <h3>{t('areas.facilitiesMoving', { n: facilities.moving })}</h3>
      {facilities.some.length > 0 ? (
        <details>
          <summary>{t('areas.which', { n: facilities.some.length })}</summary>
          <ul>
            {facilities.some.map(({ id, name, from, to }) => (
              <li key={id}>
                {l(name)} <span className="quiet">{t('areas.fromTo', { from: nameOf(from), to: nameOf(to) })}</span>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
      <h3>{t('areas.fieldMoving', field)}</h3>
      {dependants.length > 0 ? (
        <>
          <h3>{t('areas.dependants', { n: dependants.length })}</h3>
          <p className="quiet">{t('areas.dependantsHint')}</p>
          {dependants.map((one) => (
            <FormField key={one.id} id={`move-${one.id}`} label={`${of('areas.dependant', one.what, one.what)}：${l(one.label)}`}>
              {(tied) => (
                <Select
                  {...tied}
                  showSearch={{ optionFilterProp: 'label' }}
                  placeholder={t('areas.chooseArea')}
                  options={options}
                  value={moves.find(({ id }) => id === one.id)?.areaId}
                  onChange={(areaId: string) => put([one], areaId)}
                />
              )}
            </FormField>
          ))}
          {dependants.length > 1 && moves.length > 0 ? (
            <Button size="small" onClick={() => put(dependants, moves.at(-1)!.areaId)}>
              {t('areas.allThere', { name: nameOf(moves.at(-1)!.areaId) })}
            </Button>
          ) : null}
        </>
      ) : null}
      {findings.gaps.length > 0 ? <Alert type="warning" showIcon title={t('areas.gapsAfter', { n: findings.gaps.length })} /> : null}
    </>
  );
};
