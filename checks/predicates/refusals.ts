import type { CloudTrailEvent } from '../../inventory/events/event.ts';
import { onlyReads } from './reads.ts';

/** Asked by consoles and tools in passing, for everybody, and refused to most. */
const ASKED_IN_PASSING = new Set(['DescribeEventAggregates', 'ListResourceTags', 'HeadBucket']);
const SERVICE = /\.amazonaws\.com(\.cn)?$/;

/** The filter of CIS 5.1: what AWS refused for want of permission, without what its log delivery asks for. */
export function isUnauthorized({ errorCode = '', sourceAddress, name }: CloudTrailEvent): boolean {
  if (errorCode.endsWith('UnauthorizedOperation')) return true;
  return errorCode.startsWith('AccessDenied') && sourceAddress !== 'delivery.logs.amazonaws.com' && name !== 'HeadBucket';
}

export interface Tolerated {
  /** Roles, by name or ARN, whose refusals are known: those of audits. */
  readonly auditRoles: readonly string[];
  /** What pages of the console ask for by themselves. */
  readonly consoleReads: boolean;
}

/** Refused, and worth counting: not by a service, nor in passing, nor to one of these roles. */
export function countsAsRefused(event: CloudTrailEvent, { auditRoles, consoleReads }: Tolerated): boolean {
  const { actor, name, sourceAddress } = event;
  if (!isUnauthorized(event) || ASKED_IN_PASSING.has(name)) return false;
  if (actor.kind === 'service' || actor.invokedBy !== undefined || SERVICE.test(sourceAddress ?? '')) return false;
  if (!consoleReads && actor.tool === 'console' && onlyReads(name)) return false;
  return !auditRoles.some((role) => role === actor.issuer || role === roleName(actor.issuer));
}

/** Who was refused: the role behind a session, for sessions come and go. */
export function refusedPrincipal({ actor }: CloudTrailEvent): string {
  return actor.issuer ?? actor.arn ?? actor.name;
}

function roleName(arn: string | undefined): string | undefined {
  return arn?.includes(':role/') ? arn.slice(arn.lastIndexOf('/') + 1) : undefined;
}
