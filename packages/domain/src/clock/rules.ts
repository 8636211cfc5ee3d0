import type { Calendar } from '../calendar/schema.ts';
import type { ClockDefinition, ClockState, Instant, Limit } from './schema.ts';

// @TODO(issue 1): bodies in the next commit; signatures are fixed.
export declare const startClock: (clock: string, definition: ClockDefinition, limit: Limit, at: Instant, calendar: Calendar) => ClockState;
export declare const stopClock: (state: ClockState, at: Instant, calendar: Calendar) => ClockState;
export declare const pauseClock: (state: ClockState, at: Instant, calendar: Calendar) => ClockState;
export declare const resumeClock: (state: ClockState, at: Instant, calendar: Calendar) => ClockState;
export declare const extendClock: (state: ClockState, by: Limit, calendar: Calendar) => ClockState;
