import type { LimitSource, Rung } from '@tongxin/domain/clock/schema.ts';
import type { Label } from '@tongxin/domain/label/schema.ts';
import { type Difference, differences, differingItems } from '@tongxin/domain/procedure/compare/rules.ts';
import type { Action, Field, Procedure } from '@tongxin/domain/procedure/schema.ts';
import type { Words } from '../i18n/i18n.tsx';
import type { ProcedureWords } from './words.ts';

/** One difference as a reader is told it: where, what of it, and what stood and stands there. */
export interface DifferenceLine {
  readonly key: string;
  readonly place: string;
  readonly what: string;
  readonly before?: string;
  readonly after?: string;
}

const bothLanguages = (label: Label): string => (label.en ? `${label.zh} / ${label.en}` : label.zh);

/** The words for one side of a difference; what has none of its own is told as it is written. */
const sideOf = (aspect: string | undefined, value: unknown, words: ProcedureWords): string => {
  switch (aspect) {
    case 'label':
    case 'title':
    case 'told':
      return bothLanguages(value as Label);
    case 'limit':
      return words.limitSource(value as LimitSource);
    case 'by':
      return words.list((value as Action['by']).map(words.who));
    case 'notBy':
      return words.apart(value as NonNullable<Action['notBy']>);
    case 'evidence':
      return words.evidence(value as Action['evidence']);
    case 'source':
      return words.basis(value as string);
    case undefined:
      return bothLanguages((value as { label: Label }).label);
    default:
      return typeof value === 'string' ? value : JSON.stringify(value);
  }
};

const OWN_WORDS = ['label', 'title', 'told', 'limit', 'by', 'notBy', 'evidence', 'source'];

/** All differences between two versions, in words, each list of things taken apart. */
export const differenceLines = (a: Procedure, b: Procedure, { t, l, of }: Words<'procedure'>, words: ProcedureWords): DifferenceLine[] =>
  differences(a, b)
    .filter((one) => one.part || !['version', 'extends', 'id'].includes(one.aspect!))
    .flatMap((one: Difference): DifferenceLine[] => {
      const { part, id, aspect, before, after } = one;
      const within = after === undefined ? a : b;
      const place =
        part && id !== undefined ? words.part(part, id, part in within && Object.hasOwn(within[part], id) ? within : a) : l(b.title);
      const key = `${part ?? ''}.${id ?? ''}.${aspect ?? ''}`;
      const line = (what: string, was: string | undefined, is: string | undefined, more = ''): DifferenceLine => ({
        key: key + more,
        place,
        what,
        ...(was === undefined ? {} : { before: was }),
        ...(is === undefined ? {} : { after: is }),
      });
      if (aspect === 'form' || aspect === 'ladder') {
        const say = (item: Field | Rung, whole: Procedure): string =>
          aspect === 'form' ? words.field(item as Field) : words.rung(item as Rung, whole);
        const items = differingItems<Field | Rung>(before as Field[] | undefined, after as Field[] | undefined);
        // The same things in another order, or changed in what has no words of its own.
        if (items.length === 0) return [line(t(`procedure.diff.${aspect}`), listed(before, a, say, words), listed(after, b, say, words))];
        return items.map((item) =>
          line(
            t(`procedure.diff.${aspect}`),
            item.before ? say(item.before, a) : undefined,
            item.after ? say(item.after, b) : undefined,
            `.${item.id}`,
          ),
        );
      }
      const what =
        aspect === undefined ? t('procedure.diff.whole') : of('procedure.diff', aspect, `${t('procedure.diff.other')} (${aspect})`);
      const known = aspect === undefined || OWN_WORDS.includes(aspect);
      const side = (value: unknown): string | undefined =>
        value === undefined ? undefined : sideOf(known ? aspect : 'other', value, words);
      return [line(what, side(before), side(after))];
    });

const listed = (
  value: unknown,
  whole: Procedure,
  say: (item: Field | Rung, whole: Procedure) => string,
  words: ProcedureWords,
): string | undefined => (value === undefined ? undefined : words.list((value as (Field | Rung)[]).map((item) => say(item, whole))));
