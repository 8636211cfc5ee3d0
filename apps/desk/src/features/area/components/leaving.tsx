import { useBlocker } from '@tanstack/react-router';
import { Modal } from 'antd';
import { useWords } from '../../../lib/i18n/i18n.tsx';

const atOf = (search: object): unknown => ('at' in search ? search.at : undefined);

/** Asks before somebody leaves steps that are not in force. Signing out asks for itself. */
export const Leaving = ({ n }: { n: number }) => {
  const { t } = useWords();
  const leaving = useBlocker({
    shouldBlockFn: ({ current, next }) =>
      n > 0 && !next.pathname.endsWith('/sign-in') && (next.pathname !== current.pathname || atOf(next.search) !== atOf(current.search)),
    enableBeforeUnload: false,
    withResolver: true,
  });
  return (
    <Modal
      open={leaving.status === 'blocked'}
      title={t('areas.leave')}
      okText={t('areas.leaveNow')}
      cancelText={t('areas.stay')}
      onOk={() => leaving.proceed?.()}
      onCancel={() => leaving.reset?.()}
    >
      {t('areas.leaving', { n })}
    </Modal>
  );
};
