import { type Static, Type } from 'typebox';

/** Words shown to people: Chinese always, English where it exists. */
export const Label = Type.Object({ zh: Type.String({ minLength: 1, maxLength: 400 }), en: Type.Optional(Type.String({ maxLength: 800 })) });
export type Label = Static<typeof Label>;

export type Language = 'zh' | 'en';

/** The words of a label in a language; Chinese where there is no English. */
export const inLanguage = (label: Label, language: Language): string => (language === 'en' ? (label.en ?? label.zh) : label.zh);
