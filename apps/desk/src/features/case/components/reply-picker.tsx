import { useQuery } from '@tanstack/react-query';
import type { CaseView } from '@tongxin/domain/case/view.ts';
import type { Language } from '@tongxin/domain/label/schema.ts';
import { inLanguage } from '@tongxin/domain/label/schema.ts';
import type { Field } from '@tongxin/domain/procedure/schema.ts';
import { fillReply, suits } from '@tongxin/domain/reply/rules.ts';
import type { Placeholder } from '@tongxin/domain/reply/schema.ts';
import { formatDay, formatEntered, localDate } from '@tongxin/ui/time.ts';
import { Select } from 'antd';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { meQuery } from '../../../lib/me.ts';
import { repliesQuery } from '../../../lib/replies.ts';

/** What a template may ask of a case, in the language of the template. */
const valuesOf = (view: CaseView, office: string | undefined, language: Language): Partial<Record<Placeholder, string>> => {
  const l = (label: { zh: string; en?: string } | undefined): string | undefined => label && inLanguage(label, language);
  const running = view.clocks.filter(({ status, dueAt }) => status === 'running' && dueAt);
  const due = (running.find(({ clock }) => clock === 'overall') ?? running[0])?.dueAt;
  const values: Partial<Record<Placeholder, string | undefined>> = {
    caseNumber: view.number,
    category: l(view.categoryLabel),
    area: view.areaLabels.map(l).join(language === 'zh' ? '' : ', '),
    stage: l(view.stageLabel),
    leadOrganization: l(view.leadOrganizationLabel),
    organization: office,
    dueDate: due && formatDay(due, language),
    reportedDate: view.reportedAt && formatDay(view.reportedAt, language),
    today: formatEntered(localDate(Date.now()), language),
  };
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value)) as Partial<Record<Placeholder, string>>;
};

interface ReplyPickerProps {
  readonly view: CaseView;
  readonly field: Field;
  readonly insert: (words: string) => void;
}

/** Words of the reader's own office, put into a long answer with the facts of the case filled in. Nothing is shown where there are none. */
export const ReplyPicker = ({ view, field, insert }: ReplyPickerProps) => {
  const { t, l } = useWords();
  const { data: me } = useQuery(meQuery);
  const { data: all = [] } = useQuery(repliesQuery(false));
  const offered = all.filter((one) => suits(one, view.categoryId));
  if (!offered.length) return null;
  const use = (id: string): void => {
    const chosen = offered.find((one) => one.id === id);
    if (!chosen) return;
    const language: Language = /[\u4e00-\u9fff]/u.test(chosen.text) ? 'zh' : 'en';
    const post = me?.posts.find(({ organizationId }) => organizationId === chosen.organizationId);
    insert(fillReply(chosen.text, valuesOf(view, post && inLanguage(post.organization, language), language)));
  };
  return (
    <Select
      className="template"
      aria-label={t('reply.pickFor', { field: l(field.label) })}
      placeholder={t('reply.pick')}
      value={null as string | null}
      showSearch={{ optionFilterProp: 'label' }}
      onChange={(id) => id && use(id)}
      options={offered.map(({ id, title }) => ({ value: id, label: title }))}
    />
  );
};
