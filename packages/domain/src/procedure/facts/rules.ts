import type { Label } from '../../label/schema.ts';
import type { FactValue, Field, Procedure } from '../schema.ts';
import { FACT_LABELS, YES_NO } from './data.ts';

/** The field of a form by whose answer a fact is set. */
const fieldOf = (procedure: Procedure, fact: string): Field | undefined => {
  for (const { set, form } of Object.values(procedure.actions)) {
    const given = set?.[fact];
    const field = typeof given === 'object' && 'input' in given ? form?.find(({ id }) => id === given.input) : undefined;
    if (field) return field;
  }
  return undefined;
};

/** What a fact is called: in the words of the product, else of the form that asks for it; one that nobody named is itself. */
export const factLabel = (procedure: Procedure, fact: string): Label =>
  FACT_LABELS[fact]?.label ?? fieldOf(procedure, fact)?.label ?? { zh: fact };

export const factValueLabel = (procedure: Procedure, fact: string, value: FactValue): Label => {
  const words = String(value);
  if (typeof value === 'boolean') return YES_NO[words]!;
  const known = FACT_LABELS[fact]?.values?.[words];
  return known ?? fieldOf(procedure, fact)?.options?.find((option) => option.value === words)?.label ?? { zh: words };
};
