import { isPassing } from '@tongxin/client/problem.ts';
import { useRef, useState } from 'react';
import { type Ids, type Kept, outgoing } from './command-kept.ts';
import { useFormDraft } from './form-draft.tsx';

const same = (a: object, b: object): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * A short form that becomes one command: what is written in it is kept on this device until it was sent, and what is sent again unchanged, also
 * from the next tab, is the same command.
 */
export const useCommandDraft = <T extends object>(form: string, empty: T) => {
  const [kept, setKept] = useState<Kept<T>>({ value: empty });
  const [found, setFound] = useState(false);
  const { keep } = useFormDraft(form, kept, (was) => {
    setKept(was);
    // What went out by a button alone has no words to be found.
    setFound(!same(was.value, empty));
  });
  const latest = useRef(kept.value);
  latest.current = kept.value;
  const become = (value: T): void => {
    setKept({ value });
    if (same(value, empty)) setFound(false);
  };
  return {
    value: kept.value,
    /** What stands here was found on this device. */
    found,
    change: (part: Partial<T>): void => become({ ...kept.value, ...part }),
    drop: (): void => become(empty),
    /** Sends what is written, with `part` of it said by the button; afterwards `left` stands in the form. Throws what was refused. */
    send: async (work: (value: T, ids: Ids) => Promise<unknown>, part: Partial<T> = {}, left: T = empty): Promise<void> => {
      const going = outgoing(kept, part);
      setKept(going);
      try {
        await work(going.sent.value, going.sent);
      } catch (refused) {
        // It was not done, and what is sent next is another command.
        if (!isPassing(refused)) setKept((now) => (now === going ? { value: going.value } : now));
        throw refused;
      }
      // Written on meanwhile: that stays.
      if (!same(latest.current, going.value)) return;
      become(left);
      keep({ value: left });
    },
  };
};
