import { Value } from 'typebox/value';
import type { ClockDefinition } from '../clock/schema.ts';
import type { Action, Procedure } from '../procedure/schema.ts';
import { checkProcedure } from '../soundness/rules.ts';
import type { Finding } from '../soundness/schema.ts';
import { VariantChange, VariantPatch } from './schema.ts';

interface Refused {
  readonly ok: false;
  readonly code: 'variantUnfit' | 'otherBase' | 'unknownPart' | 'wordsUnsealed' | 'againstLaw' | 'unsound';
  readonly where: string;
  readonly findings: readonly Finding[];
}
export type Varied = { readonly ok: true; readonly definition: Procedure } | Refused;

const refuse = (code: Refused['code'], where: string, findings: readonly Finding[] = []): Refused => ({ ok: false, code, where, findings });

type ActionChange = NonNullable<VariantChange['actions']>[string];

/** `null` clears what may be cleared; everything else replaces whole. */
const changed = (action: Action, change: ActionChange): Action => {
  const { notBy, evidence, ...rest } = change;
  const { notBy: oldNotBy, evidence: oldEvidence, ...old } = action;
  const newNotBy = notBy === undefined ? oldNotBy : (notBy ?? undefined);
  const newEvidence = evidence === undefined ? oldEvidence : (evidence ?? undefined);
  return { ...old, ...rest, ...(newNotBy ? { notBy: newNotBy } : {}), ...(newEvidence ? { evidence: newEvidence } : {}) };
};

const merged = <T extends object>(whole: Record<string, T>, parts: Record<string, Partial<T>> | undefined): Record<string, T> =>
  Object.fromEntries(
    Object.entries(whole).map(([key, value]) => [key, parts && Object.hasOwn(parts, key) ? { ...value, ...parts[key] } : value]),
  );

/** The first field of words whose answers would stand unsealed, and could never be erased, where the base had none. */
const unsealed = (base: Procedure, actions: VariantChange['actions'] = {}): string | undefined => {
  for (const [id, { form = [] }] of Object.entries(actions))
    for (const field of form) {
      const was = base.actions[id]!.form?.find((one) => one.id === field.id);
      if (!field.content && ['text', 'longText'].includes(field.type) && !(was && !was.content && was.type === field.type))
        return `actions.${id}.form.${field.id}`;
    }
  return undefined;
};

/** Whether a limit rests on law rather than on local rules, and whether it is the time in which somebody may use a right: its end takes it away. */
export const isLawful = ({ source }: Pick<ClockDefinition, 'source'>): boolean => !source.startsWith('local');
export const isWindow = ({ ladder }: Pick<ClockDefinition, 'ladder'>): boolean => ladder.some((rung) => rung.action !== undefined);

/** The first clock whose lawful limit a change lengthens, or whose window for a right it shortens, or whose law it hides. */
const unlawful = (base: Procedure, clocks: VariantChange['clocks'] = {}): string | undefined => {
  for (const [id, { limit, source }] of Object.entries(clocks)) {
    const was = base.clocks[id]!;
    if (!isLawful(was)) continue;
    if (source !== undefined && !isLawful({ source })) return `clocks.${id}.source`;
    if (limit === undefined || !('fixed' in was.limit)) continue;
    const fits =
      'fixed' in limit &&
      limit.fixed.unit === was.limit.fixed.unit &&
      (isWindow(was) ? limit.fixed.amount >= was.limit.fixed.amount : limit.fixed.amount <= was.limit.fixed.amount);
    if (!fits) return `clocks.${id}.limit`;
  }
  return undefined;
};

/**
 * What a change makes of a procedure, under a number, before anybody asked whether it is sound; or why there is nothing: it has no shape
 * (`variantUnfit`), names a part the base does not have (`unknownPart`), has words answered in the open (`wordsUnsealed`),
 * or lengthens a limit of law or shortens the time the law gives for a right (`againstLaw`).
 */
