import type { Procedure } from '@tongxin/domain/procedure/schema.ts';
import { checkProcedure } from '@tongxin/domain/soundness/rules.ts';

/** The soundness check, beside the page: it takes half a second, and whoever is typing should not feel it. */
const scope = self as unknown as { onmessage: (event: MessageEvent<Asked>) => void; postMessage(answer: Answered): void };
export interface Asked {
  readonly n: number;
  readonly definition: Procedure;
}
export interface Answered {
  readonly n: number;
  readonly findings: ReturnType<typeof checkProcedure>['findings'];
}
scope.onmessage = ({ data }) => scope.postMessage({ n: data.n, findings: checkProcedure(data.definition).findings });
