import type { Procedure } from '@tongxin/domain/procedure/schema.ts';
import { checkProcedure } from '@tongxin/domain/soundness/rules.ts';
import type { Finding } from '@tongxin/domain/soundness/schema.ts';
import { applyVariant } from '@tongxin/domain/variant/rules.ts';
import type { Deps } from '../../platform/deps.ts';
import { invalid, Problem } from '../../platform/errors/problem.ts';
import { publishProcedures } from '../../platform/procedures/procedures.ts';

/** Longest definition file, in bytes. */
export const LARGEST = 1024 * 1024;

export interface CheckedProcedure {
  readonly id: string;
  readonly version: number;
  readonly stages: number;
  readonly actions: number;
  readonly findings: readonly Finding[];
}

/** A refusal to publish, with what the checker found. */
export class Unsound extends Problem {
  readonly findings: readonly Finding[];
  constructor(id: string, findings: readonly Finding[]) {
    super(422, 'procedureUnsound', { procedure: id, findings: findings.length });
    this.findings = findings;
  }
}

const sizeOf = (part: unknown): number => (typeof part === 'object' && part !== null ? Object.keys(part).length : 0);

/** What `procedures check` says of each value, whatever it is. */
export const checkAll = (values: readonly unknown[]): { ok: boolean; procedures: CheckedProcedure[] } => {
  const procedures = values.map((value): CheckedProcedure => {
    const { findings } = checkProcedure(value);
    const { id, version, stages, actions } = (typeof value === 'object' && value !== null ? value : {}) as Partial<Procedure>;
    return {
      id: typeof id === 'string' ? id.slice(0, 60) : '',
      version: typeof version === 'number' ? version : 0,
      stages: sizeOf(stages),
      actions: sizeOf(actions),
      findings,
    };
  });
  return { ok: procedures.every((one) => one.findings.length === 0), procedures };
};

/**
 * A definition from the text of a file: whole, or made whole from the variant it describes. `baseOf` finds what a variant extends.
 * Throws 422 `procedureTooLarge`, `malformedJson`, `procedureNotPublished` (no such base), the codes of `applyVariant`, or `Unsound`.
 */
export const readDefinition = (text: string, baseOf: (id: string, version: number) => Procedure | undefined): unknown => {
  if (Buffer.byteLength(text) > LARGEST) throw invalid('procedureTooLarge', { most: LARGEST });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalid('malformedJson');
  }
  const base = (value as { extends?: { id?: unknown; version?: unknown } } | null)?.extends;
  if (!base || Object.hasOwn(value as object, 'start')) return value;
  const { id, version } = base;
  const definition = typeof id === 'string' && typeof version === 'number' ? baseOf(id, version) : undefined;
  if (!definition) throw invalid('procedureNotPublished', { procedure: String(id).slice(0, 60) });
  const varied = applyVariant(definition, value);
  if (varied.ok) return varied.definition;
  if (varied.code === 'unsound') throw new Unsound(definition.id, varied.findings);
  throw invalid(varied.code, { where: varied.where.slice(0, 200) });
};

/** Publishes definitions that pass the checker, for everywhere or for one area; none when one of them does not pass. */
export const publish = async (
  deps: Pick<Deps, 'pools' | 'clock'>,
  values: readonly unknown[],
  areaId?: string,
): Promise<readonly Procedure[]> => {
  for (const value of values) {
    const { ok, findings } = checkProcedure(value);
    const { id } = (value ?? {}) as { id?: unknown };
    if (!ok) throw new Unsound(typeof id === 'string' ? id.slice(0, 60) : '', findings);
  }
  return publishProcedures(deps.pools.maintenance, values as readonly Procedure[], {
    now: deps.clock.now(),
    ...(areaId ? { areaId } : {}),
  });
};
