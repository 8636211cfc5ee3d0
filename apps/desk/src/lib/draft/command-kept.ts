import { uuidv7 } from '@tongxin/client/uuidv7.ts';

/** Ids of one command and of what it makes: they stay while the same is sent again, so that it is done once. */
export interface Ids {
  readonly commandId: string;
  readonly madeId: string;
}
/** What is written in a form, and what of it went out; the answer may have been lost. */
export interface Kept<T> {
  readonly value: T;
  /** As it went out, with what the button said. */
  readonly sent?: Ids & { readonly value: T };
}

/** What goes out now: under the ids of before where it is the same as before. What is written stays as it is written. */
export const outgoing = <T extends object>({ value, sent: before }: Kept<T>, part: Partial<T>): Required<Kept<T>> => {
  const whole = { ...value, ...part };
  const again = before && JSON.stringify(before.value) === JSON.stringify(whole) ? before : undefined;
  return { value, sent: again ?? { commandId: uuidv7(), madeId: uuidv7(), value: whole } };
};
