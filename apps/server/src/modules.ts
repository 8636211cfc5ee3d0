import type { Manifest } from './platform/access-plugin/manifest.ts';

/** Every module of this installation, in the order in which their routes are listed. */
export const manifests: readonly Manifest[] = [];
