import { Alert, Button, Drawer } from 'antd';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useWords } from '../i18n/i18n.tsx';
import { Wrong } from '../wrong.tsx';

interface RegisterDrawerProps {
  readonly title: string;
  readonly close: () => void;
  readonly children: ReactNode;
  /** Sends the form; without it the drawer only shows. `missing` names what is not filled yet. */
  readonly submit?: {
    readonly label: string;
    readonly busy: boolean;
    readonly run: () => void;
    readonly missing?: string | false;
    readonly danger?: boolean;
  };
  readonly problem?: unknown;
  /** What else stands below the form. */
  readonly below?: ReactNode;
}

/** One row of a register, shown or changed: the same place, the same buttons, the same way of saying no. */
export const RegisterDrawer = ({ title, close, children, submit, problem, below }: RegisterDrawerProps) => {
  const { t } = useWords();
  const [told, setTold] = useState(false);
  const missing = submit?.missing || undefined;
  const send = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    setTold(missing !== undefined);
    if (missing === undefined) submit?.run();
  };
  return (
    <Drawer
      open
      title={title}
      onClose={close}
      size={560}
      mask={{ closable: submit === undefined }}
      styles={{ wrapper: { maxWidth: '100vw' } }}
    >
      <form onSubmit={send} noValidate aria-label={title}>
        {children}
        {told && missing ? (
          <Alert role="alert" type="warning" showIcon title={t('admin.missing', { what: missing })} className="field" />
        ) : null}
        <Wrong problem={problem} />
        <div className="row">
          {submit ? (
            <Button type="primary" htmlType="submit" loading={submit.busy} danger={submit.danger}>
              {submit.label}
            </Button>
          ) : null}
          <Button onClick={close}>{t(submit ? 'form.cancel' : 'admin.close')}</Button>
        </div>
      </form>
      {below}
    </Drawer>
  );
};
