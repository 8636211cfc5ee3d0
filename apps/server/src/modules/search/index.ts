import { searchConsumer } from './consumers.ts';

export { findByWords } from './service.ts';
export { segment } from './segment/service.ts';
export const searchModule = { name: 'search', consumers: [searchConsumer] };
