import { useQuery } from '@tanstack/react-query';
import { proceduresQuery } from '../../lib/directory.ts';
import { useWords } from '../../lib/i18n/i18n.tsx';
import { Loaded } from '../../lib/load-state.tsx';

export const ProceduresPage = () => {
  const { t, l, language } = useWords();
  const query = useQuery(proceduresQuery);
  return (
    <>
      <h1>{t('procedure.title')}</h1>
      <Loaded query={query}>
        {(procedures) =>
          procedures.length ? (
            procedures.map((procedure) => {
              const title = l(procedure.title);
              const diagram = `/api/v1/procedures/${encodeURIComponent(procedure.id)}/diagram.svg?lang=${language}`;
              return (
                <section key={procedure.id} className="card" aria-label={title}>
                  <h2>
                    {title} <span className="quiet">{t('procedure.version', { version: procedure.version })}</span>
                  </h2>
                  <p className="quiet">{t('procedure.source', { source: procedure.source })}</p>
                  <div className="diagram">
                    <img src={diagram} alt={t('procedure.diagram', { title })} />
                  </div>
                  <a href={diagram} target="_blank" rel="noreferrer">
                    {t('procedure.openDiagram')}
                  </a>
                </section>
              );
            })
          ) : (
            <p className="card">{t('procedure.none')}</p>
          )
        }
      </Loaded>
    </>
  );
};
