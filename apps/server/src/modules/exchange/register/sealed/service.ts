import type { MediatorsView } from '@tongxin/domain/dispute/mediator/schema.ts';
import type { SealedRegister } from '@tongxin/domain/exchange/schema.ts';
import type { Panellist } from '@tongxin/domain/hearing/schema.ts';
import type { Language } from '@tongxin/domain/label/schema.ts';
import type { StaffPage } from '@tongxin/domain/staff/view.ts';
import type { Deps } from '../../../../platform/deps.ts';
import type { Who } from '../../../../platform/tx/tx.ts';
import { send } from '../command/service.ts';
import type { RegisterRow } from '../repo.ts';

/** Posts of people as rows, as the screen of people shows them to whoever appoints. */
const people = async (deps: Deps, who: Who, language: Language): Promise<RegisterRow[]> => {
  const rows: RegisterRow[] = [];
  let cursor: string | undefined;
  do {
    const query = { limit: 200, ...(cursor ? { cursor } : {}) };
    const page = (await send(deps, who, { route: 'GET /staff', query }, language)) as StaffPage;
    for (const { id: personId, username, name, holdings } of page.rows)
      for (const { postId, organizationId, from, to, state } of holdings)
        if (username) rows.push({ personId, username, name, organization: organizationId, post: postId, from, to, over: state === 'over' });
    cursor = page.next;
  } while (cursor);
  return rows;
};

const viewOf = async (deps: Deps, who: Who, language: Language): Promise<MediatorsView> =>
  (await send(deps, who, { route: 'GET /mediators' }, language)) as MediatorsView;

/** The register of mediators of the committees that whoever asks keeps. */
const mediators = async (deps: Deps, who: Who, language: Language): Promise<RegisterRow[]> => {
  const view = await viewOf(deps, who, language);
  const postOf = new Map(view.holders.map(({ personId, organizationId, postId }) => [`${organizationId}/${personId}`, postId]));
  return view.mediators
    .filter(({ load }) => load !== undefined)
    .map(({ id, personId, organizationId, court, homeAreaId, ...line }) => ({
      ...line,
      id,
      personId,
      organization: organizationId,
      post: postOf.get(`${organizationId}/${personId}`),
      court: court?.name,
      courtFrom: court?.from,
      courtTo: court?.to,
      homeArea: homeAreaId,
    }));
};

const panellists = async (deps: Deps, who: Who, language: Language): Promise<RegisterRow[]> =>
  ((await send(deps, who, { route: 'GET /panellists' }, language)) as { panellists: Panellist[] }).panellists.map(
    ({ areaId, organizationId, ...line }) => ({ ...line, area: areaId, organization: organizationId }),
  );

const ROWS = { people, mediators, panellists } as const satisfies Record<
  SealedRegister,
  (deps: Deps, who: Who, language: Language) => Promise<RegisterRow[]>
>;

/** A register as the route of its own screen shows it to whoever asks: what is sealed in it is opened there, and nowhere else. */
export const sealedRows = (deps: Deps, who: Who, register: SealedRegister, language: Language): Promise<RegisterRow[]> =>
  ROWS[register](deps, who, language);

/** Whom a post of a committee means. */
export const mediatorPosts = async (deps: Deps, who: Who, language: Language): Promise<Map<string, string>> => {
  const posts = Map.groupBy((await viewOf(deps, who, language)).holders, ({ postId }) => postId);
  return new Map([...posts].flatMap(([postId, [one, ...others]]) => (one && others.length === 0 ? [[postId, one.personId] as const] : [])));
};
