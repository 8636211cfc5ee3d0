import { deviceStore } from '@tongxin/client/outbox-store.ts';
import type { Label } from '@tongxin/domain/label/schema.ts';

/** What is followed from this phone: the code, and what the report was called when it was joined. */
export interface Followed {
  /** The follower's own id. */
  readonly id: string;
  readonly queryCode: string;
  readonly label?: Label;
  /** ISO 8601, by the device's clock. */
  readonly since: string;
}
export const followStore = deviceStore<Followed>('tongxin-follows');
