import type { DBInstanceAccess } from '../../inventory/rds/db-instance.ts';
import type { SubnetExposure } from '../../inventory/rds/exposure.ts';
import { type Failure, fail } from '../check.ts';
import type { Openings } from './openings.ts';
import type { Service } from './ports.ts';
import { reachableServices } from './reachability.ts';
import { knownOf } from './unread.ts';

/** Its address is the internet's to know, and of whichever family its network has. */
const SOME_ADDRESS: readonly string[] = ['0.0.0.0', '::'];

const OPEN = { severity: 'CRITICAL', because: 'reachable from the internet' } as const;
const CLOSED = { severity: 'MEDIUM', because: 'closed by its security groups, network ACLs or routes' } as const;

/**
 * A database with a public address: CRITICAL where security groups, network ACL and routes of one of its subnets let the internet come to its port, MEDIUM where
 * none do. Where that was not read, it is neither raised nor lowered.
 */
export function judgePublicDatabase(access: DBInstanceAccess, subnets: () => Iterable<SubnetExposure>): Failure {
  const { port, groupIds } = access;
  const evidence = { publiclyAccessible: true, ...(port === undefined ? {} : { port }), securityGroups: groupIds };
  const { found, undecided } = openingsOf(access, subnets);
  if (found.length > 0) return fail(`publicly accessible, and its port ${port} is open`, evidence, OPEN);
  if (undecided) return { ...fail('publicly accessible', evidence), severityUnsure: true };
  return fail('publicly accessible, but nothing lets the internet in', evidence, CLOSED);
}

function openingsOf({ port, groupIds }: DBInstanceAccess, subnets: () => Iterable<SubnetExposure>): Openings {
  const { known, unread } = knownOf(subnets);
  if (port === undefined) return { found: [], undecided: unread };
  const service: Service = { name: 'database', transport: 'tcp', ports: { from: port, to: port } };
  const placed = known.map(({ subnetId, ...exposure }) => ({
    ...exposure,
    ...{ interfaceId: subnetId, publicAddresses: SOME_ADDRESS, groupIds, ways: [], accelerated: [] },
  }));
  const { found, undecided } = reachableServices(() => placed, [service]);
  return { found, undecided: unread ?? undecided };
}
