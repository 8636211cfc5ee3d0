import { Alert, Button, Popconfirm } from 'antd';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { useHold } from '../../../lib/lease/use-lease.ts';
import { Mark } from '../../../lib/mark.tsx';

interface LeaseBannerProps {
  readonly caseId: string;
  /** A form of the case is open: it is taken in hand as long as that. */
  readonly acting: boolean;
}

/** Says who has the case in hand; takes it, lets it go, or takes it over from a colleague. */
export const LeaseBanner = ({ caseId, acting }: LeaseBannerProps) => {
  const { t, l, why } = useWords();
  const { lease, kept, problem, keep, release, takeOver } = useHold(caseId, acting);
  const others = lease && !lease.mine;
  return (
    <div role="status" className="field">
      {others ? (
        <Alert
          type="warning"
          showIcon
          title={t('lease.by', { by: l(lease.by) })}
          description={t('lease.byHint')}
          action={
            <Popconfirm
              title={t('lease.takeOverAsk')}
              description={t('lease.takeOverHint')}
              okText={t('lease.takeOver')}
              cancelText={t('form.cancel')}
              onConfirm={() => void takeOver()}
            >
              <Button size="small">{t('lease.takeOver')}</Button>
            </Popconfirm>
          }
        />
      ) : (
        <div className="row">
          {kept ? <Mark tone="good">{t('lease.mine')}</Mark> : null}
          {kept && !acting ? (
            <Button size="small" onClick={release}>
              {t('lease.release')}
            </Button>
          ) : null}
          {kept ? null : (
            <Button size="small" onClick={keep}>
              {t('lease.claim')}
            </Button>
          )}
        </div>
      )}
      {problem ? <Alert role="alert" type="error" showIcon title={why(problem)} /> : null}
    </div>
  );
};
