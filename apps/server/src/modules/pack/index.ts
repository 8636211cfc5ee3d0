export { loadCity, type Progress } from './service.ts';
