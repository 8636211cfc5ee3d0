import { useQueryClient } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import type { HeldPostView } from '@tongxin/client/shapes.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import { checkReply, fillReply } from '@tongxin/domain/reply/rules.ts';
import { PLACEHOLDERS, type Placeholder, type ReplyTemplate } from '@tongxin/domain/reply/schema.ts';
import { Button, Drawer, Input, type InputRef, Select } from 'antd';
import { type FormEvent, useRef, useState } from 'react';
import { FoundDraft, useFormDraft } from '../../../lib/draft/form-draft.tsx';
import { useCategoryOptions } from '../../../lib/form/category-options.ts';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Wrong } from '../../../lib/wrong.tsx';
import { changeReplyTemplate, makeReplyTemplate } from '../mutations.ts';

interface TemplateDrawerProps {
  /** Absent: a new one. */
  readonly template?: ReplyTemplate;
  readonly posts: readonly HeldPostView[];
  readonly close: () => void;
}

/** Writes a template: its words, what is filled in, and how it will read. */
export const TemplateDrawer = ({ template, posts, close }: TemplateDrawerProps) => {
  const { t, l, of } = useWords('reply');
  const client = useQueryClient();
  const categories = useCategoryOptions();
  const [id] = useState(() => template?.id ?? uuidv7());
  const [organizationId, setOrganizationId] = useState(template?.organizationId ?? posts[0]?.organizationId);
  const [title, setTitle] = useState(template?.title ?? '');
  const [text, setText] = useState(template?.text ?? '');
  const [categoryIds, setCategoryIds] = useState<readonly string[]>(template?.categoryIds ?? []);
  const [wrong, setWrong] = useState<{ title?: string; text?: string }>({});
  const [problem, setProblem] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const { found, forget } = useFormDraft(
    template ? `reply/${id}/${template.version}` : 'reply',
    { organizationId, title, text, categoryIds },
    (kept) => {
      setOrganizationId(kept.organizationId);
      setTitle(kept.title);
      setText(kept.text);
      setCategoryIds(kept.categoryIds);
    },
  );
  const area = useRef<InputRef & { resizableTextArea?: { textArea: HTMLTextAreaElement } }>(null);

  const put = (name: Placeholder): void => {
    const box = area.current?.resizableTextArea?.textArea;
    const at = box?.selectionStart ?? text.length;
    setText(`${text.slice(0, at)}{${name}}${text.slice(box?.selectionEnd ?? at)}`);
    requestAnimationFrame(() => {
      box?.focus();
      box?.setSelectionRange(at + name.length + 2, at + name.length + 2);
    });
  };
  const send = async (event: FormEvent, retired = false): Promise<void> => {
    event.preventDefault();
    if (!organizationId) return;
    const empty = { ...(title.trim() ? {} : { title: t('misfit.missing') }), ...(text.trim() ? {} : { text: t('misfit.missing') }) };
    const fit = checkReply({ title, text });
    setWrong(Object.keys(empty).length || fit.ok ? empty : { text: of('problem', fit.code, t('misfit.other')) });
    if (!fit.ok) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const words = { title: title.trim(), text: text.trim(), categoryIds: [...categoryIds] };
      if (template) await changeReplyTemplate(id, { ...words, version: template.version, ...(retired ? { retired } : {}) });
      else await makeReplyTemplate({ id, organizationId, ...words });
      await forget();
      await client.invalidateQueries({ queryKey: keys.allReplyTemplates });
      close();
      return;
    } catch (failure) {
      setProblem(failure);
    }
    setBusy(false);
  };
  const samples = Object.fromEntries(PLACEHOLDERS.map((name) => [name, `〔${t(`reply.placeholder.${name}`)}〕`]));
  const name = t(template ? 'reply.edit' : 'reply.new');
  return (
    <Drawer open title={name} onClose={close} size={560} mask={{ closable: false }} styles={{ wrapper: { maxWidth: '100vw' } }}>
      <form onSubmit={(event) => void send(event)} noValidate aria-label={name}>
        <FoundDraft found={found} drop={() => void forget().then(close)} />
        {posts.length > 1 && !template ? (
          <FormField id="reply-office" label={t('reply.office')}>
            {(tied) => (
              <Select
                {...tied}
                value={organizationId}
                onChange={setOrganizationId}
                options={posts.map((post) => ({ value: post.organizationId, label: l(post.organization) }))}
              />
            )}
          </FormField>
        ) : null}
        <FormField id="reply-title" label={t('reply.name')} wrong={wrong.title}>
          {(tied) => <Input {...tied} maxLength={60} value={title} onChange={(event) => setTitle(event.target.value)} />}
        </FormField>
        <FormField id="reply-text" label={t('reply.text')} hint={t('reply.textHint')} wrong={wrong.text}>
          {(tied) => (
            <Input.TextArea
              {...tied}
              ref={area as never}
              maxLength={2000}
              autoSize={{ minRows: 5, maxRows: 14 }}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </FormField>
        <fieldset className="field">
          <legend>{t('reply.placeholders')}</legend>
          <div className="row">
            {PLACEHOLDERS.map((one) => (
              <Button key={one} size="small" onClick={() => put(one)}>
                {t(`reply.placeholder.${one}`)}
              </Button>
            ))}
          </div>
        </fieldset>
        <FormField id="reply-categories" label={t('reply.categories')} hint={t('reply.categoriesHint')}>
          {(tied) => (
            <Select
              {...tied}
              mode="multiple"
              showSearch={{ optionFilterProp: 'label' }}
              placeholder={t('reply.allCategories')}
              value={[...categoryIds]}
              onChange={setCategoryIds}
              options={categories}
            />
          )}
        </FormField>
        {text.trim() ? (
          <section className="field" aria-label={t('reply.preview')}>
            <strong>{t('reply.preview')}</strong>
            <p className="words sample">{fillReply(text, samples)}</p>
          </section>
        ) : null}
        <Wrong problem={problem} />
        <div className="row">
          <Button type="primary" htmlType="submit" loading={busy}>
            {t('reply.save')}
          </Button>
          <Button onClick={close}>{t('form.cancel')}</Button>
          {template ? (
            <Button disabled={busy} onClick={(event) => void send(event, true)}>
              {t('reply.retire')}
            </Button>
          ) : null}
        </div>
      </form>
    </Drawer>
  );
};
