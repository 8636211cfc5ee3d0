export { loadCalendarYear, readCalendarYear } from './service.ts';
