import type { ReactNode } from 'react';

/** A small word set apart, dark enough to read; `tone` only underlines what the word says. */
export const Mark = ({ tone = 'quiet', children }: { tone?: 'quiet' | 'good' | 'warn'; children: ReactNode }) => (
  <span className={`light ${tone}`}>{children}</span>
);
