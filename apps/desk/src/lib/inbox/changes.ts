/**
 * Cases that changed while this window was open, in the order in which it heard of them. Lists read on from where they last looked, also after
 * their reader was away in a case.
 */
const MOST = 5_000;
const heardAt = new Map<string, number>();
const listeners = new Set<() => void>();
let last = 0;
let forgotten = 0;

export const hear = (caseId: string): void => {
  last += 1;
  // Heard again it stands last.
  heardAt.delete(caseId);
  heardAt.set(caseId, last);
  if (heardAt.size > MOST) {
    const [oldest] = heardAt;
    forgotten = oldest![1];
    heardAt.delete(oldest![0]);
  }
  for (const listener of listeners) listener();
};

/** What changed until now is not known: whatever was read before is read again. */
export const forget = (): void => {
  last += 1;
  forgotten = last;
  heardAt.clear();
  for (const listener of listeners) listener();
};

export const now = (): number => last;

/** What was heard after a moment; undefined when more was than is kept: then everything is read again. */
export const since = (moment: number): string[] | undefined =>
  moment < forgotten ? undefined : [...heardAt].flatMap(([id, at]) => (at > moment ? [id] : []));

export const listen = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
