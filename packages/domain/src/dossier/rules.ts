import type { RecordEntry } from '../case/view.ts';
import type { Label } from '../label/schema.ts';
import { type DossierItem, type Retention, SLOTS, type Slot, type SlotView } from './schema.ts';

interface SlotForm {
  readonly label: Label;
  readonly need: 'always' | 'ifAgreed' | 'optional';
}
const form = (zh: string, en: string, need: SlotForm['need'] = 'optional'): SlotForm => ({ label: { zh, en }, need });

/** 司法部 2010-12 (standards.md 7.4): what stands in which place, and which of it a file must have. */
export const SLOT_FORMS = {
  application: form('人民调解申请书或者受理登记表', 'Application, or register of acceptance', 'always'),
  rights: form('人民调解当事人权利义务告知书', 'Notice of rights and duties', 'always'),
  identity: form('当事人身份证明', 'Proof of identity', 'always'),
  attorney: form('授权委托书', 'Power of attorney'),
  inquiry: form('人民调解调查记录', 'Record of inquiry'),
  evidence: form('证据材料', 'Evidence'),
  mediation: form('人民调解记录', 'Record of mediation', 'always'),
  agreement: form('人民调解协议书或者口头协议登记表', 'Agreement, or register of an oral one', 'ifAgreed'),
  performance: form('履行凭证', 'Proof of performance'),
  followUp: form('人民调解回访记录', 'Record of follow-up'),
  confirmation: form('司法确认有关材料', 'Papers of judicial confirmation'),
  note: form('卷宗情况说明', 'Note on the file'),
} as const satisfies Record<Slot, SlotForm>;

export const RETENTION_NAMES = { permanent: '永久', long: '长期', short: '短期' } as const satisfies Record<Retention, string>;

/** Steps by which an agreement was reached: then it has to stand in the file. */
const AGREED: readonly string[] = [
  'settleAtOnce',
  'settleByDay',
  'takeEffect',
  'takeEffectLasting',
  'takeEffectInSuit',
  'takeEffectLastingInSuit',
];

/** A signature that a side gave on screen: no paper with its hand under it can come back. */
export interface ScreenSignature {
  readonly side: string;
  readonly at: string;
  /** How it was known that it was that side; never a number or a name. */
  readonly proof: string;
  /** SHA-256 of the very words, in hexadecimal. */
  readonly digest: string;
}

const PROOFS: Readonly<Record<string, string>> = {
  code: '本人输入发送到其留下的手机的一次性验证码',
  account: '本人登录自己的账户',
};

/** Signatures on screen under the agreement as it stands: a revision makes those before it void. `record`: as staff read it, oldest first. */
export const signedOnScreen = (record: readonly Pick<RecordEntry, 'type' | 'action' | 'at' | 'answers'>[]): ScreenSignature[] =>
  record.slice(record.findLastIndex(({ action }) => action === 'revise') + 1).flatMap(({ type, at, answers }) => {
    if (type !== 'agreement.signed') return [];
    const answerOf = (id: string) => answers.find((answer) => answer.id === id);
    const proof = PROOFS[String(answerOf('way')?.value)];
    return proof ? [{ side: answerOf('signer')?.valueLabel?.zh ?? '', at, proof, digest: String(answerOf('digest')?.value) }] : [];
  });

export interface DossierParts {
  /** Papers of the case, oldest first, with the slot their kind belongs to. */
  readonly papers: readonly { readonly item: DossierItem; readonly slot: Slot | undefined }[];
  /** Attachments that are no signed paper, oldest first. */
  readonly files: readonly DossierItem[];
  /** Which attachment was put where; the last word counts. */
  readonly placed: readonly { readonly fileId: string; readonly slot?: Slot }[];
  /** What is made of the record when the file is bound, by slot: it belongs to what is there, and stands in for nothing that is missing. */
  readonly made?: readonly { readonly item: DossierItem; readonly slot: Slot }[];
  /** Steps on the record. */
  readonly steps: readonly string[];
}

/** The file as it stands: every slot in its order with what is in it and whether something demanded is missing, and what is attached beside. */
export const dossierOf = ({
  papers,
  files,
  placed,
  made = [],
  steps,
}: DossierParts): { readonly slots: SlotView[]; readonly loose: DossierItem[] } => {
  const places = new Map(placed.map(({ fileId, slot }) => [fileId, slot]));
  const madeOf = (slot: Slot): DossierItem[] => made.filter((one) => one.slot === slot).map(({ item }) => item);
  const isAgreed = steps.some((step) => AGREED.includes(step));
  const slots = SLOTS.map((slot): SlotView => {
    const { label, need } = SLOT_FORMS[slot];
    const items = [
      ...papers.filter((paper) => paper.slot === slot).map(({ item }) => item),
      ...files.filter(({ id }) => places.get(id) === slot),
    ];
    // The note is written by the system when the file is bound.
    const required = need === 'always' || (need === 'ifAgreed' && isAgreed);
    return { slot, label, required, missing: required && items.length === 0, items: [...items, ...madeOf(slot)] };
  });
  return { slots, loose: files.filter(({ id }) => places.get(id) === undefined) };
};

/** A line of the table of contents: pages are numbered over the whole, from 1; cover, contents and back cover are not counted. */
export interface Line {
  readonly title: string;
  readonly from: number;
  readonly to: number;
}

/** Page numbers over the whole file. `pages` are how many each piece has, in its order; what has none is left out. */
export const paginate = (pieces: readonly { readonly title: string; readonly pages: number }[]): Line[] => {
  const lines: Line[] = [];
  let next = 1;
  for (const { title, pages } of pieces) {
    if (pages === 0) continue;
    lines.push({ title, from: next, to: next + pages - 1 });
    next += pages;
  }
  return lines;
};
