import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { keys } from '@tongxin/client/keys.ts';
import { ApiProblem } from '@tongxin/client/problem.ts';
import type { NetAreaView, NetView, RezoningPreview, RezoningStep } from '@tongxin/domain/area/rezoning/schema.ts';
import type { AreaView } from '@tongxin/domain/area/schema.ts';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { FoundDraft, useFormDraft } from '../../lib/draft/form-draft.tsx';
import { useWords } from '../../lib/i18n/i18n.tsx';
import { Loaded } from '../../lib/load-state.tsx';
import { EMPTY, type Sketch } from '../../lib/map/drawing.ts';
import { meQuery } from '../../lib/me.ts';
import { AreaTree } from './components/area-tree.tsx';
import { DraftPanel, Progress } from './components/draft-panel.tsx';
import { Findings } from './components/findings.tsx';
import { HistoryDrawer } from './components/history-drawer.tsx';
import { ImportDrawer } from './components/import-drawer.tsx';
import { Leaving } from './components/leaving.tsx';
import { NetMap } from './components/net-map.tsx';
import { NetTable } from './components/net-table.tsx';
import { kindsBelow, penOf, StepForm, type Task } from './components/step-form.tsx';
import { useRezoningDraft } from './components/use-rezoning-draft.tsx';
import { areaBoundariesUrl } from './mutations.ts';
import { findingsQuery, netQuery } from './queries.ts';

const route = getRouteApi('/inside/areas');

/** A shape that is no step yet, and what it is for. */
interface Drawing {
  readonly task: Task;
  readonly chosenIds: readonly string[];
  readonly positions: Sketch['positions'];
}

/** The net as it would be after the draft. */
const drafted = (net: NetView, preview: RezoningPreview | undefined): readonly NetAreaView[] => {
  if (!preview) return net.areas;
  const after = new Map(preview.changes.map((change) => [change.areaId, change.after]));
  const kept = net.areas.flatMap((area) => (after.has(area.id) ? (after.get(area.id) ?? []) : [area]));
  const known = new Set(kept.map(({ id }) => id));
  const made = preview.changes.flatMap(({ after: one }) => (one && !known.has(one.id) && one.id !== net.area.id ? [one] : []));
  return [...kept, ...made].sort((a, b) => (a.code ?? '').localeCompare(b.code ?? ''));
};

/** Tasks that make sense for what is chosen. */
const tasksFor = (parent: NetAreaView, chosen: readonly NetAreaView[]): Task[] => {
  if (chosen.length === 0) return kindsBelow(parent).length > 0 ? ['create', 'dedicated'] : ['dedicated'];
  if (chosen.length > 1) return chosen.every(({ kind }) => kind === chosen[0]!.kind) ? ['merge'] : [];
  return ['redraw', 'split', 'hang', 'renumber', 'rename', 'retire'];
};

/** A simple polygon's corners, to be changed by hand; of anything more, none. */
const cornersOf = (area: NetAreaView | undefined): Sketch => {
  const shape = area?.boundary as { type: string; coordinates: [number, number][][] } | undefined;
  return shape?.type === 'Polygon' && shape.coordinates.length === 1
    ? { positions: shape.coordinates[0]!.slice(0, -1), by: 'text' }
    : EMPTY;
};

