import { api } from '../../lib/services.ts';

export const { leaveShift, receiveShift, addNote } = api;
