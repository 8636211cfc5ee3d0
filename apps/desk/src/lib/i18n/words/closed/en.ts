import type { Catalogue } from './zh.ts';

export const words: Catalogue = {
  'closed.to': 'Open to: {posts}.',
  'closed.toCaseWork': 'Open to posts that receive, handle, verify or supervise cases.',
  'closed.hotline': 'Calls are answered, logged and returned here. Your post does not answer the hotline.',
  'closed.log': 'What people bring to the window, in letters and on visits is logged here. Your post does not log cases.',
  'closed.disputes': 'Disputes are recorded and mediated here. Your post does not mediate disputes.',
  'closed.newDispute': 'Disputes that were mediated are recorded here. Only mediators record disputes.',
  'closed.referrals': 'Disputes referred by others are received here, and the results reported back. Your post does not mediate disputes.',
  'closed.people': 'The parties are asked whether they agree, and a mediator is chosen here. Your post does not mediate disputes.',
  'closed.mediators': 'Mediators and their specialities are registered here. Your post does not mediate disputes.',
  'closed.dossier': 'Mediation files are put in order and archived here. Your post does not mediate disputes.',
  'closed.counts': 'The exact figures required by law are only for those who compile them. Your post does not see figures of disputes.',
  'closed.sources':
    'This page shows where disputes come from, what was tried and what changed afterwards. Your post does not see figures of disputes.',
  'closed.legal': 'Lawyers publish their duty hours and see residents by turn here. Your post does not give legal advice.',
  'closed.legalAid': 'Everybody may read the standards that are published. Your post does not set them.',
  'closed.reception': 'Reception hours are published and residents are received by turn here. Your post does not hold reception hours.',
  'closed.hearings': 'Public hearings are convened, panels drawn by lot and results published here. Your post does not convene hearings.',
  'closed.panellists': 'People willing to sit on hearing panels are registered here for the lot. Your post does not keep the roster.',
  'closed.screening':
    'Each body reports here every month the disputes it found, or that it found none. Your post does not report screenings.',
  'closed.overview': 'This page shows which bodies have reported this month, and what. Your post does not supervise screenings.',
  'closed.statistics': 'This page shows how many cases there are, their limits and how long they took. Your post does not see statistics.',
  'closed.burden':
    'This page shows how much departments ask field staff to fill in, and how long it takes. Your post does not see statistics.',
  'closed.handovers': 'Unfinished cases are handed over to the next shift here. Your post does not work on cases.',
  'closed.replies': 'The replies each office often uses are kept here. Your post does not work on cases.',
  'closed.sos': 'When field staff call for help, this page shows who, where, and who is on the way. Your post does not work on cases.',
  'closed.areas': 'Areas and grids are redrawn here. Your post does not manage areas and grids.',
  'closed.admin': 'Bodies, posts, people, rosters and lists are managed here. Your post does not manage any of them.',
  'closed.interfaces': 'Connections with other systems are set up here. Your post does not manage interfaces.',
  'closed.displays': 'The wall is opened here, and screens are authorised to show it. Your post does not open the wall.',
  'closed.publication': 'What the public may see of cases is decided here. Your post does not review publication.',
  'closed.migrate': 'Running cases are moved to another version of their procedure here. Your post does not change procedures.',
  'closed.procedureDraft': 'Local procedures are drafted, checked and published here. Your post does not change procedures.',
};
