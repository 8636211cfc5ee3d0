import { api } from '../../lib/services.ts';

export const { previewRezoning, applyRezoning, readBoundaryFile, areaBoundariesUrl } = api;
