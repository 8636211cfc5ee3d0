import { instantToLocalDate } from '../calendar/rules.ts';
import type { Actor, CaseState } from '../case/schema.ts';
import type { CaseView, RecordEntry } from '../case/view.ts';
import { maskWords } from '../mask/rules.ts';
import { type Block, DOCUMENT_KINDS, type DocumentForm, type DocumentKind, type Draft, type Paper } from './schema.ts';

const form = (zh: string, en: string, more: Partial<DocumentForm> = {}): DocumentForm => ({
  label: { zh, en },
  mayHaveRedHead: false,
  sealed: true,
  ...more,
});
const LETTER = { procedures: ['letter'] };
const OF_DISPUTE = { procedures: ['mediation'], door: 'dispute' } as const;
/** Procedures whose papers are their own: nothing of a dispute is handed from office to office. */
const OWN_PAPERS: Readonly<Record<string, readonly DocumentKind[]>> = { mediation: ['oralAgreement', 'minutes'] };

/** The kinds, by the names offices give them; who makes notices of a letter follows 信访工作条例 (2022). */
export const DOCUMENTS: Readonly<Record<DocumentKind, DocumentForm>> = {
  handlingSheet: form('办理单（拟办—批示—结果）', 'Handling sheet', { sealed: false }),
  assignment: form('交办单', 'Assignment', { mark: '交' }),
  referral: form('转办单', 'Referral', { mark: '转' }),
  supervision: form('督办单', 'Supervision order', { mark: '督', mayHaveRedHead: true }),
  acceptanceNotice: form('受理告知书', 'Notice of acceptance', { mark: '受', toPerson: true }),
  declineNotice: form('不予受理告知书', 'Notice of non-acceptance', { mark: '不受', toPerson: true }),
  extensionNotice: form('延期告知书', 'Notice of extension', { mark: '延', toPerson: true }),
  opinion: form('信访事项处理意见书', 'Written opinion', { mark: '访意', mayHaveRedHead: true, toPerson: true, ...LETTER }),
  serviceReceipt: form('送达回证', 'Receipt of service', { sealed: false, ...LETTER }),
  minutes: form('会议纪要', 'Minutes', { mark: '纪', mayHaveRedHead: true, slot: 'mediation' }),
  oralAgreement: form('人民调解口头协议登记表', 'Record of an oral agreement', {
    mark: '调口',
    procedures: ['mediation'],
    slot: 'agreement',
  }),
  rightsNotice: form('权利义务告知书', 'Notice of rights and duties', { ...OF_DISPUTE, slot: 'rights' }),
  agreement: form('人民调解协议书', 'Mediation agreement', { ...OF_DISPUTE, mark: '人调', numberAs: 'mediation', slot: 'agreement' }),
  mediationRecord: form('人民调解记录', 'Record of mediation', { ...OF_DISPUTE, sealed: false, slot: 'mediation' }),
  acceptanceRegister: form('人民调解受理登记表', 'Register of acceptance', { ...OF_DISPUTE, slot: 'application' }),
  resultNotice: form('调解结果反馈函', 'Letter reporting the result', { ...OF_DISPUTE, mark: '调函' }),
  followUpRecord: form('回访记录', 'Record of a follow-up', { ...OF_DISPUTE, slot: 'followUp' }),
  confirmation: form('司法确认申请书', 'Application for judicial confirmation', { ...OF_DISPUTE, sealed: false, slot: 'confirmation' }),
  commitment: form('司法确认承诺书', 'Commitment to the court', { ...OF_DISPUTE, sealed: false, slot: 'confirmation' }),
  dossier: form('办理档案', 'Case file', { sealed: false }),
};

/** Kinds that may be made of a case, in the order of the list. */
export const offeredDocuments = (view: Pick<CaseView, 'procedureId'>): DocumentKind[] =>
  (Object.hasOwn(OWN_PAPERS, view.procedureId) ? OWN_PAPERS[view.procedureId]! : DOCUMENT_KINDS).filter(
    (kind) => !DOCUMENTS[kind].door && (DOCUMENTS[kind].procedures?.includes(view.procedureId) ?? true),
  );

/** Capabilities of those who put paper into the world: for the body that received or leads a case, and for the centre of its area. */
const OF_BODY = [
  'case.accept',
  'case.dispatch',
  'case.handle',
  'case.supervise',
  'case.review',
  'case.close',
  'letter.accept',
  'letter.answer',
  'letter.approve',
  'letter.review',
  'mediation.record',
];
const OF_AREA = ['case.accept', 'case.dispatch', 'case.supervise', 'case.review', 'case.close'];

