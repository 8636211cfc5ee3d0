import type { ChoosingStep } from './schema.ts';

/** A step of the choice as it is kept, oldest first. */
export interface Step {
  readonly id: string;
  readonly step: ChoosingStep;
  readonly partyId?: string | undefined;
  readonly mediatorId?: string | undefined;
}

export interface Standing {
  readonly chosen: ReadonlyMap<string, string>;
  readonly left: ReadonlySet<string>;
  readonly accepted: ReadonlySet<string>;
  readonly named?: string;
  readonly settledOn?: { readonly mediatorId: string; readonly how: 'agreed' | 'accepted' };
  /** Stepped aside: not appointed again. */
  readonly excluded: ReadonlySet<string>;
  /** The challenge that waits for an answer. */
  readonly challenge?: Step;
  /** The refusal of the last one, with the side that had asked. */
  readonly refusal?: Step;
}

/** What counts of the choice: whatever was said before a mediator stepped aside, or it was sent up, is over with it (人民调解法 第十九条、第二十三条). */
export const standingOf = (steps: readonly Step[], sides: readonly string[]): Standing => {
  const excluded = new Set(steps.flatMap(({ step, mediatorId }) => (step === 'steppedAside' && mediatorId ? [mediatorId] : [])));
  const round = steps.slice(steps.findLastIndex(({ step }) => step === 'steppedAside') + 1);
  const [chosen, left, accepted] = [new Map<string, string>(), new Set<string>(), new Set<string>()];
  let named: string | undefined;
  let challenge: Step | undefined;
  let refusal: Step | undefined;
  for (const one of round) {
    const { step, partyId, mediatorId } = one;
    if (step === 'chosen' && partyId && mediatorId) chosen.set(partyId, mediatorId);
    if ((step === 'chosen' || step === 'left') && partyId) {
      left.delete(partyId);
      // Whoever chooses again, or leaves it, has taken back the yes to who was named.
      accepted.delete(partyId);
    }
    if (step === 'left' && partyId) {
      left.add(partyId);
      chosen.delete(partyId);
    }
    if (step === 'named') {
      named = mediatorId;
      accepted.clear();
    }
    if (step === 'accepted' && partyId && mediatorId === named) accepted.add(partyId);
    if (step === 'declined') named = undefined;
    if (step === 'challenged') challenge = one;
    if (step === 'challengeRefused') {
      refusal = { ...one, partyId: challenge?.partyId };
      challenge = undefined;
    }
  }
  const first = chosen.get(sides[0] ?? '');
  const isAgreed = first !== undefined && sides.every((side) => chosen.get(side) === first);
  const isAccepted = named !== undefined && sides.every((side) => accepted.has(side));
  const settledOn = isAccepted
    ? ({ mediatorId: named!, how: 'accepted' } as const)
    : isAgreed
      ? ({ mediatorId: first, how: 'agreed' } as const)
      : undefined;
  return {
    chosen,
    left,
    accepted,
    excluded,
    ...(named ? { named } : {}),
    ...(settledOn ? { settledOn } : {}),
    ...(challenge ? { challenge } : {}),
    ...(refusal ? { refusal } : {}),
  };
};
