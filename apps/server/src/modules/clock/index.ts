export { clockBackground } from './jobs.ts';
export { tellDue, told } from './service.ts';
export const clockModule = { name: 'clock' };
