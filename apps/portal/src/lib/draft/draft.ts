import { deviceStore } from '@tongxin/client/outbox-store.ts';
import type { UploadFile } from '@tongxin/client/upload.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import type { DemandKind } from '@tongxin/domain/case/schema.ts';
import type { NewCase } from '@tongxin/domain/case/view.ts';
import { lacksAnswers, signsOver, withAnswers } from '@tongxin/domain/category/rules.ts';
import type { Answer } from '@tongxin/domain/category/schema.ts';
import { zh } from '../i18n/zh.ts';

/** A place as somebody named it, in one of three ways or more than one. */
export interface DraftPlace {
  readonly point?: { readonly lon: number; readonly lat: number };
  /** What the point is called: the area it lies in, or what was chosen. */
  readonly named?: string;
  /** The area chosen from the list, when no point is known. */
  readonly areaId?: string;
  readonly facilityId?: string;
}

/** Stands for the words where somebody spoke instead of writing: for whoever works on it, and so in Chinese. */
export const SPOKEN = zh['report.spoken'];

/** An unfinished report or letter, kept on the device until it is sent or emptied. */
export interface Draft {
  /** `report` or `letter`: one unfinished each. */
  readonly id: 'report' | 'letter';
  /** Becomes the case's id, so that sending twice files once. */
  readonly caseId: string;
  readonly text: string;
  readonly address: string;
  readonly place: DraftPlace;
  readonly photos: readonly UploadFile[];
  /** Spoken instead of written, or beside it; absent in drafts of an older page, as are the answers. */
  readonly sound?: UploadFile;
  readonly answers?: readonly Answer[];
  readonly demandKind?: DemandKind;
  readonly categoryId?: string;
  /** The office a letter is addressed to. */
  readonly officeId?: string;
  readonly name: string;
  readonly phone: string;
  readonly protected: boolean;
  readonly callBackWanted: boolean;
  /** Wants an SMS when the matter moves on; absent in drafts of an older page. */
  readonly notify?: boolean;
  /** Told for somebody else, who agrees. */
  readonly onBehalf: boolean;
  readonly behalfOfName: string;
  readonly behalfOfPhone: string;
}

export const emptyDraft = (id: Draft['id']): Draft => ({
  id,
  caseId: uuidv7(),
  text: '',
  address: '',
  place: {},
  photos: [],
  name: '',
  phone: '',
  protected: false,
  callBackWanted: false,
  notify: false,
  onBehalf: false,
  behalfOfName: '',
  behalfOfPhone: '',
});

export const draftStore = deviceStore<Draft>('tongxin-drafts');

export const isEmptyDraft = (draft: Draft): boolean =>
  !draft.text.trim() &&
  !draft.address.trim() &&
  !draft.photos.length &&
  !draft.sound &&
  !draft.place.named &&
  !draft.place.point &&
  !draft.name &&
  !draft.phone &&
  !draft.behalfOfName &&
  !draft.behalfOfPhone;

const PHONE = /^[+\d][\d\s()-]{4,24}$/;
export type DraftFault = 'text' | 'tooLong' | 'answers' | 'phone' | 'callBack' | 'behalfOfPhone';

/** A draft kept by an older version of the page lacks what is newer. */
const behalfOf = ({ onBehalf, behalfOfName = '', behalfOfPhone = '' }: Draft) =>
  onBehalf ? { name: behalfOfName.trim(), phone: behalfOfPhone.trim() } : undefined;

/** How many signs are too many in its words with what was answered. */
export const overOf = ({ text, answers = [] }: Pick<Draft, 'text' | 'answers'>): number => signsOver(text.trim() || SPOKEN, answers);

