import type { Procedure } from '@tongxin/domain/procedure/schema.ts';
import type { Finding } from '@tongxin/domain/soundness/schema.ts';
import { Alert, Button } from 'antd';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { useProcedureWords } from '../../../lib/procedure/words.ts';
import type { Soundness } from '../../../lib/soundness/soundness.ts';

const keyOf = (finding: Finding): string => `${finding.code} ${finding.where}`;

interface CheckPanelProps {
  readonly procedure: Procedure;
  readonly soundness: Soundness;
  /** Why there is nothing whole to check yet. */
  readonly unfit: string | undefined;
  readonly shown: Finding | undefined;
  readonly show: (finding: Finding | undefined) => void;
  /** Opens the part of the procedure where it can be mended. */
  readonly go: (place: string) => void;
}

/** What the check found, in plain words, each with the way that leads to it. */
export const CheckPanel = ({ procedure, soundness, unfit, shown, show, go }: CheckPanelProps) => {
  const { t } = useWords('procedure');
  const words = useProcedureWords();
  const { state, findings } = soundness;
  return (
    <section className="card" aria-label={t('procedure.check')} aria-busy={state === 'checking'}>
      <h2>{t('procedure.check')}</h2>
      <div role="status">
        {unfit ? (
          <Alert type="warning" showIcon title={unfit} />
        ) : state === 'failed' ? (
          <Alert type="error" showIcon title={t('procedure.checkFailed')} />
        ) : findings.length ? (
          <Alert type="error" showIcon title={t('procedure.unsound', { n: findings.length })} />
        ) : state === 'checking' ? (
          <p>{t('procedure.checking')}</p>
        ) : (
          <Alert type="success" showIcon title={t('procedure.sound')} />
        )}
      </div>
      <ul className="cards">
        {findings.map((finding) => {
          const { where, what, place } = words.finding(procedure, finding);
          const open = shown !== undefined && keyOf(shown) === keyOf(finding);
          return (
            <li key={keyOf(finding)}>
              <strong>{where}</strong>
              <div>{what}</div>
              <div className="row">
                {finding.path.length ? (
                  <Button size="small" aria-expanded={open} onClick={() => show(open ? undefined : finding)}>
                    {open ? t('procedure.hidePath') : t('procedure.showPath')}
                  </Button>
                ) : null}
                {place ? (
                  <Button size="small" onClick={() => go(place)} aria-label={`${t('procedure.goThere')} ${where}`}>
                    {t('procedure.goThere')}
                  </Button>
                ) : null}
              </div>
              {open ? (
                <div>
                  <p className="quiet">
                    {t('procedure.path')} · {t('procedure.pathDrawn')}
                  </p>
                  <ol>
                    {finding.path.map((step, index) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: a way may take the same step twice
                      <li key={index}>{words.step(procedure, step)}</li>
                    ))}
                  </ol>
                </div>
              ) : null}
            </li>
          );
        })}
      </ul>
    </section>
  );
};
