import { queryOptions } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import { api } from '../../lib/services.ts';

export const disputesQuery = queryOptions({ queryKey: keys.disputes, queryFn: api.listDisputes });
export const disputeCountsQuery = (month: string) =>
  queryOptions({ queryKey: keys.disputeCounts(month), queryFn: () => api.countDisputes(month) });
export const disputeReleasesQuery = queryOptions({ queryKey: keys.disputeReleases, queryFn: api.disputeReleases });
export const subsidyQuery = (month: string) =>
  queryOptions({ queryKey: keys.subsidyOfMonth(month), queryFn: () => api.subsidyOfMonth(month) });
export const subsidyRatesQuery = queryOptions({ queryKey: keys.subsidyRates, queryFn: api.subsidyRates });
export const mediatorsQuery = queryOptions({ queryKey: keys.mediators, queryFn: api.listMediators });
export const centreQuery = (id: string) => queryOptions({ queryKey: keys.centre(id), queryFn: ({ signal }) => api.getCentre(id, signal) });
export const referralsQuery = queryOptions({ queryKey: keys.referrals, queryFn: api.listReferrals });
export const consentsQuery = (id: string) =>
  queryOptions({ queryKey: [...keys.dispute(id), 'consents'], queryFn: ({ signal }) => api.listConsents(id, signal) });
export const choosingQuery = (id: string) =>
  queryOptions({ queryKey: [...keys.dispute(id), 'choosing'], queryFn: ({ signal }) => api.getChoosing(id, signal) });
export const centresQuery = (id: string) =>
  queryOptions({ queryKey: [...keys.dispute(id), 'centres'], queryFn: () => api.centresAbove(id) });
export const disputeCaseQuery = (id: string) => queryOptions({ queryKey: keys.case(id), queryFn: ({ signal }) => api.getCase(id, signal) });
export const disputePapersQuery = (id: string) =>
  queryOptions({ queryKey: keys.documents(id), queryFn: ({ signal }) => api.listDocuments(id, signal) });
export const agreementQuery = (id: string) =>
  queryOptions({ queryKey: keys.agreement(id), queryFn: ({ signal }) => api.getAgreement(id, signal) });
export const disputeSessionsQuery = (id: string) =>
  queryOptions({ queryKey: keys.disputeSessions(id), queryFn: ({ signal }) => api.getDisputeSessions(id, signal) });
export const helpersQuery = (id: string) =>
  queryOptions({ queryKey: keys.helpers(id), queryFn: ({ signal }) => api.listHelpers(id, signal) });
export const invitationsQuery = queryOptions({ queryKey: keys.invitations, queryFn: ({ signal }) => api.listInvitations(signal) });
