import type { DisputeKind } from '../dispute/schema.ts';
import type { Column } from '../exchange/schema.ts';
import type { Label } from '../label/schema.ts';
import type { Degree, ReportState, Step } from './schema.ts';

const column = (id: string, zh: string, en: string, width: number, type: Column['type'] = 'text'): Column => ({
  id,
  label: { zh, en },
  type,
  width,
});

/** Words of the month's workbook. */
export const exportLabels = {
  title: { zh: '矛盾纠纷月排查', en: 'Monthly screening' } as Label,
  columns: [
    column('unit', '报送单位', 'Unit', 26),
    column('area', '所在区域', 'Area of the unit', 16),
    column('state', '报送情况', 'Report', 12),
    column('dueOn', '应报日期', 'Due on', 12, 'date'),
    column('late', '逾期', 'Late', 8, 'flag'),
    column('kind', '类别', 'Kind', 12),
    column('where', '发生地', 'Area', 16),
    column('place', '地点', 'Place', 24),
    column('matter', '事由', 'Matter', 40),
    column('degree', '程度', 'Degree', 10),
    column('step', '已采取的措施', 'Step taken', 14),
  ] as readonly Column[],
  states: {
    waiting: { zh: '未到期', en: 'Not due yet' },
    missing: { zh: '未报', en: 'Missing' },
    none: { zh: '零报告', en: 'None found' },
    found: { zh: '已报', en: 'Reported' },
  } satisfies Record<ReportState, Label>,
  degrees: {
    low: { zh: '一般', en: 'Low' },
    middle: { zh: '较大', en: 'Medium' },
    high: { zh: '可能激化', en: 'May escalate' },
  } satisfies Record<Degree, Label>,
  steps: {
    watching: { zh: '关注中', en: 'Watched' },
    talking: { zh: '正在劝解', en: 'Being talked over' },
    mediating: { zh: '已进入调解', en: 'In mediation' },
    passedOn: { zh: '已上报、移交', en: 'Passed on' },
    settled: { zh: '已化解', en: 'Settled' },
  } satisfies Record<Step, Label>,
  kinds: {
    family: { zh: '婚姻家庭', en: 'Family' },
    neighbour: { zh: '邻里', en: 'Neighbours' },
    homestead: { zh: '宅基地', en: 'Homestead' },
    property: { zh: '物业', en: 'Property management' },
    labour: { zh: '劳动争议', en: 'Labour' },
    traffic: { zh: '交通事故', en: 'Traffic accident' },
    medical: { zh: '医疗', en: 'Medical' },
    consumer: { zh: '消费', en: 'Consumers' },
    finance: { zh: '金融', en: 'Finance' },
    environment: { zh: '环境', en: 'Environment' },
    intellectualProperty: { zh: '知识产权', en: 'Intellectual property' },
    other: { zh: '其他', en: 'Other' },
  } satisfies Record<DisputeKind, Label>,
} as const;
