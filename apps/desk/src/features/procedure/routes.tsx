import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ProcedureSummary } from '@tongxin/client/shapes.ts';
import type { Procedure } from '@tongxin/domain/procedure/schema.ts';
import { formatInstant } from '@tongxin/ui/time.ts';
import { Alert, Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useWords } from '../../lib/i18n/i18n.tsx';
import { Failed, Loaded } from '../../lib/load-state.tsx';
import { Mark } from '../../lib/mark.tsx';
import { mayDo, meQuery } from '../../lib/me.ts';
import { ProcedureDiagram } from '../../lib/procedure/procedure-diagram.tsx';
import { useProcedureWords } from '../../lib/procedure/words.ts';
import { CopyDrawer } from './components/copy-drawer.tsx';
import { DifferenceTable } from './components/difference-table.tsx';
import { DraftEditor } from './components/draft-editor.tsx';
import { MigrateForm } from './components/migrate-form.tsx';
import { ClockTable, FormList, StageTable } from './components/procedure-tables.tsx';
import { UseList } from './components/use-list.tsx';
import { type Picked, pickedFrom, VersionPicks } from './components/version-picks.tsx';
import { VersionTable } from './components/version-table.tsx';
import { draftQuery, draftsQuery, usesQuery, versionQuery, versionsQuery } from './queries.ts';
import '../../lib/procedure/procedure.css';

const Drafts = ({ versions }: { versions: readonly ProcedureSummary[] }) => {
  const { t, l, language } = useWords('procedure');
  const words = useProcedureWords();
  const query = useQuery(draftsQuery);
  return (
    <section className="card" aria-label={t('procedure.drafts')}>
      <h2>{t('procedure.drafts')}</h2>
      <Loaded query={query}>
        {(drafts) =>
          drafts.length ? (
            <ul className="cards">
              {drafts.map((draft) => {
                const base = versions.find((one) => one.id === draft.procedureId && one.version === draft.baseVersion);
                const title = draft.change.title ?? base?.title;
                const name = t('procedure.draftOf', { title: title ? l(title) : draft.procedureId, area: draft.area ? l(draft.area) : '' });
                return (
                  <li key={draft.id} className="row">
                    <span>
                      {name} <Mark>{words.version(draft.baseVersion)}</Mark>
                    </span>
                    <span className="quiet">
                      {formatInstant(draft.updatedAt, language)} {draft.post ? l(draft.post) : ''}
                    </span>
                    <Link
                      to="/procedures/drafts/$draftId"
                      params={{ draftId: draft.id }}
                      aria-label={`${t('procedure.draftGoOn')} ${name}`}
                    >
                      {t('procedure.draftGoOn')}
                    </Link>
                  </li>
                );
              })}
            </ul>
          ) : (
            <p>{t('procedure.draftsNone')}</p>
          )
        }
      </Loaded>
    </section>
  );
};

export const ProceduresPage = () => {
  const { t, l } = useWords('procedure');
  const query = useQuery(versionsQuery);
  const { data: uses = [] } = useQuery(usesQuery);
  const { data: me } = useQuery(meQuery);
  const mayVary = mayDo(me, 'procedure.vary');
  return (
    <>
      <h1>{t('procedure.title')}</h1>
      <p className="quiet">{t('procedure.intro')}</p>
      <Loaded query={query}>
        {(versions) => (
          <>
            {mayVary ? <Drafts versions={versions} /> : null}
            {[...Map.groupBy(versions, (one) => one.id)].map(([id, own]) => {
              const named = own.findLast((one) => !one.areaId) ?? own[0]!;
              return (
                <section key={id} className="card wide" aria-label={l(named.title)}>
                  <h2>{l(named.title)}</h2>
                  <p className="quiet">{t('procedure.source', { source: named.source })}</p>
                  <VersionTable versions={own} uses={uses.filter((use) => use.procedureId === id)} />
                </section>
              );
            })}
            {versions.length ? (
              <UseList versions={versions} uses={uses} mayVary={mayVary} />
            ) : (
              <p className="card">{t('procedure.none')}</p>
            )}
          </>
        )}
      </Loaded>
    </>
  );
};

const Whole = ({ procedure }: { procedure: Procedure }) => {
  const { t, l } = useWords('procedure');
  const words = useProcedureWords();
  const { data: me } = useQuery(meQuery);
  const { data: versions = [] } = useQuery(versionsQuery);
  const others = versions.some((one) => one.id === procedure.id && one.version !== procedure.version);
  const [copying, setCopying] = useState(false);
  return (
    <>
      <div className="row">
        <h1>{l(procedure.title)}</h1>
        <Mark>{words.version(procedure.version)}</Mark>
        <span className="row no-print">
          {mayDo(me, 'procedure.vary') ? <Button onClick={() => setCopying(true)}>{t('procedure.copy')}</Button> : null}
          {mayDo(me, 'procedure.vary') && others ? (
            <Link to="/procedures/migrate" search={{ id: procedure.id, b: procedure.version }}>
              {t('migrate.open')}
            </Link>
          ) : null}
          {procedure.extends ? (
            <Link to="/procedures/compare" search={{ id: procedure.id, a: procedure.extends.version, b: procedure.version }}>
              {t('procedure.compareTitle')}
            </Link>
          ) : null}
          <Button onClick={() => print()}>{t('procedure.print')}</Button>
        </span>
      </div>
      <p className="quiet">{t('procedure.source', { source: procedure.source })}</p>
      <section className="card">
        <ProcedureDiagram procedure={procedure} />
      </section>
      <StageTable procedure={procedure} />
      <ClockTable procedure={procedure} />
      <FormList procedure={procedure} />
      {copying && me ? <CopyDrawer procedure={procedure} me={me} close={() => setCopying(false)} /> : null}
    </>
  );
};

