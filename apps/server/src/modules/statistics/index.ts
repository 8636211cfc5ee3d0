import { statisticsConsumer } from './consumers.ts';
import { routes } from './routes.ts';

export { type BurdenQuery, burdenRows } from './burden/service.ts';
export { countCases, countDurations } from './service.ts';
export { rebuildStatistics, type StatsVerification, verifyStatistics } from './verify/service.ts';
export const statisticsModule = { name: 'statistics', routes, consumers: [statisticsConsumer] };