/** What must be mended before sending, in the order of the page. */
export const faultsOf = (draft: Draft): DraftFault[] => [
  ...(draft.text.trim() || draft.sound ? [] : (['text'] as const)),
  ...(overOf(draft) ? (['tooLong'] as const) : []),
  ...(lacksAnswers(draft.answers ?? []) ? (['answers'] as const) : []),
  ...(draft.phone.trim() && !PHONE.test(draft.phone.trim()) ? (['phone'] as const) : []),
  ...(draft.callBackWanted && !draft.phone.trim() ? (['callBack'] as const) : []),
  ...(behalfOf(draft)?.phone && !PHONE.test(behalfOf(draft)!.phone) ? (['behalfOfPhone'] as const) : []),
];

/** Everything that goes with it: photos, then the recording. */
export const filesOf = ({ photos, sound }: Pick<Draft, 'photos' | 'sound'>): readonly UploadFile[] => (sound ? [...photos, sound] : photos);

/** The filing a draft stands for. Blank answers are left out, so that the same draft always has the same digest. */
export const filingOf = (draft: Draft): NewCase => {
  const address = [draft.place.named, draft.address.trim()].filter(Boolean).join(' ');
  const name = draft.name.trim();
  const phone = draft.phone.trim();
  const other = behalfOf(draft);
  const files = filesOf(draft);
  return {
    id: draft.caseId,
    procedure: draft.id === 'letter' ? 'letter' : 'order',
    channel: 'portal',
    text: withAnswers(draft.text.trim() || SPOKEN, draft.answers ?? []),
    ...(draft.demandKind ? { demandKind: draft.demandKind } : {}),
    ...(draft.categoryId ? { categoryId: draft.categoryId } : {}),
    ...(draft.place.point ? { point: draft.place.point } : {}),
    ...(draft.place.areaId ? { areaId: draft.place.areaId } : {}),
    ...(draft.place.facilityId ? { facilityId: draft.place.facilityId } : {}),
    ...(draft.officeId ? { officeId: draft.officeId } : {}),
    ...(address ? { address } : {}),
    reporter: {
      ...(name ? { name } : {}),
      ...(phone ? { phone } : {}),
      protected: draft.protected,
      callBackWanted: draft.callBackWanted,
      ...(draft.notify && phone ? { notify: { channel: 'sms' as const } } : {}),
    },
    ...(other
      ? { behalfOf: { ...(other.name ? { name: other.name } : {}), ...(other.phone ? { phone: other.phone } : {}), consent: true } }
      : {}),
    ...(files.length ? { fileIds: files.map(({ fileId }) => fileId) } : {}),
  };
};

const soundOf = (files: readonly UploadFile[]): Pick<Draft, 'sound'> => {
  const sound = files.find(({ kind }) => kind === 'sound');
  return sound ? { sound } : {};
};

/** The draft a filing came from, to be changed and sent again under the same id. */
export const draftFrom = (body: NewCase, files: readonly UploadFile[]): Draft => ({
  ...emptyDraft(body.procedure === 'letter' ? 'letter' : 'report'),
  caseId: body.id,
  text: body.text === SPOKEN ? '' : body.text,
  address: body.address ?? '',
  place: {
    ...(body.point ? { point: body.point } : {}),
    ...(body.areaId ? { areaId: body.areaId } : {}),
    ...(body.facilityId ? { facilityId: body.facilityId } : {}),
  },
  photos: files.filter(({ kind }) => kind !== 'sound'),
  ...soundOf(files),
  ...(body.demandKind ? { demandKind: body.demandKind } : {}),
  ...(body.categoryId ? { categoryId: body.categoryId } : {}),
  ...(body.officeId ? { officeId: body.officeId } : {}),
  name: body.reporter?.name ?? '',
  phone: body.reporter?.phone ?? '',
  protected: body.reporter?.protected ?? false,
  callBackWanted: body.reporter?.callBackWanted ?? false,
  notify: body.reporter?.notify !== undefined,
  onBehalf: body.behalfOf !== undefined,
  behalfOfName: body.behalfOf?.name ?? '',
  behalfOfPhone: body.behalfOf?.phone ?? '',
});
