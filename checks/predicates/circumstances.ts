import type { SeverityModifier } from '../check.ts';

/** Circumstances that several kinds of resource have in common and that make a failure less severe. */
export const STOPPED: SeverityModifier = { severity: 'LOW', because: 'stopped, nothing reaches it until somebody starts it' };
export const UNATTACHED: SeverityModifier = { severity: 'LOW', because: 'attached to nothing' };
export const EMPTY: SeverityModifier = { severity: 'LOW', because: 'nothing is in it' };
export const INTERNAL: SeverityModifier = { severity: 'LOW', because: 'internal only' };
/** What it makes of the severity depends on the ports. */
export const ONLY_LARGE = 'open to large public ranges, not to the whole internet';