const Editor = ({
  net,
  onOpen,
  onApplied,
}: {
  net: NetView;
  onOpen: (areaId: string) => void;
  onApplied: (rezoningId: string) => void;
}) => {
  const { t, l, of } = useWords('area');
  const [chosenIds, setChosen] = useState<readonly string[]>([]);
  const [task, setTask] = useState<Task>();
  const [sketch, setSketch] = useState<Sketch>(EMPTY);
  const made = useRezoningDraft(net, onApplied);
  // What is drawn and no step yet is kept as well; where an area it was about is there no more, it is over.
  const [foundShape, setFoundShape] = useState(false);
  const drawing: Partial<Drawing> = task && sketch.positions.length > 0 ? { task, chosenIds, positions: sketch.positions } : {};
  useFormDraft(`areas/${net.area.id}/drawing`, drawing, (kept) => {
    const { task: begun, chosenIds: about = [], positions = [] } = kept;
    if (!begun || !about.every((id) => net.areas.some((area) => area.id === id))) return;
    setTask(begun);
    setChosen(about);
    setSketch({ positions, by: 'text' });
    setFoundShape(true);
  });
  const { steps, elsewhere } = made.draft;
  const preview = made.preview.data;
  const [historyId, setHistory] = useState<string>();
  const [importing, setImporting] = useState(false);
  const [checking, setChecking] = useState(false);
  const findings = useQuery({ ...findingsQuery(net.area.id), enabled: checking });
  const areas = useMemo(() => drafted(net, preview), [net, preview]);
  const gone = useMemo(() => preview?.changes.flatMap(({ before }) => (before?.boundary ? [before] : [])) ?? [], [preview]);
  const marks = useMemo(
    () =>
      new Map([
        ...(preview?.changes ?? []).map(({ areaId }) => [areaId, 'changed'] as const),
        ...chosenIds.map((id) => [id, 'chosen'] as const),
      ]),
    [preview, chosenIds],
  );
  const shown = preview ? preview.findings : checking ? findings.data : undefined;
  const near = areas.filter(({ parentId }) => parentId === net.area.id);
  const chosen = near.filter(({ id }) => chosenIds.includes(id));
  // A step says what an area was called before it.
  const names = new Map([...areas, ...elsewhere, ...net.path, net.area, ...net.areas].map((area) => [area.id, area.name]));
  const nameOf = (id: string): string => (names.has(id) ? l(names.get(id)!) : id);
  const newOf = (kinds: readonly string[]): string =>
    kinds.length > 1 ? t('areas.newArea') : t('areas.newOf', { kind: of('areas.kind', kinds[0] ?? '', '') });
  const pen = penOf(task);

  const begin = (next: Task): void => {
    setSketch(next === 'redraw' ? cornersOf(chosen[0]) : EMPTY);
    setTask(next);
  };
  const close = (): void => {
    setTask(undefined);
    setSketch(EMPTY);
    setChosen([]);
    setFoundShape(false);
  };
  const addStep = async (step: RezoningStep, above?: AreaView): Promise<number | undefined> => {
    try {
      await made.take([...steps, step], above);
    } catch (refused) {
      const parts = refused instanceof ApiProblem && refused.code === 'partsUnnamed' ? Number(refused.params?.parts) : 0;
      if (step.do === 'split' && parts > step.parts.length) return parts;
      throw refused;
    }
    close();
    return undefined;
  };
  return (
    <div className="area-editor">
      <div>
        <div className="row" role="toolbar" aria-label={t('areas.tools')}>
          {task
            ? null
            : tasksFor(net.area, chosen).map((one) => (
                <Button key={one} onClick={() => begin(one)}>
                  {one === 'create' ? newOf(kindsBelow(net.area)) : t(`areas.task.${one}`)}
                </Button>
              ))}
          <Button onClick={() => setImporting(true)}>{t('areas.import')}</Button>
          <Button href={areaBoundariesUrl(net.area.id)} download>
            {t('areas.export')}
          </Button>
          <Button aria-pressed={checking} onClick={() => setChecking(!checking)}>
            {t('areas.check')}
          </Button>
        </div>
        <NetMap
          label={t('areas.mapOf', { name: l(net.area.name) })}
          around={net.area}
          areas={near}
          marks={marks}
          gone={gone}
          findings={shown}
          pen={pen}
          sketch={sketch}
          onSketch={setSketch}
          // While a step is filled in, it is about what was chosen before.
          onPick={(id) => !task && setChosen(chosenIds.includes(id) ? chosenIds.filter((one) => one !== id) : [...chosenIds, id])}
        />
        <p className="quiet">{t(pen === 'polygon' ? 'areas.drawPolygon' : pen ? 'areas.drawLine' : 'areas.pickHint')}</p>
        {checking && !preview ? <Findings query={findings} nameOf={nameOf} /> : null}
      </div>
      <div>
        <FoundDraft found={foundShape} drop={close} />
        {task ? (
          <StepForm
            key={task}
            task={task}
            parent={net.area}
            areas={areas}
            chosen={chosen}
            sketch={sketch}
            onSketch={setSketch}
            onStep={addStep}
            onClose={close}
          />
        ) : (
          <NetTable areas={near} chosen={chosenIds} onChoose={setChosen} onOpen={onOpen} onHistory={setHistory} />
        )}
        {steps.length > 0 ? <DraftPanel made={made} staying={[net.area, ...areas]} nameOf={nameOf} /> : null}
      </div>
      <Leaving n={steps.length} />
      {historyId ? <HistoryDrawer areaId={historyId} onClose={() => setHistory(undefined)} /> : null}
      {importing ? (
        <ImportDrawer
          parent={net.area}
          areas={net.areas}
          onClose={() => setImporting(false)}
          onSteps={async (more) => {
            await made.take([...steps, ...more]);
            setImporting(false);
          }}
        />
      ) : null}
    </div>
  );
};

/** Areas and grids on the map: looked at, changed as a draft, and done by one decision. */
export const AreasPage = () => {
  const { t, l } = useWords('area');
  const client = useQueryClient();
  const { data: me } = useQuery(meQuery);
  const { at } = route.useSearch();
  const navigate = route.useNavigate();
  const own = me?.posts.find(({ capabilities }) => capabilities.includes('area.manage'))?.areaId;
  const areaId = at ?? own;
  const [done, setDone] = useState<{ readonly n: number; readonly id?: string }>({ n: 0 });
  const net = useQuery({ ...netQuery(areaId ?? ''), enabled: areaId !== undefined });
  const open = (id: string): void => void navigate({ search: { at: id } });
  return (
    <>
      <h1>{t('areas.title')}</h1>
      {done.id ? <Progress id={done.id} /> : null}
      <div className="area-page">
        <AreaTree
          at={areaId}
          version={done.n}
          onOpen={(area) => open(area.kind === 'grid' || area.kind === 'dedicatedGrid' ? (area.parentId ?? area.id) : area.id)}
        />
        <Loaded query={net}>
          {(found) => (
            <div>
              <nav aria-label={t('areas.path')} className="row">
                {found.path.slice(0, -1).map(({ id, name }) => (
                  <Button key={id} type="link" size="small" onClick={() => open(id)}>
                    {l(name)} ›
                  </Button>
                ))}
                <strong>{l(found.area.name)}</strong>
                <span className="quiet digits">{found.area.code}</span>
              </nav>
              <Editor
                // The net may be changed by others meanwhile: what is prepared here stays.
                key={`${found.area.id} ${done.n}`}
                net={found}
                onOpen={open}
                onApplied={(id) => {
                  setDone({ n: done.n + 1, id });
                  void client.invalidateQueries({ queryKey: keys.allAreas });
                }}
              />
            </div>
          )}
        </Loaded>
      </div>
    </>
  );
};
