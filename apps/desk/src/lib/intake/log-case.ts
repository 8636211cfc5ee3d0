import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import type { NewCase, Receipt } from '@tongxin/domain/case/view.ts';
import { withAnswers } from '@tongxin/domain/category/rules.ts';
import type { Label } from '@tongxin/domain/label/schema.ts';
import { byPost, byPostThatMay } from '../by-post.ts';
import { api } from '../services.ts';
import { statedBehalfOf } from './behalf-of-fields.tsx';
import type { LogDraft } from './log-draft.ts';

/** The filing that a draft says; what its kind asked follows the words, a line each. `l`: the words of a label as whoever types reads them. */
const bodyOf = (draft: LogDraft, l: (label: Label) => string): NewCase => {
  const areaId = draft.path.at(-1)?.id;
  const place = [draft.path.map((one) => l(one.name)).join(' '), draft.address.trim()].filter(Boolean).join(' ');
  const [name, phone] = [draft.name.trim(), draft.phone.trim()];
  return {
    id: draft.caseId,
    procedure: draft.procedure,
    channel: draft.channel,
    text: withAnswers(draft.text.trim(), draft.answers ?? []),
    ...(draft.demandKind ? { demandKind: draft.demandKind } : {}),
    ...(draft.categoryId ? { categoryId: draft.categoryId } : {}),
    ...(areaId ? { areaId } : {}),
    ...(place ? { address: place } : {}),
    reporter: {
      ...(name ? { name } : {}),
      ...(phone ? { phone } : {}),
      protected: draft.protected,
      callBackWanted: draft.callBackWanted,
      ...(draft.notify && phone ? { notify: { channel: 'sms' as const } } : {}),
    },
    ...(draft.behalfOf ? { behalfOf: statedBehalfOf(draft.behalfOf) } : {}),
    ...(draft.respondent ? { respondentOrganizationId: draft.respondent } : {}),
    ...(draft.files.length ? { fileIds: draft.files.map((file) => file.fileId) } : {}),
  };
};

/** Files first, then the case that names them; all ids are ours, so a second try files nothing twice. */
export const logCase = async (draft: LogDraft, l: (label: Label) => string, uploaded: Set<string>): Promise<Receipt> => {
  for (const file of draft.files) {
    if (uploaded.has(file.fileId)) continue;
    await api.uploadToCase(draft.caseId, file);
    uploaded.add(file.fileId);
  }
  return api.fileCase(await byPostThatMay(bodyOf(draft, l), 'case.register'));
};

/** Answers what was just filed on the spot, and so closes it. What was sent before and answered already is not answered twice. */
export const answerOnSpot = async ({ caseId, reply, articleId }: LogDraft): Promise<void> => {
  const { version, ended } = await api.getCase(caseId);
  if (ended) return;
  const input = { reply: reply.trim(), ...(articleId ? { knowledge: articleId } : {}) };
  await api.act(caseId, await byPost({ commandId: uuidv7(), action: 'answerDirectly', version, input }));
};
