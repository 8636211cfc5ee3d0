import type { Language } from '@tongxin/domain/label/schema.ts';

/** The language of an answer: `lang` of the address, else the better liked of zh and en in `accept-language` (RFC 9110 12.5.4), else zh. */
export const languageOf = (lang: unknown, header: string | undefined): Language => {
  if (lang === 'zh' || lang === 'en') return lang;
  const liking = { zh: 0, en: 0 };
  for (const part of (header ?? '').slice(0, 400).split(',')) {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
    const language = tag.slice(0, 2);
    const q = Number(
      parameters
        .find((p) => p.trim().startsWith('q='))
        ?.trim()
        .slice(2) ?? 1,
    );
    if ((language === 'zh' || language === 'en') && (tag.length === 2 || tag[2] === '-') && q > liking[language]) liking[language] = q;
  }
  return liking.en > liking.zh ? 'en' : 'zh';
};
