import type { OrganizationView } from '@tongxin/domain/organization/schema.ts';

/** Whom a list of bodies leaves out. */
interface Without {
  /** They stand in it already. */
  readonly named: ReadonlySet<string>;
  /** Only those that can be complained of stay. */
  readonly respondents: boolean;
}

/** Bodies to choose from: those of the chooser's own area before the rest, each in the order they came. The platform's services are none. */
export const bodiesToChoose = (
  all: readonly OrganizationView[],
  own: readonly OrganizationView[],
  { named, respondents }: Without,
): OrganizationView[] => {
  const near = new Set(own.map(({ id }) => id));
  return [...own, ...all.filter(({ id }) => !near.has(id))].filter(
    (one) => !named.has(one.id) && one.kind !== 'service' && (one.respondent || !respondents),
  );
};