const Back = () => {
  const { t } = useWords('procedure');
  return (
    <p className="no-print">
      <Link to="/procedures">‹ {t('procedure.back')}</Link>
    </p>
  );
};

const onePage = getRouteApi('/inside/procedures/$id/$version');
export const ProcedurePage = () => {
  const { id, version } = onePage.useParams();
  const query = useQuery(versionQuery(id, Number(version)));
  return (
    <>
      <Back />
      <Loaded query={query}>{(procedure) => <Whole key={`${id}/${version}`} procedure={procedure} />}</Loaded>
    </>
  );
};

const comparePage = getRouteApi('/inside/procedures/compare');
export const ComparePage = () => {
  const { t } = useWords('procedure');
  const search = comparePage.useSearch();
  const navigate = comparePage.useNavigate();
  const query = useQuery(versionsQuery);
  return (
    <>
      <Back />
      <div className="row field">
        <h1>{t('procedure.compareTitle')}</h1>
        <Button className="no-print" onClick={() => print()}>
          {t('procedure.print')}
        </Button>
      </div>
      <p className="quiet no-print">{t('procedure.compareIntro')}</p>
      <Loaded query={query}>
        {(versions) => {
          const picked = pickedFrom(versions, search);
          if (!picked) return <p className="card">{t('procedure.none')}</p>;
          return (
            <>
              <VersionPicks
                versions={versions}
                picked={picked}
                labels={{ a: t('procedure.compareA'), b: t('procedure.compareB') }}
                onPick={(next) => void navigate({ search: next, replace: true })}
              />
              <section className="card wide" aria-label={t('procedure.compareTitle')}>
                {versions.filter(({ id }) => id === picked.id).length < 2 ? (
                  <p>{t('procedure.compareOne')}</p>
                ) : (
                  <Both {...picked}>
                    {(one, other) => <DifferenceTable before={one} after={other} none={t('procedure.compareSame')} />}
                  </Both>
                )}
              </section>
            </>
          );
        }}
      </Loaded>
    </>
  );
};

/** Two versions, when both are there. */
const Both = ({ id, a, b, children }: Picked & { children: (before: Procedure, after: Procedure) => ReactNode }) => {
  const [before, after] = [useQuery(versionQuery(id, a)), useQuery(versionQuery(id, b))];
  return <Loaded query={before}>{(one) => <Loaded query={after}>{(other) => <>{children(one, other)}</>}</Loaded>}</Loaded>;
};

const migratePage = getRouteApi('/inside/procedures/migrate');
export const MigratePage = () => {
  const { t } = useWords('procedure');
  const { caseId, number, ...search } = migratePage.useSearch();
  const navigate = migratePage.useNavigate();
  const query = useQuery(versionsQuery);
  const one = caseId && number ? { caseId, number } : undefined;
  return (
    <>
      <Back />
      <h1>{t('migrate.title')}</h1>
      <p className="quiet">{t('migrate.intro')}</p>
      <Loaded query={query}>
        {(versions) => {
          const picked = pickedFrom(versions, search);
          if (!picked) return <p className="card">{t('procedure.none')}</p>;
          return (
            <>
              <VersionPicks
                versions={versions}
                picked={picked}
                labels={{ a: t('migrate.from'), b: t('migrate.to') }}
                onPick={(next) => void navigate({ search: one && next.id === picked.id ? { ...next, ...one } : next, replace: true })}
              />
              {picked.a === picked.b ? (
                <p className="card">{t('migrate.same')}</p>
              ) : (
                <Both {...picked}>
                  {(before, after) => (
                    <MigrateForm key={`${picked.id}/${picked.a}/${picked.b}`} before={before} after={after} {...(one ? { one } : {})} />
                  )}
                </Both>
              )}
            </>
          );
        }}
      </Loaded>
    </>
  );
};

const draftPage = getRouteApi('/inside/procedures/drafts/$draftId');
export const DraftPage = () => {
  const { t } = useWords('procedure');
  const words = useProcedureWords();
  const { draftId } = draftPage.useParams();
  const query = useQuery(draftQuery(draftId));
  const { procedureId, baseVersion } = query.data ?? {};
  const base = useQuery({ ...versionQuery(procedureId ?? '', baseVersion ?? 0), enabled: query.data !== undefined });
  // One that is gone still leads back.
  if (query.isError)
    return (
      <>
        <Back />
        <Failed problem={query.error} again={() => void query.refetch()} />
      </>
    );
  return (
    <Loaded query={query}>
      {(draft) =>
        draft.publishedVersion === undefined ? (
          <Loaded query={base}>{(whole) => <DraftEditor key={draft.id} draft={draft} base={whole} />}</Loaded>
        ) : (
          <>
            <Back />
            <Alert type="info" showIcon title={t('procedure.isPublished', { version: words.version(draft.publishedVersion) })} />
          </>
        )
      }
    </Loaded>
  );
};
