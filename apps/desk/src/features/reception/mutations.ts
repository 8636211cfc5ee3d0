import { api } from '../../lib/services.ts';

export const { publishReception, callOffReception, readBooking, markAttendance, noteTalk, openTalkCase, adviseOn, declineTurn } = api;
