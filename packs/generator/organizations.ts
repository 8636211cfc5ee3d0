import type { Label } from '@tongxin/domain/label/schema.ts';
import type { PackAccount, PackArea, PackHolding, PackOrganization, PackPerson, PackPost } from '@tongxin/domain/pack/schema.ts';
import { type BodyPlan, CITY_BODIES, COMMITTEE_POSTS, COMMUNITY_MEDIATION, type PostPlan, TOWN_BODIES } from '../zhongshan/bodies.ts';
import type { Laid } from './areas.ts';
import { pinyinOf } from './divisions.ts';
import { idOf, type Random } from './random.ts';

export interface Staffed {
  readonly organizations: readonly PackOrganization[];
  readonly posts: readonly PackPost[];
  readonly people: readonly PackPerson[];
  readonly holdings: readonly PackHolding[];
  readonly accounts: readonly PackAccount[];
  /** Organization of an area by its key: `organizationOf(townId, 'planning')`. */
  organizationOf(areaId: string, key: string): PackOrganization;
  /** Posts of an organization in the order of their plan. */
  postsOf(organizationId: string): readonly PackPost[];
  holderOf(postId: string): string;
}

/** Towns with a demo account for each kind of post, the first also for every responsible person; elsewhere only the dispatcher has one. */
const SHOWN_TOWNS = 2;
const COMMUNITIES_OF_A_LAWYER = 5;
const RESPONSIBLE = ['head', 'deputy', 'section', 'second', 'centre-deputy', 'centre-section'];

/** 石岐街道 → shiqi. Two towns never share one: the pack's test says so. */
export const slugOf = (town: PackArea): string => pinyinOf(town.name.zh.replace(/街道$|镇$/, '')).toLowerCase();

const bodyName = (area: Label, body: BodyPlan): Label => ({
  zh: `${area.zh}${area.zh.endsWith('街道') ? (body.zhStreet ?? body.zh) : body.zh}`,
  en: `${area.en ?? area.zh} ${body.en}`,
});
const postTitle = (area: Label, post: PostPlan): Label => ({ zh: `${area.zh}${post.zh}`, en: `${post.en}, ${area.en ?? area.zh}` });

