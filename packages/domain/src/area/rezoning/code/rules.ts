import type { Refusal } from '../../../case/schema.ts';
import type { AreaChange, NetArea, RezoningStep } from '../schema.ts';

const refuse = (code: string, params: Refusal['params'] = {}): Refusal => ({ ok: false, code, params });

export const isGrid = (area: NetArea): boolean => area.kind === 'grid' || area.kind === 'dedicatedGrid';

/** Digits of a grid's code: its community's twelve and three of its own (GB/T 34300 counts grids within a community). */
const GRID_CODE = 15;
const COMMUNITY_CODE = 12;

/** Who has which code, now and before. A code that was used is never used again for another area. */
export type CodeOwners = ReadonlyMap<string, string>;

/** Codes of what changed: of the right length, of its community, and nobody else's, now or before. A grid that comes to another community is judged anew. */
export const codesFault = (net: ReadonlyMap<string, NetArea>, changed: readonly AreaChange[], owners: CodeOwners): Refusal | undefined => {
  const inForce = new Map<string, string>();
  for (const area of net.values()) if (area.code) inForce.set(area.code, inForce.has(area.code) ? '' : area.areaId);
  for (const { areaId, before, after } of changed) {
    const code = after?.code;
    if (!after || !code || (code === before?.code && after.parentId === before.parentId)) continue;
    if (isGrid(after)) {
      const parent = net.get(after.parentId!)?.code;
      if (code.length !== GRID_CODE) return refuse('gridCodeLength', { areaId, code });
      if (parent?.length === COMMUNITY_CODE && !code.startsWith(parent)) return refuse('gridCodeElsewhere', { areaId, code, parent });
    } else if (code.length > COMMUNITY_CODE) return refuse('gridCodeLength', { areaId, code });
    if (inForce.get(code) !== areaId) return refuse('codeTaken', { areaId, code });
    const owner = owners.get(code);
    if (owner !== undefined) return refuse('codeUsedBefore', { areaId, code });
  }
  return undefined;
};

/** Codes that steps would give, to look up whose they are. */
export const codesNamed = (steps: readonly RezoningStep[]): string[] =>
  steps.flatMap((step) => {
    if (step.do === 'create' || step.do === 'renumber' || step.do === 'hang') return step.code ? [step.code] : [];
    if (step.do === 'merge') return step.into.code ? [step.into.code] : [];
    return step.do === 'split' ? step.parts.flatMap((part) => part.code ?? []) : [];
  });

/** From this serial on a grid's three digits are those of dedicated grids. */
const DEDICATED_FROM = 900;

/** Codes that are free for new grids of a community, the next after the highest in use. Empty where the community has no code of its own. */
export const suggestCodes = (
  codes: readonly (string | undefined)[],
  parentCode: string | undefined,
  kind: 'grid' | 'dedicatedGrid',
  n: number,
): string[] => {
  if (parentCode?.length !== COMMUNITY_CODE) return [];
  const serials = codes.flatMap((code) =>
    code?.length === GRID_CODE && code.startsWith(parentCode) ? [Number(code.slice(COMMUNITY_CODE))] : [],
  );
  const dedicated = kind === 'dedicatedGrid';
  const highest = serials
    .filter((serial) => serial >= DEDICATED_FROM === dedicated)
    .reduce((a, b) => Math.max(a, b), dedicated ? DEDICATED_FROM : 0);
  return Array.from({ length: n }, (_, i) => highest + 1 + i)
    .filter((serial) => serial < (dedicated ? 1000 : DEDICATED_FROM))
    .map((serial) => `${parentCode}${String(serial).padStart(3, '0')}`);
};
