import { searchConsumer } from './consumers.ts';

export { type Asked, askedBy, signsOf } from './segment/service.ts';
export { alikeInWords, findByWords } from './service.ts';
export const searchModule = { name: 'search', consumers: [searchConsumer] };
