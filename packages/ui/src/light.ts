import type { Light } from '@tongxin/domain/case/view.ts';

/** A clock's light as a sign and a tone: the sign carries the meaning, so that colour is never the only cue. */
export const LIGHTS = {
  none: { sign: '–', tone: 'quiet' },
  green: { sign: '✓', tone: 'good' },
  amber: { sign: '!', tone: 'warn' },
  red: { sign: '✕', tone: 'bad' },
  paused: { sign: '‖', tone: 'quiet' },
  provisional: { sign: '?', tone: 'quiet' },
} as const satisfies Record<Light, { sign: string; tone: 'quiet' | 'good' | 'warn' | 'bad' }>;
export const lightNames = Object.keys(LIGHTS) as Light[];
