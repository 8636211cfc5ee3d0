import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import type { ReactNode } from 'react';
import { mayDo, meQuery } from './me.ts';

interface OpenToProps {
  readonly capability: string;
  /** What somebody whose posts do not open it reads instead. */
  readonly closed: string;
  /** Of the page, which then stands over that sentence; without it a part of a page is closed. */
  readonly title?: string;
  readonly children: ReactNode;
}

/** A page, or a part of one, for those whose posts open it; nothing of it is asked of the server for others, who read a sentence. */
export const OpenTo = ({ capability, closed, title, children }: OpenToProps) => {
  const { data: me } = useQuery(meQuery);
  if (!me || mayDo(me, capability)) return <>{children}</>;
  return (
    <>
      {title ? <h1>{title}</h1> : null}
      <Alert type="info" className="field" title={closed} />
    </>
  );
};
