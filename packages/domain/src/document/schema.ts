import { type Static, Type } from 'typebox';
import type { Slot } from '../dossier/schema.ts';
import type { Label } from '../label/schema.ts';

/** 文书: papers an office makes of a case. `sheet` is a form with boxes to sign in; `letter` a plain paper; both stay apart from the red head. */
export const DOCUMENT_KINDS = [
  'handlingSheet',
  'assignment',
  'referral',
  'supervision',
  'acceptanceNotice',
  'declineNotice',
  'extensionNotice',
  'opinion',
  'serviceReceipt',
  'minutes',
  'oralAgreement',
  'rightsNotice',
  'agreement',
  'mediationRecord',
  'acceptanceRegister',
  'resultNotice',
  'followUpRecord',
  'confirmation',
  'commitment',
  'dossier',
] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];
export const DocumentKindSchema = Type.Enum([...DOCUMENT_KINDS]);

/** What staff may change before a paper is issued. Lines of `body` are paragraphs; a date is a calendar date of Shanghai. */
export const Draft = Type.Object(
  {
    title: Type.String({ minLength: 1, maxLength: 120 }),
    /** 主送; of a notice the person it is for. */
    addressee: Type.Optional(Type.String({ maxLength: 200 })),
    body: Type.Optional(Type.String({ minLength: 1, maxLength: 20_000 })),
    /** 抄送. */
    copyTo: Type.Optional(Type.String({ maxLength: 300 })),
    datedOn: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
    /** 文号 as the office's own register has it; absent, the next of the office's year is taken. */
    number: Type.Optional(Type.String({ maxLength: 60 })),
    /** GB/T 9704 layout with the office's red head: only what the office itself issues. */
    redHead: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
export type Draft = Static<typeof Draft>;

/** One part of a paper, in reading order. */
export type Block =
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'heading'; readonly text: string }
  /** Boxes with a name; `sign` leaves room below for a signature and a date. */
  | { readonly kind: 'boxes'; readonly rows: readonly { readonly name: string; readonly text: string; readonly sign?: boolean }[] }
  /** `widths` are shares of the page's width. */
  | {
      readonly kind: 'table';
      readonly head: readonly string[];
      readonly widths: readonly number[];
      readonly rows: readonly (readonly string[])[];
    }
  /** Evidence of the case, by id: the pictures stay with the case and are put in when the paper is printed; what is erased there is not printed. */
  | { readonly kind: 'pictures'; readonly rows: readonly { readonly fileId: string; readonly caption: string }[] }
  /** Places to sign, seal or put a thumb-print, two beside each other; kept on one page with the seal that follows. */
  | { readonly kind: 'signatures'; readonly names: readonly string[] }
  | { readonly kind: 'pageBreak' };

/** A paper as it is printed: everything in it is words, evidence is named by id, seals are never in it. Room for the seal is left where `sealed` says so. */
export interface Paper {
  readonly kind: DocumentKind;
  readonly redHead: boolean;
  readonly organization: string;
  readonly title: string;
  readonly number?: string;
  readonly addressee?: string;
  readonly blocks: readonly Block[];
  /** Name of the office and the date at the end, with room for a seal over them. */
  readonly sealed: boolean;
  readonly datedOn: string;
  /** The date is written by hand when it is signed and sealed. */
  readonly undated?: boolean;
  /** Who signs and puts a thumb-print on each page: places at its foot, with the number of pages. */
  readonly signers?: readonly string[];
  readonly copyTo?: string;
}

/** What is particular to a kind: its name, the mark of its numbers, and when it is offered. */
export interface DocumentForm {
  readonly label: Label;
  /** Mark of the number: `石综交〔2026〕3号` is the office's mark and this one. Absent: the paper has no number. */
  readonly mark?: string;
  /** How its number is written where that is not the way of offices: `（2026）石人调字第3号` (司法部 2010 格式). */
  readonly numberAs?: 'mediation';
  /** Another module makes it of its own words, and issues it. */
  readonly door?: 'dispute';
  /** Procedures it belongs to; absent: all. */
  readonly procedures?: readonly string[];
  /** Whether the office may issue it under its red head. */
  readonly mayHaveRedHead: boolean;
  /** It is for a person, whose name is written in by hand: no name is taken from the sealed party. */
  readonly toPerson?: true;
  /** Its place in the case file of a mediation (domain/dossier). Absent: it stands in none. */
  readonly slot?: Slot;
  /** Whether it ends with the office's name, date and seal. */
  readonly sealed: boolean;
}
