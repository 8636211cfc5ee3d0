import { queryOptions } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import { api } from '../../lib/services.ts';

export type ReviewState = 'waiting' | 'shown' | 'refused';

export const reviewsQuery = (state: ReviewState) =>
  queryOptions({ queryKey: [...keys.publications, 'reviews', state], queryFn: () => api.listReviews(state) });
export const publicationAreasQuery = queryOptions({ queryKey: [...keys.publications, 'areas'], queryFn: api.listPublicationAreas });
