export { clockBackground } from './jobs.ts';
export { tellDue } from './service.ts';
export const clockModule = { name: 'clock' };
