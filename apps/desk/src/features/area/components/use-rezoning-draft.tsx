import { useQuery, useQueryClient } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import { ApiProblem } from '@tongxin/client/problem.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import type { Move, NetView, RezoningStep } from '@tongxin/domain/area/rezoning/schema.ts';
import type { AreaView } from '@tongxin/domain/area/schema.ts';
import { useEffect, useRef, useState } from 'react';
import { useFormDraft } from '../../../lib/draft/form-draft.tsx';
import { applyRezoning, previewRezoning } from '../mutations.ts';
import { earlierRezoningQuery, previewQuery } from '../queries.ts';

/** What is prepared for one area and not in force: kept on this device until it is. */
interface RezoningDraft {
  /** One decision keeps its id, so that it is applied once however often it is sent; other steps are another decision. */
  readonly id?: string;
  /** The net as it was when the last step was taken. */
  readonly netVersion?: number;
  readonly steps: readonly RezoningStep[];
  /** Areas outside this net that steps name. */
  readonly elsewhere: readonly AreaView[];
  readonly moves: readonly Move[];
  readonly reason: string;
  readonly documentNumber: string;
  /** It went out and no answer came. */
  readonly sent?: boolean;
}
const NOTHING: RezoningDraft = { steps: [], elsewhere: [], moves: [], reason: '', documentNumber: '' };

/** The draft of one area's re-zoning: judged anew whenever its steps change or somebody else changes the net. */
export const useRezoningDraft = (net: NetView, onApplied: (rezoningId: string) => void) => {
  const client = useQueryClient();
  const [draft, setDraft] = useState(NOTHING);
  const latest = useRef(draft);
  latest.current = draft;
  const [applying, setApplying] = useState(false);
  const [foundId, setFoundId] = useState<string>();
  const { forget, keep } = useFormDraft(`areas/${net.area.id}`, draft, (kept) => {
    setDraft(kept);
    setFoundId(kept.id);
  });
  const { id, steps } = draft;
  const preview = useQuery({ ...previewQuery(id ?? '', net.netVersion, steps), enabled: id !== undefined });
  const applied = (rezoningId: string): void => void forget().then(() => onApplied(rezoningId));
  // Whoever sent it and heard nothing looks first whether it was done.
  const earlier = useQuery({ ...earlierRezoningQuery(id ?? '', net.netVersion), enabled: draft.sent === true && !applying });
  const isDone = earlier.data !== undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: told once
  useEffect(() => {
    if (isDone && id) applied(id);
  }, [isDone]);
  const seen = preview.data?.netVersion;
  useEffect(() => {
    if (seen !== undefined && seen !== net.netVersion) void client.invalidateQueries({ queryKey: keys.areaNet(net.area.id) });
  }, [client, seen, net.netVersion, net.area.id]);

  return {
    draft,
    preview,
    /** Steps of an earlier visit were found on this device. */
    found: id !== undefined && id === foundId,
    /** Somebody else changed the net since the last step was taken. */
    changed: seen !== undefined && draft.netVersion !== undefined && seen !== draft.netVersion,
    /** Takes the steps in, or throws what refuses them. */
    take: async (next: readonly RezoningStep[], above?: AreaView): Promise<void> => {
      const judged = await previewRezoning({ steps: [...next] });
      const made = uuidv7();
      client.setQueryData(previewQuery(made, net.netVersion, next).queryKey, judged);
      // What was decided while it was judged stays.
      const taken = {
        ...latest.current,
        id: made,
        netVersion: judged.netVersion,
        steps: next,
        elsewhere: above ? [...latest.current.elsewhere, above] : latest.current.elsewhere,
        sent: false,
      };
      setDraft(taken);
      keep(taken);
    },
    /** The last step goes, also where what is left is refused by now. */
    back: (): void =>
      setDraft(
        steps.length > 1
          ? { ...draft, id: uuidv7(), steps: steps.slice(0, -1), sent: false }
          : { ...NOTHING, reason: draft.reason, documentNumber: draft.documentNumber },
      ),
    clear: (): void => setDraft(NOTHING),
    decide: (part: Partial<Pick<RezoningDraft, 'moves' | 'reason' | 'documentNumber'>>): void => setDraft({ ...draft, ...part }),
    /** Does it. A net that somebody changed meanwhile is looked at again, with nothing lost; anything else that is refused is thrown. */
    apply: async (moves: readonly Move[]): Promise<void> => {
      if (!id || !preview.data) return;
      setDraft({ ...draft, sent: true });
      setApplying(true);
      const documentNumber = draft.documentNumber.trim();
      try {
        await applyRezoning({
          id,
          netVersion: preview.data.netVersion,
          steps: [...steps],
          moves: [...moves],
          reason: draft.reason,
          ...(documentNumber ? { documentNumber } : {}),
        });
        applied(id);
      } catch (refused) {
        setApplying(false);
        if (refused instanceof ApiProblem) setDraft((now) => ({ ...now, sent: false }));
        if (!(refused instanceof ApiProblem && refused.code === 'areasChanged')) throw refused;
        await client.invalidateQueries({ queryKey: keys.areaNet(net.area.id) });
      }
    },
  };
};
