import type { Backdrop } from './ground.ts';

/** The pictures this installation puts below its maps; none unless configured. */
export const useBackdrop = (_dark: boolean): Backdrop | undefined => undefined;
