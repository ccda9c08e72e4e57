import { Aws } from 'aws-cdk-lib';
import type { EventPattern } from 'aws-cdk-lib/aws-events';
import { PREFIX } from './names.ts';

/** Calls to one service that would blind us, told by what they name. */
export interface Tampering {
  /** Of the rule, after our prefix. */
  readonly name: string;
  /** As EventBridge names the service; CloudTrail names it `<service>.amazonaws.com`. */
  readonly source: string;
  /** Names of API calls. */
  readonly calls: readonly string[];
  /** Request parameters of which at least one is ours, each with the beginnings or the whole of our names. */
  readonly ours: Readonly<Record<string, readonly Named[]>>;
}

type Named = string | { readonly prefix: string };

const ours: Named = { prefix: PREFIX };
const arn = (service: string, what: string, region = Aws.REGION): Named => ({
  prefix: `arn:${Aws.PARTITION}:${service}:${region}:${Aws.ACCOUNT_ID}:${what}${PREFIX}`,
});

/**
 * What counts as tampering with us. Paths and names are CloudTrail's. The audit role's name is added where it is not ours by its prefix.
 * One rule for each: a pattern may have 2,048 characters.
 */
export const TAMPERING: readonly Tampering[] = [
  {
    name: 'iam',
    source: 'aws.iam',
    calls: [
      'AttachRolePolicy',
      'CreatePolicyVersion',
      'DeletePolicy',
      'DeletePolicyVersion',
      'DeleteRole',
      'DeleteRolePermissionsBoundary',
      'DeleteRolePolicy',
      'DetachRolePolicy',
      'PutRolePermissionsBoundary',
      'PutRolePolicy',
      'SetDefaultPolicyVersion',
      'UpdateAssumeRolePolicy',
      'UpdateRole',
    ],
    ours: { roleName: [ours], policyArn: [arn('iam', 'policy/', '')] },
  },
  {
    name: 'cloudformation',
    source: 'aws.cloudformation',
    calls: [
      'ContinueUpdateRollback',
      'DeleteStack',
      'DeleteStackInstances',
      'DeleteStackSet',
      'ExecuteChangeSet',
      'RollbackStack',
      'SetStackPolicy',
      'UpdateStack',
      'UpdateStackInstances',
      'UpdateStackSet',
      'UpdateTerminationProtection',
    ],
    ours: {
      stackName: [ours, { prefix: `StackSet-${PREFIX}` }, arn('cloudformation', 'stack/'), arn('cloudformation', 'stack/StackSet-')],
      stackSetName: [ours],
    },
  },
  {
    name: 'events',
    source: 'aws.events',
    calls: [
      'DeleteEventBus',
      'DeleteRule',
      'DisableRule',
      'PutPermission',
      'PutRule',
      'PutTargets',
      'RemovePermission',
      'RemoveTargets',
      'UpdateEventBus',
    ],
    ours: { name: [ours], rule: [ours], eventBusName: [ours, arn('events', 'event-bus/')] },
  },
  { name: 'scheduler', source: 'aws.scheduler', calls: ['DeleteSchedule', 'UpdateSchedule'], ours: { name: [ours] } },
];

/**
 * The pattern of the rule that notices it. Failed calls count: who was refused has tried. What CloudFormation does for a stack, and StackSets
 * to a member, does not: the call on the stack or the stack set itself is noticed, and an upgrade of a hundred accounts tells itself once.
 */
export function toPattern({ source, calls, ours: named }: Tampering, roleName: string): EventPattern {
  const parameters = Object.entries(named).map(([parameter, names]) => ({
    [parameter]: parameter === 'roleName' && !roleName.startsWith(PREFIX) ? [...names, roleName] : [...names],
  }));
  return {
    source: [source],
    detail: {
      eventSource: [`${source.replace('aws.', '')}.amazonaws.com`],
      eventName: [...calls],
      userIdentity: {
        $or: [{ invokedBy: [{ exists: false }] }, { invokedBy: [{ 'anything-but': 'cloudformation.amazonaws.com' }] }],
        sessionContext: {
          sessionIssuer: {
            $or: [{ userName: [{ exists: false }] }, { userName: [{ 'anything-but': { prefix: 'stacksets-exec-' } }] }],
          },
        },
      },
      // A choice of one is none: EventBridge wants two at least.
      requestParameters: parameters.length === 1 ? parameters[0] : { $or: parameters },
    },
  };
}
