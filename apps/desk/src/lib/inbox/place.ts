import type { VirtualItem } from '@tanstack/react-virtual';
import type { Filter } from '@tongxin/domain/inbox/schema.ts';

/** Where a reader stood in a list: kept while the window is open, so that coming back from a case is coming back to the place. */
export interface Place {
  readonly scroll: number;
  readonly caseId?: string;
  /** How high the rows were: with it the list is as long at once as it was. */
  readonly measures?: readonly VirtualItem[];
  readonly chosen: ReadonlySet<string>;
  /** How far changes were looked at, for what is shown. */
  readonly heard: number;
}

const places = new Map<string, Place>();
let lastList: Filter & { saved?: string } = {};

export const placeOf = (list: string): Place | undefined => places.get(list);
export const keepPlace = (list: string, place: Place): void => {
  places.set(list, place);
};
export const leavePlace = (list: string): void => {
  places.delete(list);
};

/** The list somebody came from: back leads there, and not to the list as it is at first. */
export const rememberList = (filter: typeof lastList): void => {
  lastList = filter;
};
export const rememberedList = (): typeof lastList => lastList;
