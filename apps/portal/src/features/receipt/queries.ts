import { api } from '../../lib/services.ts';

export const { getReceipt, getReceiptReadings, getReceiptWish } = api;
export const getOwnAgreement = api.ownAgreement;
