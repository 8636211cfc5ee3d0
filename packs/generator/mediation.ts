import { isDayOff } from '@tongxin/domain/calendar/notices/rules.ts';
import type { DisputeKind } from '@tongxin/domain/dispute/kind/schema.ts';
import { FIELDS } from '@tongxin/domain/hearing/schema.ts';
import type {
  PackArea,
  PackCentre,
  PackHours,
  PackMediation,
  PackMediator,
  PackOrganization,
  PackPanellist,
  PackScreeningReport,
  PackShift,
} from '@tongxin/domain/pack/schema.ts';
import type { Laid } from './areas.ts';
import type { Staffed } from './organizations.ts';
import { idOf } from './random.ts';

/** Duty and lawyers' hours are planned from here on. */
const FROM = '2026-11-01';
const UNTIL = '2028-01-01';
/** First month without lawyers' hours: a lawyer plans some months ahead. */
const HOURS_UNTIL = '2027-07';
const EVERYDAY: readonly DisputeKind[] = ['neighbour', 'family', 'property', 'homestead', 'consumer', 'traffic', 'labour', 'environment'];
const BY_TRADE: Readonly<Record<string, readonly DisputeKind[]>> = {
  'mediation-medical': ['medical'],
  'mediation-traffic': ['traffic'],
  'mediation-labour': ['labour'],
  'mediation-property': ['property', 'neighbour'],
};
const LANGUAGES = [['普通话', '粤语'], ['普通话', '粤语', '客家话'], ['普通话', '粤语', '隆都话'], ['普通话'], ['普通话', '手语']] as const;
/** Reports of these months are in, but of a few units. */
const REPORTED = [
  { month: '2026-10', dueOn: '2026-10-20', days: [12, 13, 14, 15, 16, 19, 20, 22] },
  { month: '2026-11', dueOn: '2026-11-20', days: [10, 11, 12, 13, 16, 17, 18, 19] },
] as const;
const SEEN = [
  ['neighbour', '小区楼下活动场', '广场舞音响时间的争执', 'low', 'talking'],
  ['property', '示例花园北门', '停车费调整后业主与物业的争执', 'middle', 'talking'],
  ['homestead', '村口老榕树旁', '两处院墙之间滴水沟归谁用', 'middle', 'watching'],
  ['consumer', '农贸市场一侧', '预付卡店铺停业后的退款', 'high', 'passedOn'],
  ['labour', '工业园二期工地', '收尾班组的工钱结算', 'high', 'passedOn'],
  ['environment', '河涌边的洗车店', '夜间冲洗的噪声和污水', 'low', 'settled'],
] as const;

const iso = (day: string, time: string): string => new Date(`${day}T${time}:00+08:00`).toISOString();
const pad = (n: number): string => String(n).padStart(4, '0');

const workdays = (): string[] => {
  const days: string[] = [];
  for (let at = Date.parse(`${FROM}T00:00:00Z`); at < Date.parse(`${UNTIL}T00:00:00Z`); at += 86_400_000) {
    const day = new Date(at).toISOString().slice(0, 10);
    if (!isDayOff(day)) days.push(day);
  }
  return days;
};

const committeesOf = (staffed: Staffed): PackOrganization[] => staffed.organizations.filter(({ key }) => key.startsWith('mediation'));

/** A committee of a community has one day a week for it, the others every working day. */
const weekdayOf = (committee: PackOrganization, communities: ReadonlyMap<string, number>): number | undefined => {
  const n = communities.get(committee.areaId);
  return n === undefined ? undefined : (n % 5) + 1;
};
const WEEKDAYS = ['日', '一', '二', '三', '四', '五'] as const;
const numbered = (areas: readonly PackArea[]): ReadonlyMap<string, number> => new Map(areas.map(({ areaId }, i) => [areaId, i]));