/** The post by which somebody issues papers of a case; never one of the side complained of (R5), whatever else it is. */
export const issuingPost = (state: CaseState, actor: Actor): Actor['posts'][number] | undefined => {
  const { respondentOrganizationId: respondent, receivingOrganizationId, leadOrganizationId, areaIds } = state;
  if (respondent && actor.posts.some((post) => post.organizationId === respondent)) return undefined;
  return actor.posts.find((post) => {
    const able = (capabilities: readonly string[]): boolean => capabilities.some((capability) => post.capabilities.includes(capability));
    const ofBody = post.organizationId === receivingOrganizationId || post.organizationId === leadOrganizationId;
    return (ofBody && able(OF_BODY)) || (areaIds.includes(post.areaId) && able(OF_AREA));
  });
};

/** `二〇二六年十月九日` is for red heads of old; GB/T 9704-2012 writes dates in figures: `2026年10月9日`. */
export const chineseDate = (date: string): string => {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  return `${year}年${month}月${day}日`;
};

/** The date at a paper's end; room for it where it is written by hand. */
export const dateOf = ({ undated, datedOn }: Pick<Paper, 'undated' | 'datedOn'>): string =>
  undated ? '　　　　年　　月　　日' : chineseDate(datedOn);

/** 文号: the office's mark, the year in hexagonal brackets, the serial without leading zeros (GB/T 9704-2012, 7.2.5). */
export const documentNumber = (mark: string, year: number, serial: number): string => `${mark}〔${year}〕${serial}号`;

/** The number of a kind of paper: the office's way, or the one its own format has. */
export const numberOf = (kind: DocumentKind, officeMark: string, year: number, serial: number): string => {
  const { mark = '', numberAs } = DOCUMENTS[kind];
  return numberAs === 'mediation' ? `（${year}）${officeMark}${mark}字第${serial}号` : documentNumber(`${officeMark}${mark}`, year, serial);
};

const answerOf = (entry: RecordEntry | undefined, ids: readonly string[]): string => {
  const found = ids.map((id) => entry?.answers.find((answer) => answer.id === id)).find((answer) => typeof answer?.value === 'string');
  return found ? maskWords((found.valueLabel?.zh ?? found.value) as string) : '';
};
/** Words of the last step of these names: what an office wrote most lately is what stands on its paper. */
const lastWords = (view: CaseView, actions: readonly string[], ids: readonly string[]): string =>
  answerOf(view.record.filter((entry) => entry.action && actions.includes(entry.action)).at(-1), ids);

/** The address as it was given, else the areas down to the community. */
const placeOf = (view: CaseView): string =>
  view.address
    ? maskWords(view.address)
    : view.areaLabels
        .slice(0, 3)
        .map(({ zh }) => zh)
        .join('');
const wordsOf = (view: CaseView): string => maskWords(view.text ?? view.title);
const inShanghai = (instant: string): string => new Date(Date.parse(instant) + 8 * 3_600_000).toISOString();
/** Day and minute as they stand on papers, of Chinese time. */
export const minuteOf = (instant: string): string => {
  const shanghai = inShanghai(instant);
  return `${chineseDate(shanghai.slice(0, 10))} ${shanghai.slice(11, 16)}`;
};
/** In a column of a table: the day in figures over the hour, so that neither is cut where a line ends. */
const inColumn = (instant: string): string => inShanghai(instant).slice(0, 16).replace('T', '\n');
const dueOf = (view: CaseView): string => {
  const clock = view.clocks.find((one) => one.clock === 'handling' && one.status === 'running' && one.dueAt);
  return clock?.dueAt ? minuteOf(clock.dueAt) : '';
};