export const varied = (base: Procedure, change: unknown, version: number): Varied => {
  if (!Value.Check(VariantChange, change)) {
    const [error] = [...Value.Errors(VariantChange, change)];
    return refuse('variantUnfit', error?.instancePath || 'variant');
  }
  for (const part of ['stages', 'clocks', 'actions'] as const)
    for (const key of Object.keys(change[part] ?? {})) if (!Object.hasOwn(base[part], key)) return refuse('unknownPart', `${part}.${key}`);
  const { actions } = change;
  const open = unsealed(base, actions);
  if (open) return refuse('wordsUnsealed', open);
  const wrong = unlawful(base, change.clocks);
  if (wrong) return refuse('againstLaw', wrong);
  const definition: Procedure = {
    ...base,
    extends: { id: base.id, version: base.version },
    version,
    ...(change.title ? { title: change.title } : {}),
    ...(change.source ? { source: change.source } : {}),
    stages: merged(base.stages, change.stages),
    clocks: merged(base.clocks, change.clocks),
    actions: Object.fromEntries(
      Object.entries(base.actions).map(([id, action]) => [
        id,
        actions && Object.hasOwn(actions, id) ? changed(action, actions[id]!) : action,
      ]),
    ),
  };
  return { ok: true, definition };
};

/**
 * A locality's variant of a procedure, whole, or why there is none: the patch does not fit (`variantUnfit`), extends something else
 * (`otherBase`), is refused as by `varied`, or makes it unsound (`unsound`, with the findings).
 */
export const applyVariant = (base: Procedure, patch: unknown): Varied => {
  if (!Value.Check(VariantPatch, patch)) {
    const [error] = [...Value.Errors(VariantPatch, patch)];
    return refuse('variantUnfit', error?.instancePath || 'variant');
  }
  const { extends: from, version, ...change } = patch;
  if (from.id !== base.id || from.version !== base.version) return refuse('otherBase', `${from.id}/${from.version}`);
  if (version <= base.version) return refuse('otherBase', `version ${version}`);
  const result = varied(base, change, version);
  if (!result.ok) return result;
  const { ok, findings } = checkProcedure(result.definition);
  return ok ? result : refuse('unsound', base.id, findings);
};

const same = (a: unknown, b: unknown): boolean => Value.Equal(a ?? null, b ?? null);

const CHANGEABLE = { stages: ['label', 'told'], clocks: ['label', 'limit', 'ladder', 'source'] } as const;
const OF_ACTIONS = ['label', 'told', 'by', 'notBy', 'evidence', 'form'] as const;

/** Entries of a part that differ from the base's, by what differs; `null` for what is no longer there. */
const differing = (base: Record<string, object>, whole: Record<string, object>, aspects: readonly string[]): Record<string, object> => {
  const found: Record<string, object> = {};
  for (const [id, was] of Object.entries(base) as [string, Record<string, unknown>][]) {
    const now = (whole[id] ?? was) as Record<string, unknown>;
    const changes = aspects.filter((aspect) => !same(was[aspect], now[aspect])).map((aspect) => [aspect, now[aspect] ?? null]);
    if (changes.length) found[id] = Object.fromEntries(changes);
  }
  return found;
};

/** The change that makes the variant of its base: the shortest one, which names nothing that stayed. */
export const changeBetween = (base: Procedure, whole: Procedure): VariantChange => {
  const parts = {
    stages: differing(base.stages, whole.stages, CHANGEABLE.stages),
    clocks: differing(base.clocks, whole.clocks, CHANGEABLE.clocks),
    actions: differing(base.actions, whole.actions, OF_ACTIONS),
  };
  return {
    ...(same(base.title, whole.title) ? {} : { title: whole.title }),
    ...(base.source === whole.source ? {} : { source: whole.source }),
    ...Object.fromEntries(Object.entries(parts).filter(([, part]) => Object.keys(part).length)),
  } as VariantChange;
};

/** As much of a change as has its place in another version of what it changes: entries that are no longer there are left behind. */
export const carriedOver = (base: Procedure, change: VariantChange): VariantChange => {
  const { stages, clocks, actions, ...rest } = change;
  const still = <T>(part: 'stages' | 'clocks' | 'actions', entries: Record<string, T> | undefined) => {
    const kept = Object.entries(entries ?? {}).filter(([id]) => Object.hasOwn(base[part], id));
    return kept.length ? { [part]: Object.fromEntries(kept) } : {};
  };
  return { ...rest, ...still('stages', stages), ...still('clocks', clocks), ...still('actions', actions) };
};