/** Mediators on duty at the centres: by turns where there are several, on the weekly day in a community. */
export const dutyOfCentres = (pack: string, laid: Laid, staffed: Staffed): PackShift[] => {
  const communities = numbered(laid.communities);
  const days = workdays();
  return committeesOf(staffed).flatMap((committee) => {
    const { organizationId } = committee;
    const weekday = weekdayOf(committee, communities);
    const posts = staffed.postsOf(organizationId);
    return days
      .filter((day) => weekday === undefined || new Date(`${day}T00:00:00Z`).getUTCDay() === weekday)
      .map(
        (day, i): PackShift => ({
          shiftId: idOf(pack, 'shift', `${organizationId}/day/${day}`),
          organizationId,
          postId: posts[i % posts.length]!.postId,
          startsAt: iso(day, '09:00'),
          endsAt: iso(day, '17:30'),
          kind: 'day',
        }),
      );
  });
};

const centreOf = (
  pack: string,
  { organizationId, key }: PackOrganization,
  n: number,
  area: PackArea,
  weekday: number | undefined,
): PackCentre => {
  const inCommunity = weekday !== undefined;
  const rooms = inCommunity
    ? ['调解室']
    : area.kind === 'city' && key === 'mediation'
      ? ['第一调解室', '第二调解室', '听证室']
      : ['第一调解室', '第二调解室'];
  return {
    organizationId,
    address: `${area.name.zh}示例路${(n % 90) + 1}号${inCommunity ? '党群服务中心' : '综治中心'}`,
    // After the city's code no number begins with 0.
    telephone: `0760-0000${pad(n)}`,
    hours: inCommunity ? `每周${WEEKDAYS[weekday]} 9:00–17:30，其他工作日请先打电话` : '工作日 9:00–12:00，14:00–17:30',
    kinds: BY_TRADE[key] ?? [],
    rooms: rooms.map((name) => ({ roomId: idOf(pack, 'room', `${organizationId}/${name}`), name })),
  };
};

const panelOf = (pack: string, laid: Laid, staffed: Staffed): PackPanellist[] => {
  const [city] = laid.areas;
  const seats = [...Array.from({ length: 24 }, () => city!), ...laid.towns.flatMap((town) => Array.from({ length: 9 }, () => town))];
  return seats.map((area, n): PackPanellist => {
    const field = FIELDS[n % FIELDS.length]!;
    return {
      panellistId: idOf(pack, 'panellist', pad(n + 1)),
      areaId: area.areaId,
      name: `示例听证员${pad(n + 1)}`,
      field,
      ...(field === 'official' ? { organizationId: staffed.organizationOf(area.areaId, 'justice').organizationId } : {}),
      since: '2026-01-01',
    };
  });
};

const hoursOf = (pack: string, laid: Laid, staffed: Staffed): PackHours[] => {
  const firm = staffed.organizationOf(laid.areas[0]!.areaId, 'law-firm').organizationId;
  const posts = new Map(staffed.postsOf(firm).map((post) => [post.areaId, post.postId]));
  const months = [...Map.groupBy(workdays(), (day) => day.slice(0, 7))].filter(([month]) => month < HOURS_UNTIL);
  return laid.communities.flatMap((community, n) => {
    const postId = posts.get(community.areaId)!;
    const byPhone = n % 6 === 5;
    const [from, to] = n % 2 === 0 ? ['09:30', '11:30'] : ['14:30', '16:30'];
    return months.map(([month, days]): PackHours => {
      // Neighbours in the list are a lawyer's own: never two on one day.
      const day = days[1 + (n % 15)]!;
      return {
        sessionId: idOf(pack, 'hours', `${community.code}/${month}`),
        organizationId: firm,
        postId,
        personId: staffed.holderOf(postId),
        way: byPhone ? 'phone' : 'place',
        place: byPhone ? '律师按您登记的电话打来' : `${community.name.zh}公共法律服务工作室`,
        startsAt: iso(day, from!),
        endsAt: iso(day, to!),
        minutes: 30,
        slots: 4,
      };
    });
  });
};

