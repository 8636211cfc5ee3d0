import { Value } from 'typebox/value';
import type { Action, Procedure } from '../procedure/schema.ts';
import { checkProcedure } from '../soundness/rules.ts';
import type { Finding } from '../soundness/schema.ts';
import { VariantPatch } from './schema.ts';

export type Varied =
  | { readonly ok: true; readonly definition: Procedure }
  | {
      readonly ok: false;
      readonly code: 'variantUnfit' | 'otherBase' | 'unknownPart' | 'unsound';
      readonly where: string;
      readonly findings: readonly Finding[];
    };

const refuse = (code: Exclude<Varied, { ok: true }>['code'], where: string, findings: readonly Finding[] = []): Varied => ({
  ok: false,
  code,
  where,
  findings,
});

type ActionPatch = NonNullable<VariantPatch['actions']>[string];

/** `null` clears what may be cleared; everything else replaces whole. */
const patched = (action: Action, patch: ActionPatch): Action => {
  const { notBy, evidence, ...rest } = patch;
  const { notBy: oldNotBy, evidence: oldEvidence, ...old } = action;
  const newNotBy = notBy === undefined ? oldNotBy : (notBy ?? undefined);
  const newEvidence = evidence === undefined ? oldEvidence : (evidence ?? undefined);
  return { ...old, ...rest, ...(newNotBy ? { notBy: newNotBy } : {}), ...(newEvidence ? { evidence: newEvidence } : {}) };
};

/**
 * A locality's variant of a procedure, whole, or why there is none: the patch does not fit (`variantUnfit`), extends something else
 * (`otherBase`), names a part the base does not have (`unknownPart`), or makes it unsound (`unsound`, with the findings).
 */
export const applyVariant = (base: Procedure, patch: unknown): Varied => {
  if (!Value.Check(VariantPatch, patch)) {
    const [error] = [...Value.Errors(VariantPatch, patch)];
    return refuse('variantUnfit', error?.instancePath || 'variant');
  }
  if (patch.extends.id !== base.id || patch.extends.version !== base.version)
    return refuse('otherBase', `${patch.extends.id}/${patch.extends.version}`);
  if (patch.version <= base.version) return refuse('otherBase', `version ${patch.version}`);
  for (const part of ['stages', 'clocks', 'actions'] as const)
    for (const key of Object.keys(patch[part] ?? {})) if (!Object.hasOwn(base[part], key)) return refuse('unknownPart', `${part}.${key}`);
  const merge = <T extends object>(whole: Record<string, T>, parts: Record<string, Partial<T>> | undefined): Record<string, T> =>
    Object.fromEntries(Object.entries(whole).map(([key, value]) => [key, { ...value, ...parts?.[key] }]));
  const definition: Procedure = {
    ...base,
    extends: patch.extends,
    version: patch.version,
    ...(patch.title ? { title: patch.title } : {}),
    ...(patch.source ? { source: patch.source } : {}),
    stages: merge(base.stages, patch.stages),
    clocks: merge(base.clocks, patch.clocks),
    actions: Object.fromEntries(
      Object.entries(base.actions).map(([id, action]) => [id, patch.actions?.[id] ? patched(action, patch.actions[id]) : action]),
    ),
  };
  const { ok, findings } = checkProcedure(definition);
  return ok ? { ok, definition } : refuse('unsound', base.id, findings);
};
