import { Button } from 'antd';
import type { ReactNode } from 'react';

interface RegisterHeadProps {
  readonly title: string;
  /** What the register is for, in one or two sentences. */
  readonly help: string;
  readonly add?: { readonly label: string; readonly run: () => void };
  /** Filters. */
  readonly children?: ReactNode;
}

/** Title, help, the button for a new row, and filters. */
export const RegisterHead = ({ title, help, add, children }: RegisterHeadProps) => (
  <>
    <div className="row">
      <h1>{title}</h1>
      {add ? (
        <Button type="primary" onClick={add.run}>
          {add.label}
        </Button>
      ) : null}
    </div>
    <p className="quiet">{help}</p>
    {children ? <div className="filters card">{children}</div> : null}
  </>
);
