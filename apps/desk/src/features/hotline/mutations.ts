import { api } from '../../lib/services.ts';

export const { logCall, takeCall, actForCaller, bindCall, closeCall, callBack, readParty } = api;
