import { useNavigate } from '@tanstack/react-router';
import type { ImportRegister } from '@tongxin/domain/exchange/schema.ts';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { ExportButton } from '../export/export-button.tsx';
import { useWords } from '../i18n/i18n.tsx';

interface RegisterHeadProps {
  readonly title: string;
  /** What the register is for, in one or two sentences. */
  readonly help: string;
  readonly add?: { readonly label: string; readonly run: () => void };
  /** What is brought in and taken along as a file from here. */
  readonly files?: ImportRegister;
  /** Filters. */
  readonly children?: ReactNode;
}

/** Brings a register in as a table, and takes it along. */
export const RegisterFiles = ({ register }: { register: ImportRegister }) => {
  const { t } = useWords();
  const navigate = useNavigate();
  return (
    <>
      <Button onClick={() => void navigate({ to: '/exchange', search: { tab: 'in', as: register } })}>{t('exchange.import')}</Button>
      {register === 'people' ? null : <ExportButton source={register} />}
    </>
  );
};

/** Title, help, the button for a new row, and filters. */
export const RegisterHead = ({ title, help, add, files, children }: RegisterHeadProps) => (
  <>
    <div className="row">
      <h1>{title}</h1>
      {add ? (
        <Button type="primary" onClick={add.run}>
          {add.label}
        </Button>
      ) : null}
      {files ? <RegisterFiles register={files} /> : null}
    </div>
    <p className="quiet">{help}</p>
    {children ? <div className="filters card">{children}</div> : null}
  </>
);
