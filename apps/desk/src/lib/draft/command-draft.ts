import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import { useRef, useState } from 'react';
import { useFormDraft } from './form-draft.tsx';

/** Ids of one command and of what it makes: they stay while the same is sent again, so that it is done once. */
interface Ids {
  readonly commandId: string;
  readonly madeId: string;
}
interface Kept<T> {
  readonly value: T;
  /** Ids under which exactly this value went out; the answer may have been lost. */
  readonly sent?: Ids;
}
const freshIds = (): Ids => ({ commandId: uuidv7(), madeId: uuidv7() });
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
    setFound(true);
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
      const value = { ...kept.value, ...part };
      const sent = kept.sent && same(value, kept.value) ? kept.sent : freshIds();
      setKept({ value, sent });
      await work(value, sent);
      // Written on meanwhile: that stays.
      if (!same(latest.current, value)) return;
      become(left);
      keep({ value: left });
    },
  };
};
