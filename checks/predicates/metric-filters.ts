import {
  BUCKET_POLICY_EVENTS,
  CONFIG_EVENTS,
  IAM_POLICY_EVENTS,
  KMS_KEY_EVENTS,
  NETWORK_ACL_EVENTS,
  NETWORK_GATEWAY_EVENTS,
  ORGANIZATION_EVENTS,
  ROUTE_TABLE_EVENTS,
  SECURITY_GROUP_EVENTS,
  TRAIL_EVENTS,
  VPC_EVENTS,
} from './event-families.ts';

/** A recommendation of CIS AWS Foundations 7.0, section 5. */
export interface MonitoredEvents {
  /** What a metric filter must match at least. Where versions of CIS differ, or one can be read in two ways, what all of these match. */
  readonly pattern: string;
  /** The service whose events these are, where they are of one. */
  readonly source?: string;
  /** The activity checks that tell the same events, all of which must be on. */
  readonly activities: readonly string[];
}

/** By the number of the recommendation. */
export const MONITORED_EVENTS = {
  '5.1': {
    pattern:
      '{ (($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*")) && ($.sourceIPAddress != "delivery.logs.amazonaws.com") && ($.eventName != "HeadBucket") }',
    activities: ['activity-apis-probed', 'activity-call-refused', 'activity-calls-refused'],
  },
  '5.2': {
    pattern:
      '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") && ($.userIdentity.type = "IAMUser") && ($.additionalEventData.SamlProviderArn NOT EXISTS) && ($.responseElements.ConsoleLogin = "Success") }',
    activities: ['activity-console-sign-in-without-mfa'],
  },
  '5.3': {
    pattern: '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }',
    activities: ['activity-root-credentials-changed', 'activity-root-sign-in-failed', 'activity-root-signed-in', 'activity-root-used'],
  },
  '5.4': { pattern: `{ ${named(IAM_POLICY_EVENTS)} }`, activities: ['activity-iam-policy-changed'] },
  '5.5': { pattern: `{ ${named(TRAIL_EVENTS)} }`, activities: ['activity-cloudtrail-changed', 'activity-cloudtrail-tampered'] },
  '5.6': {
    pattern: '{ ($.eventName = "ConsoleLogin") && ($.errorMessage = "Failed authentication") }',
    activities: [
      'activity-root-sign-in-failed',
      'activity-sign-in-failed',
      'activity-sign-in-failures-repeated',
      'activity-sign-in-users-tried',
    ],
  },
  '5.7': of('kms.amazonaws.com', KMS_KEY_EVENTS, ['activity-kms-key-disabled']),
  '5.8': of('s3.amazonaws.com', BUCKET_POLICY_EVENTS, ['activity-bucket-policy-changed']),
  '5.9': of('config.amazonaws.com', CONFIG_EVENTS, ['activity-config-changed', 'activity-config-recorder-tampered']),
  '5.10': { pattern: `{ ${named(SECURITY_GROUP_EVENTS)} }`, activities: ['activity-security-group-changed'] },
  '5.11': { pattern: `{ ${named(NETWORK_ACL_EVENTS)} }`, activities: ['activity-network-acl-changed'] },
  '5.12': { pattern: `{ ${named(NETWORK_GATEWAY_EVENTS)} }`, activities: ['activity-network-gateway-changed'] },
  '5.13': { pattern: `{ ${named(ROUTE_TABLE_EVENTS)} }`, activities: ['activity-route-table-changed'] },
  '5.14': { pattern: `{ ${named(VPC_EVENTS)} }`, activities: ['activity-vpc-changed'] },
  '5.15': of('organizations.amazonaws.com', ORGANIZATION_EVENTS, [
    'activity-organization-changed',
    'activity-organization-guardrail-removed',
  ]),
} satisfies Readonly<Record<string, MonitoredEvents>>;

export type MonitoredRecommendation = keyof typeof MONITORED_EVENTS;

function of(source: string, names: readonly string[], activities: readonly string[]): MonitoredEvents {
  return { pattern: `{ ($.eventSource = "${source}") && (${named(names)}) }`, source, activities };
}

function named(names: readonly string[]): string {
  return names.map((name) => `($.eventName = "${name}")`).join(' || ');
}
