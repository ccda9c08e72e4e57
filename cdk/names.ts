import { OWN_PREFIX } from '../checks/predicates/own-deployment.ts';
import { ENABLED_BY_DEFAULT } from '../inventory/default-regions.ts';

/**
 * Names that are known before anything is deployed: other accounts, other regions and what watches for tampering go by them.
 * All begin with `cloud-posture`, so that one prefix tells what is ours.
 */
export const PREFIX = OWN_PREFIX;

export const HUB_STACK = PREFIX;
export const MEMBER_STACK = `${PREFIX}-member`;
export const REGION_STACK = `${PREFIX}-region`;
export const ORGANIZATION_STACK = `${PREFIX}-organization`;
export const ORGANIZATION_REGION_STACK = `${PREFIX}-organization-region`;

export const TOPIC = PREFIX;
export const OPERATIONS_TOPIC = `${PREFIX}-operations`;
export const BUS = PREFIX;
/** What happens in all accounts goes a way of its own: the bus for tampering stays silent as a rule. Of the queue, too. */
export const EVENTS_BUS = `${PREFIX}-events`;
/** Of the hub's rule, and how those of the regions begin. */
export const EVENTS_RULE = `${PREFIX}-events`;
export const DASHBOARD = PREFIX;
export const MACHINE = `${PREFIX}-audit`;
export const SCHEDULE = `${PREFIX}-audit`;
/** Of the state machine, which must not be called as the audit role is. */
export const MACHINE_ROLE = `${PREFIX}-machine`;
export const SCHEDULE_ROLE = `${PREFIX}-schedule`;
/** Of the hub's rule and its role, and how those of the regions begin. */
export const TAMPERING_RULE = `${PREFIX}-tampering`;
/** Before the region: role names are the same in all regions of an account. */
export const FORWARD_ROLE = `${PREFIX}-forward-`;
export const UNDELIVERED = `${PREFIX}-undelivered`;

/** Of a function, and of its role. */
export function functionNamed(name: string): string {
  return `${PREFIX}-${name}`;
}

const CHINA = 'cn-north-1';
const GOVERNMENT = 'us-gov-west-1';
const COMMERCIAL = 'us-east-1';

/** Where IAM and the other global services report their events, one per partition. */
export const GLOBAL_REGIONS = [COMMERCIAL, GOVERNMENT, CHINA];

/** The one of the partition that a region belongs to. */
export function globalRegionOf(region: string): string {
  if (region.startsWith('cn-')) return CHINA;
  return region.startsWith('us-gov-') ? GOVERNMENT : COMMERCIAL;
}

/** Regions that an account in the partition of a region has for certain: those of other partitions than the commercial one are told region by region. */
export function regionsEnabledByDefault(region: string): readonly string[] {
  return globalRegionOf(region) === COMMERCIAL ? ENABLED_BY_DEFAULT : [];
}