export const staffCity = (pack: string, laid: Laid, random: Random): Staffed => {
  const organizations: PackOrganization[] = [];
  const posts: PackPost[] = [];
  const people: PackPerson[] = [];
  const holdings: PackHolding[] = [];
  const accounts: PackAccount[] = [];
  const byKey = new Map<string, PackOrganization>();
  const postsBy = new Map<string, PackPost[]>();
  const holders = new Map<string, string>();
  const [city] = laid.areas;

  const organize = (areaId: string, name: string, row: Omit<PackOrganization, 'organizationId' | 'areaId'>): PackOrganization => {
    const organization = { ...row, areaId, organizationId: idOf(pack, 'organization', name) };
    organizations.push(organization);
    byKey.set(`${areaId}/${row.key}`, organization);
    return organization;
  };
  const employ = (name: string, account: PackAccount['username'] | undefined, title: Label, organization: Label): string => {
    const personId = idOf(pack, 'person', name);
    const authUserId = account ? idOf(pack, 'account', account) : undefined;
    people.push({ personId, kind: 'staff', ...(authUserId ? { authUserId } : {}) });
    if (account && authUserId) accounts.push({ username: account, authUserId, personId, title, organization });
    return personId;
  };
  const hold = (post: PackPost, personId: string): void => {
    holdings.push({ holdingId: idOf(pack, 'holding', `${post.postId}/${personId}`), postId: post.postId, personId });
    holders.set(post.postId, personId);
  };
  const post = (
    organization: PackOrganization,
    areaId: string,
    name: string,
    plan: Pick<PostPlan, 'role' | 'responsibility'>,
    title: Label,
  ): PackPost => {
    const row: PackPost = {
      postId: idOf(pack, 'post', name),
      organizationId: organization.organizationId,
      areaId,
      role: plan.role,
      title,
      ...(plan.responsibility ? { responsibility: plan.responsibility } : {}),
    };
    posts.push(row);
    postsBy.set(organization.organizationId, [...(postsBy.get(organization.organizationId) ?? []), row]);
    return row;
  };
  /** A body with one person in each planned post; accounts are named after place and post. */
  const staff = (
    area: PackArea,
    place: string,
    plan: BodyPlan,
    parentId: string | undefined,
    shown: (post: PostPlan) => boolean,
  ): PackOrganization => {
    const name = bodyName(area.name, plan);
    const organization = organize(area.areaId, `${area.code}/${plan.key}`, {
      kind: plan.kind,
      key: plan.key,
      name,
      ...(parentId ? { parentId } : {}),
      ...(plan.validFrom ? { validFrom: plan.validFrom } : {}),
    });
    for (const planned of plan.posts) {
      // Handlers and heads of a department are told apart by its name; posts that exist once in a place need only the place.
      const shared = ['head', 'deputy', 'section', 'second', ''].includes(planned.key);
      const username = [place, ...(shared ? [plan.key] : []), ...(planned.key ? [planned.key] : [])].join('-');
      const title = postTitle(area.name, planned);
      const row = post(organization, area.areaId, `${area.code}/${plan.key}/${planned.key || 'handler'}`, planned, title);
      hold(row, employ(row.postId, shown(planned) ? username : undefined, title, name));
    }
    return organization;
  };

  for (const plan of CITY_BODIES)
    staff(city!, 'city', plan, byKey.get(`${city!.areaId}/government`)?.organizationId, (p) => !RESPONSIBLE.includes(p.key));
  for (const [t, town] of laid.towns.entries()) {
    const slug = slugOf(town);
    const shown = t < SHOWN_TOWNS;
    for (const plan of TOWN_BODIES)
      staff(
        town,
        slug,
        plan,
        byKey.get(`${town.areaId}/government`)?.organizationId,
        (p) => (shown && (t === 0 || !RESPONSIBLE.includes(p.key))) || p.key === 'dispatcher',
      );
    const communities = laid.communities.filter((community) => community.parentId === town.areaId);
    let lawyerId = '';
    for (const [c, community] of communities.entries()) {
      // One lawyer advises so many communities of a town (一村一法律顾问); the first ones are the account's own.
      const advises = { zh: `${community.name.zh}法律顾问`, en: `Lawyer of ${community.name.en}` };
      const firm = byKey.get(`${city!.areaId}/law-firm`)!;
      const adviser = post(firm, community.areaId, `${community.code}/lawyer`, { role: 'lawyer' }, advises);
      if (t === 0 && c === 0) lawyerId = holders.get(postsBy.get(firm.organizationId)![0]!.postId)!;
      else if (c % COMMUNITIES_OF_A_LAWYER === 0) lawyerId = employ(adviser.postId, undefined, advises, firm.name);
      hold(adviser, lawyerId);
      const village = community.name.zh.endsWith('村');
      const committee: Label = {
        zh: `${town.name.zh}${community.name.zh.replace(/村$/, '')}${village ? '村民委员会' : '居民委员会'}`,
        en: `${community.name.en} ${village ? "Villagers'" : "Residents'"} Committee`,
      };
      const body = organize(community.areaId, `${community.code}/committee`, {
        kind: 'committee',
        key: 'committee',
        name: committee,
        parentId: byKey.get(`${town.areaId}/government`)!.organizationId,
      });
      const first = shown && c === 0;
      const staffIds: string[] = [];
      for (const planned of COMMITTEE_POSTS) {
        const title = { zh: `${community.name.zh}${planned.zh}`, en: `${planned.en}, ${community.name.en}` };
        const row = post(body, community.areaId, `${community.code}/committee/${planned.key}`, planned, title);
        const personId = employ(row.postId, first ? `${slug}-${planned.key}` : undefined, title, committee);
        hold(row, personId);
        staffIds.push(personId);
      }
      const mediation = organize(community.areaId, `${community.code}/mediation`, {
        kind: 'committee',
        key: 'mediation',
        name: {
          zh: `${town.name.zh}${community.name.zh}人民调解委员会`,
          en: `${community.name.en} Mediation Committee`,
        },
        parentId: body.organizationId,
      });
      for (const [i, planned] of COMMUNITY_MEDIATION.entries())
        hold(
          post(mediation, community.areaId, `${community.code}/mediation/${planned.key}`, planned, {
            zh: `${community.name.zh}${planned.zh}`,
            en: `${planned.en}, ${community.name.en}`,
          }),
          staffIds[i]!,
        );
      const teamName: Label = { zh: `${community.name.zh}网格组`, en: `${community.name.en} Grid Team` };
      const team = organize(community.areaId, `${community.code}/gridTeam`, {
        kind: 'gridTeam',
        key: 'gridTeam',
        name: teamName,
        parentId: body.organizationId,
      });
      // Cross-posting (交叉任职): the head of the committee is the grid lead.
      const lead = post(
        team,
        community.areaId,
        `${community.code}/gridTeam/lead`,
        { role: 'gridLead' },
        { zh: `${community.name.zh}网格长`, en: `Grid lead, ${community.name.en}` },
      );
      hold(lead, staffIds.at(-1)!);
      const grids = laid.grids.filter((grid) => grid.parentId === community.areaId);
      for (const [g, grid] of grids.entries()) {
        const title = { zh: `${grid.name.zh}网格员`, en: `Grid worker, ${grid.name.en}` };
        // A worker walks one grid and stands in for the others of the community.
        const row = post(team, community.areaId, `${grid.code}/worker`, { role: 'gridWorker' }, title);
        hold(row, employ(row.postId, first && g < 2 ? `${slug}-grid-worker${g ? `-${g + 1}` : ''}` : undefined, title, teamName));
      }
      if (!village && c % 2 === 0) {
        const number = organizations.filter((o) => o.kind === 'property').length + 1;
        const firm: Label = {
          zh: `示例物业服务公司${number}号(${community.name.zh})`,
          en: `Demo Property Company ${number} (${community.name.en})`,
        };
        const property = organize(community.areaId, `${community.code}/property`, { kind: 'property', key: 'property', name: firm });
        const title = { zh: `${firm.zh}客服`, en: `Service desk, ${firm.en}` };
        const row = post(property, community.areaId, `${community.code}/property/handler`, { role: 'handler' }, title);
        hold(row, employ(row.postId, first ? `${slug}-property` : undefined, title, firm));
        if (random.chance(0.4))
          organize(community.areaId, `${community.code}/owners`, {
            kind: 'ownersCommittee',
            key: 'owners',
            name: { zh: `${community.name.zh}示例花园业主委员会`, en: `Owners' Committee of Demo Garden, ${community.name.en}` },
          });
      }
    }
    for (const [kind, zh, en] of [
      ['socialOrganization', '示例志愿服务队', 'Demo Volunteers'],
      ['enterprise', '示例工业园', 'Demo Industrial Park'],
    ] as const)
      organize(town.areaId, `${town.code}/${kind}`, { kind, key: kind, name: { zh: `${town.name.zh}${zh}`, en: `${town.name.en} ${en}` } });
  }
  for (const [letter, n] of [
    ['a', '甲'],
    ['b', '乙'],
    ['c', '丙'],
  ] as const) {
    const username = `resident-${letter}`;
    const personId = idOf(pack, 'person', username);
    const authUserId = idOf(pack, 'account', username);
    people.push({ personId, kind: 'resident', authUserId });
    accounts.push({
      username,
      authUserId,
      personId,
      title: { zh: `居民${n}`, en: `Resident ${letter.toUpperCase()}` },
      organization: { zh: '居民', en: 'Residents' },
    });
  }
  return {
    organizations,
    posts,
    people,
    holdings,
    accounts,
    organizationOf: (areaId, key) => {
      const found = byKey.get(`${areaId}/${key}`);
      if (!found) throw new Error(`no ${key} in ${areaId}`);
      return found;
    },
    postsOf: (organizationId) => postsBy.get(organizationId) ?? [],
    holderOf: (postId) => holders.get(postId)!,
  };
};