/** First words of a paper: what the record already says, with telephones and names masked. Staff change them before they issue it. */
export const draftOf = (kind: DocumentKind, view: CaseView, now: string): Draft => {
  const { zh } = DOCUMENTS[kind].label;
  const lead = view.leadOrganizationLabel?.zh;
  const subject = `${view.categoryLabel?.zh ?? '所反映'}问题`;
  const matter = `${view.reportedAt ? `${chineseDate(instantToLocalDate(view.reportedAt))}，` : ''}诉求人反映：${wordsOf(view)}（编号 ${view.number}，地点：${placeOf(view) || '见附件'}）。`;
  const due = dueOf(view);
  const by = due ? `请于${due}前` : '请按规定时限';
  const opinion = lastWords(view, ['dispatch', 'refer', 'assignWithReport'], ['opinion', 'demand']);
  const bodies: Record<DocumentKind, { title?: string; addressee?: string; lines: readonly string[] }> = {
    handlingSheet: { lines: [] },
    dossier: { lines: [] },
    oralAgreement: { lines: [] },
    serviceReceipt: { lines: [] },
    rightsNotice: { lines: [] },
    agreement: { lines: [] },
    mediationRecord: { lines: [] },
    acceptanceRegister: { lines: [] },
    resultNotice: { lines: [] },
    followUpRecord: { lines: [] },
    confirmation: { lines: [] },
    commitment: { lines: [] },
    assignment: {
      title: `关于${subject}的交办单`,
      ...(lead ? { addressee: lead } : {}),
      lines: [matter, opinion, `现交你单位办理。${by}办结，并将办理结果书面报告我单位。`],
    },
    referral: {
      title: `关于${subject}的转办单`,
      ...(lead ? { addressee: lead } : {}),
      lines: [matter, opinion, `按照职责清单，现转你单位办理。${by}办结并答复诉求人。`],
    },
    supervision: {
      title: `关于${subject}的督办单`,
      ...(lead ? { addressee: lead } : {}),
      lines: [matter, lastWords(view, ['supervise'], ['demand']), '请立即办理，并将办理情况和未按期办结的原因书面报告我单位。'],
    },
    acceptanceNotice: {
      lines: [
        '你反映的问题收悉。',
        wordsOf(view),
        lastWords(view, ['accept', 'acceptHere'], ['notice']) || '经审查，决定予以受理。',
        '你可以凭查询码随时查看办理情况。',
      ],
    },
    declineNotice: {
      lines: [
        '你反映的问题收悉。',
        wordsOf(view),
        lastWords(view, ['decline', 'upholdDecline'], ['reason']),
        lastWords(view, ['decline'], ['remedy']),
        '如不同意，可以申请复核。',
      ],
    },
    extensionNotice: {
      lines: [
        '你反映的问题正在办理。',
        lastWords(view, ['approveExtension'], ['reason']),
        due ? `办理期限延长至${due}。` : '办理期限予以延长。',
      ],
    },
    opinion: {
      lines: [
        lastWords(view, ['issueOpinion'], ['claim']) || wordsOf(view),
        lastWords(view, ['issueOpinion'], ['facts']),
        lastWords(view, ['issueOpinion'], ['opinion']),
        '如不服本处理意见，可以自收到本意见书之日起三十日内，请求原办理单位的上一级机关复查。',
      ],
    },
    minutes: {
      title: `关于${subject}的会议纪要`,
      lines: ['时间：', '地点：', '主持人：', '参加单位：', `议题：${wordsOf(view)}`, '会议议定事项：', '一、', '二、'],
    },
  };
  const { title = zh, addressee, lines } = bodies[kind];
  const body = lines.filter(Boolean).join('\n');
  return { title, ...(addressee ? { addressee } : {}), ...(body ? { body } : {}), datedOn: instantToLocalDate(now) };
};

const entryWords = (entry: RecordEntry): string =>
  [
    ...entry.answers.map(
      ({ label, value, valueLabel }) =>
        `${label.zh}：${maskWords(valueLabel?.zh ?? (typeof value === 'object' ? JSON.stringify(value) : String(value)))}`,
    ),
    ...(entry.files.length ? [`附件 ${entry.files.length} 件`] : []),
    ...(entry.erased ? ['（文字已依法删除）'] : []),
  ].join('\n');

/** Pictures printed into a case file; more are listed only. */
const MOST_PICTURES = 40;

/** The evidence that is pictures, each with its number in the list of enclosures. */
const picturesOf = (evidence: readonly { entry: RecordEntry; file: RecordEntry['files'][number] }[]): Block[] => {
  const rows = evidence.flatMap(({ entry, file }, index) =>
    file.mediaType.startsWith('image/')
      ? [{ fileId: file.id, caption: `附件 ${index + 1}　${entry.label.zh}　${chineseDate(instantToLocalDate(entry.at))}` }]
      : [],
  );
  return rows.length ? [{ kind: 'pictures', rows: rows.slice(0, MOST_PICTURES) }] : [];
};

const facts = (view: CaseView): { name: string; text: string }[] => [
  { name: '编号', text: [view.number, view.sourceNumber].filter(Boolean).join('　原系统编号 ') },
  { name: '诉求时间', text: view.reportedAt ? minuteOf(view.reportedAt) : '日期不详' },
  { name: '地点', text: placeOf(view) },
  { name: '类别', text: view.categoryLabel?.zh ?? '' },
  { name: '诉求内容', text: wordsOf(view) },
];

