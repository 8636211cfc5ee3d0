import { api } from '../../lib/services.ts';

export const { conveneHearing, drawPanel, replacePanellist, giveOpinion, publishHearing, changePanellist } = api;