const screeningOf = (pack: string, laid: Laid, staffed: Staffed): Pick<PackMediation, 'screeningUnits' | 'screeningReports'> => {
  const units = [
    ...laid.towns.flatMap(({ areaId }) => ['justice', 'police', 'public-service'].map((key) => staffed.organizationOf(areaId, key))),
    ...laid.communities.map(({ areaId }) => staffed.organizationOf(areaId, 'committee')),
  ];
  return {
    screeningUnits: units.map(({ organizationId }) => ({ organizationId, since: '2026-10', dueDay: 20 })),
    screeningReports: REPORTED.flatMap(({ month, dueOn, days }, m) =>
      units.flatMap(({ organizationId, areaId }, n): PackScreeningReport[] => {
        // One in sixty is missing, a few came after the day, two in three found nothing.
        if ((n + m * 7) % 60 === 17) return [];
        const found = (n + m) % 3 === 0 ? [SEEN[(n + m) % SEEN.length]!, ...(n % 9 === 0 ? [SEEN[(n + 2) % SEEN.length]!] : [])] : [];
        return [
          {
            reportId: idOf(pack, 'screening', `${organizationId}/${month}`),
            organizationId,
            month,
            dueOn,
            reportedAt: iso(`${month}-${days[n % days.length]!}`, '16:20'),
            items: found.map(([kind, place, matter, degree, step]) => ({ kind, areaId, place, matter, degree, step })),
          },
        ];
      }),
    ),
  };
};

/**
 * What a city has for settling disputes: committees by area and trade with their registers and centres, a roster of panellists, units that report each
 * month, lawyers' hours. Everybody is numbered, not named; nothing of it is anybody's.
 */
export const fileMediation = (pack: string, laid: Laid, staffed: Staffed): PackMediation => {
  const areas = new Map(laid.areas.map((area) => [area.areaId, area]));
  const communities = numbered(laid.communities);
  const committees = committeesOf(staffed);
  const mediators = committees
    .flatMap((committee) =>
      staffed.postsOf(committee.organizationId).map((post) => ({ committee, personId: staffed.holderOf(post.postId) })),
    )
    .map(({ committee: { organizationId, areaId, key }, personId }, n): PackMediator => {
      const own = BY_TRADE[key];
      return {
        mediatorId: idOf(pack, 'mediator', `${organizationId}/${personId}`),
        organizationId,
        personId,
        name: `示例调解员${pad(n + 1)}`,
        phone: `109${String(70_000_000 + n)}`,
        ...(areas.get(areaId)!.kind === 'community' ? { homeAreaId: areaId } : {}),
        kinds: own ?? [0, 1, 2].map((i) => EVERYDAY[(n + i * 3) % EVERYDAY.length]!),
        languages: LANGUAGES[n % LANGUAGES.length]!,
        filingNumber: `示例调备〔2026〕${pad(n + 1)}号`,
        ...(own && n % 3 === 0 ? { court: { name: '示例人民法庭', from: '2026-01-01', to: '2028-12-31' } } : {}),
        available: n % 16 !== 15,
      };
    });
  return {
    mediators,
    centres: committees.map((committee, n) =>
      centreOf(pack, committee, n + 1, areas.get(committee.areaId)!, weekdayOf(committee, communities)),
    ),
    panellists: panelOf(pack, laid, staffed),
    ...screeningOf(pack, laid, staffed),
    hours: hoursOf(pack, laid, staffed),
    aidStandards: [
      {
        standardId: idOf(pack, 'aidStandard', '2026'),
        areaId: laid.areas[0]!.areaId,
        monthlyIncome: 2000,
        source: '示例标准，不是真实规定（演示数据）',
        from: '2026-01-01',
        setBy: staffed.holderOf(staffed.postsOf(staffed.organizationOf(laid.areas[0]!.areaId, 'justice').organizationId)[0]!.postId),
      },
    ],
  };
};
