/** Why a mediator may not be free: questions for the head, who decides (人民调解法 19; 特邀调解规定 15, recusal). */
export const CONFLICTS = ['isSide', 'samePhone', 'ownBody', 'sameBuilding', 'sameCommunity', 'earlierCase', 'earlierName'] as const;
export type ConflictKind = (typeof CONFLICTS)[number];

export interface Conflict {
  readonly kind: ConflictKind;
  /** Which side, counted from 1. */
  readonly side?: number;
}

/** Somebody as blind indexes: equal or not, and nothing else. */
interface Known {
  readonly name: string;
  readonly phone?: string | undefined;
}

interface Free extends Known {
  readonly home?: string | undefined;
  readonly homeAreaId?: string | undefined;
  /** Names of the bodies where the mediator holds posts, as indexes. */
  readonly bodies: readonly string[];
  /** Sides, counted from 1, in an earlier dispute of which this mediator had a hand; not `sure` where the name alone is the same. */
  readonly earlier: readonly { readonly side: number; readonly sure: boolean }[];
}

interface Quarrel {
  readonly sides: readonly Known[];
  readonly place?: string | undefined;
  /** The areas it arose in, from the top down. */
  readonly areaIds: readonly string[];
}

const DIGITS: Readonly<Record<string, string>> = {
  〇: '0',
  零: '0',
  一: '1',
  二: '2',
  三: '3',
  四: '4',
  五: '5',
  六: '6',
  七: '7',
  八: '8',
  九: '9',
};

const tens = (words: string): string => {
  if (!words.includes('十')) return [...words].map((one) => DIGITS[one] ?? one).join('');
  const [before = '', after = ''] = words.split('十');
  return `${before ? DIGITS[before] : '1'}${after ? DIGITS[after] : '0'}`;
};

/** An address as far as its building: `翠竹苑三栋二单元` and `翠竹苑 3 幢 501` are the same. Undefined where no building is named. */
export const buildingOf = (address: string): string | undefined => {
  const plain = address
    .normalize('NFKC')
    .replaceAll(/\s+/gu, '')
    .replaceAll(/[〇零一二三四五六七八九十]+(?=[栋幢座号])/gu, tens);
  const found = /^(.*?)(\d+|[A-Za-z])(?:栋|幢|座|号楼)/u.exec(plain);
  return found ? `${found[1]}${found[2]!.toUpperCase()}` : undefined;
};

const isSameBuilding = (a: string | undefined, b: string | undefined): boolean => {
  const [one, other] = [a && buildingOf(a), b && buildingOf(b)];
  return Boolean(one && other && (one.endsWith(other) || other.endsWith(one)));
};

/** What speaks against a mediator, as far as the installation knows. It never decides: a name is borne by many. */
export const conflictsOf = (mediator: Free, { sides, place, areaIds }: Quarrel): Conflict[] => {
  const bySide = sides.flatMap(({ name, phone }, index): Conflict[] => {
    const side = index + 1;
    return [
      ...(name === mediator.name ? [{ kind: 'isSide', side } as const] : []),
      ...(phone && phone === mediator.phone ? [{ kind: 'samePhone', side } as const] : []),
      ...(mediator.bodies.includes(name) ? [{ kind: 'ownBody', side } as const] : []),
    ];
  });
  return [
    ...bySide,
    ...(isSameBuilding(mediator.home, place) ? [{ kind: 'sameBuilding' } as const] : []),
    ...(mediator.homeAreaId && areaIds.includes(mediator.homeAreaId) ? [{ kind: 'sameCommunity' } as const] : []),
    ...mediator.earlier.map(({ side, sure }) => ({ kind: sure ? 'earlierCase' : 'earlierName', side }) as const),
  ];
};

/** Whether a court's invitation counts on a day. */
export const isCourtInvited = (court: { readonly from: string; readonly to?: string | undefined } | undefined, today: string): boolean =>
  court !== undefined && court.from <= today && (court.to === undefined || today <= court.to);

interface Candidate {
  readonly kinds: readonly string[];
  readonly available: boolean;
  readonly name: string;
}
/** Candidates in the order they are offered: free ones first, those who know the kind of quarrel before the rest. */
export const inOrder = <T extends Candidate>(candidates: readonly T[], kind: string): T[] =>
  [...candidates].sort(
    (a, b) =>
      Number(b.available) - Number(a.available) ||
      Number(b.kinds.includes(kind)) - Number(a.kinds.includes(kind)) ||
      (a.name < b.name ? -1 : 1),
  );