const blocksOf = (kind: DocumentKind, draft: Draft, view: CaseView): Block[] => {
  const paragraphs = (draft.body ?? '')
    .split('\n')
    .map((text) => text.trim())
    .filter(Boolean)
    .map((text): Block => ({ kind: 'paragraph', text }));
  if (kind === 'handlingSheet')
    return [
      {
        kind: 'boxes',
        rows: [
          ...facts(view),
          { name: '拟办意见', text: lastWords(view, ['dispatch', 'refer', 'assignWithReport'], ['opinion', 'demand']), sign: true },
          { name: '领导批示', text: lastWords(view, ['instruct'], ['instruction']), sign: true },
          { name: '承办结果', text: lastWords(view, ['resolve', 'issueOpinion', 'answer'], ['reply', 'opinion']), sign: true },
        ],
      },
      ...paragraphs,
    ];
  if (kind === 'oralAgreement') {
    const last = (id: string) => lastWords(view, ['settleAtOnce', 'settleByDay'], [id]);
    const by = last('performBy');
    return [
      {
        kind: 'boxes',
        rows: [
          { name: '编号', text: view.number },
          // Names are written by hand, as on every paper for persons.
          { name: '当事人', text: '', sign: true },
          { name: '纠纷主要事实、争议事项', text: wordsOf(view) },
          { name: '协议内容', text: last('agreement') },
          { name: '履行方式、期限', text: by ? `${chineseDate(by)}前履行` : last('agreement') ? '当场履行' : '' },
          { name: '当事人签名、盖章或者按指印', text: '', sign: true },
          { name: '人民调解员签名', text: '', sign: true },
        ],
      },
      ...paragraphs,
    ];
  }
  if (kind === 'serviceReceipt')
    return [
      {
        kind: 'boxes',
        rows: [
          { name: '案由', text: view.title },
          { name: '送达文书', text: lastWords(view, ['issueReReview', 'issueReview', 'issueOpinion'], ['opinionNumber']) },
          { name: '受送达人', text: '' },
          { name: '送达地点', text: '' },
          { name: '送达方式', text: '□直接　□邮寄　□留置　□公告' },
          { name: '受送达人签名', text: '', sign: true },
          { name: '代收人及理由', text: '', sign: true },
          { name: '送达人', text: '', sign: true },
        ],
      },
      ...paragraphs,
    ];
  if (kind === 'dossier') {
    const evidence = view.record.flatMap((entry) => entry.files.map((file) => ({ entry, file })));
    const shown = (type: string): string => (type.startsWith('image/') ? '图片' : type.startsWith('audio/') ? '录音' : '文件');
    return [
      {
        kind: 'boxes',
        rows: [
          ...facts(view),
          { name: '受理单位', text: view.receivingOrganizationLabel?.zh ?? '' },
          { name: '主办单位', text: view.leadOrganizationLabel?.zh ?? '' },
          { name: '当前环节', text: view.stageLabel.zh },
        ],
      },
      ...paragraphs,
      { kind: 'pageBreak' },
      { kind: 'heading', text: '一、流转记录' },
      {
        kind: 'table',
        head: ['序号', '时间', '环节', '经办', '内容'],
        widths: [9, 20, 18, 22, 31],
        rows: view.record.map((entry, index) => [
          String(index + 1),
          inColumn(entry.at),
          entry.label.zh,
          entry.by?.zh ?? '',
          entryWords(entry),
        ]),
      },
      { kind: 'heading', text: '二、附件目录' },
      evidence.length
        ? {
            kind: 'table',
            head: ['序号', '种类', '随哪一步', '时间'],
            widths: [10, 18, 40, 32],
            rows: evidence.map(({ entry, file }, index) => [String(index + 1), shown(file.mediaType), entry.label.zh, inColumn(entry.at)]),
          }
        : { kind: 'paragraph', text: '没有附件。' },
      ...picturesOf(evidence),
      { kind: 'heading', text: '三、时限' },
      {
        kind: 'table',
        head: ['时限', '起算', '到期', '停止', '是否超期'],
        widths: [22, 22, 22, 22, 12],
        rows: view.clocks.map((clock) => [
          clock.label.zh,
          inColumn(clock.startedAt),
          clock.dueAt ? inColumn(clock.dueAt) : '',
          clock.stoppedAt ? inColumn(clock.stoppedAt) : '',
          clock.overdue ? '超期' : '否',
        ]),
      },
    ];
  }
  return paragraphs;
};

/** The whole paper from a draft: what is printed, down to the last word. A red head is left out where the kind may not have one. */
export const paperOf = (kind: DocumentKind, draft: Draft, view: CaseView, organization: string, number?: string): Paper => ({
  kind,
  redHead: (draft.redHead ?? false) && DOCUMENTS[kind].mayHaveRedHead,
  organization,
  title: draft.title,
  ...(number ? { number } : {}),
  ...(draft.addressee?.trim() ? { addressee: draft.addressee.trim() } : DOCUMENTS[kind].toPerson ? { addressee: '＿＿＿＿＿＿' } : {}),
  blocks: blocksOf(kind, draft, view),
  sealed: DOCUMENTS[kind].sealed,
  datedOn: draft.datedOn,
  ...(draft.copyTo?.trim() ? { copyTo: draft.copyTo.trim() } : {}),
});
