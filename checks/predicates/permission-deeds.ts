import type { CloudTrailEvent } from '../../inventory/events/event.ts';
import type { Evidence, Severity } from '../check.ts';
import { isOnSelf, partitionOf } from './callers.ts';
import { dangerousGrant, managedAdminPolicy } from './dangerous-grants.ts';
import { actingService } from './deeds.ts';
import { factsOf } from './event-facts.ts';
import { named } from './event-names.ts';
import { type Deed, refuseWithout } from './judge-deed.ts';

const ADMIN_GROUP = /admin|poweruser|superuser|(^|[^a-z])root([^a-z]|$)/i;
const NAMED = ['userName', 'roleName', 'groupName', 'policyArn', 'policyName', 'versionId', 'setAsDefault'];

/** That a call of IAM gives somebody the permissions of an administrator, or may; LOW where an AWS service did it in the course of its work. */
export function permissionDeed(event: CloudTrailEvent): Deed | undefined {
  const deed = deedOf(event);
  const service = actingService(event);
  return deed && service !== undefined ? { ...deed, done: `${deed.done}, by ${service}`, severity: 'LOW' } : deed;
}

function deedOf(event: CloudTrailEvent): Deed | undefined {
  const evidence = factsOf(event.request, ...NAMED);
  switch (event.name) {
    case 'AddUserToGroup':
      return joined(event, evidence);
    case 'SetDefaultPolicyVersion':
      return versionChanged(event, evidence);
    default:
      return event.name.startsWith('Attach')
        ? attachedDeed(policyArnIn(event), bearerOf(event), evidence)
        : writtenDeed(event, 'policyDocument', { bearer: bearerOf(event), evidence, severity: isInForce(event) ? undefined : 'MEDIUM' });
  }
}

/** That a managed policy was attached, if it makes an administrator of its bearer. */
export function attachedDeed(policyArn: string, bearer: string, evidence: Evidence): Deed | undefined {
  const policy = managedAdminPolicy(policyArn);
  if (policy === undefined) return undefined;
  const { name, severity } = policy;
  return { done: `${name} attached to ${bearer}`, attempt: `attach ${name} to ${bearer}`, severity, evidence };
}

interface Written {
  readonly bearer: string;
  readonly evidence: Evidence;
  /** In place of what the grant is worth. */
  readonly severity?: Severity | undefined;
}

/** That a policy was written, in this member of the request, that gives its bearer too much. */
export function writtenDeed(event: CloudTrailEvent, member: string, { bearer, evidence, severity }: Written): Deed | undefined {
  const document = event.request.at(member).policy ?? refuseWithout(event, member);
  const grant = dangerousGrant(document, { accountId: event.accountId, partition: partitionOf(event) });
  return (
    grant && {
      done: `${bearer}: its policy ${grant.reason}`,
      attempt: `write a policy that ${grant.reason}`,
      severity: severity ?? grant.severity,
      evidence: { ...evidence, ...grant.evidence },
    }
  );
}

/** Whose document it is has it at once; a managed policy must be attached, or its version be in force. */
function isInForce({ name, request }: CloudTrailEvent): boolean {
  return name === 'CreatePolicyVersion' ? request.at('setAsDefault').flag === true : name !== 'CreatePolicy';
}

/** What the version allows does not stand in the event. */
function versionChanged({ request }: CloudTrailEvent, evidence: Evidence): Deed {
  const policy = named('policy', request, 'policyArn');
  return {
    done: `another version of ${policy} put in force`,
    attempt: `put another version of ${policy} in force`,
    severity: 'MEDIUM',
    evidence,
  };
}

/** What a group may do does not stand in the event; its name is all there is. */
function joined(event: CloudTrailEvent, evidence: Evidence): Deed | undefined {
  const { request } = event;
  if (!ADMIN_GROUP.test(request.at('groupName').text ?? refuseWithout(event, 'groupName'))) return undefined;
  const group = named('group', request, 'groupName');
  const user = isOnSelf(event, request.at('userName').text) ? 'itself' : named('user', request, 'userName');
  return { done: `${user} added to ${group}`, attempt: `add ${user} to ${group}`, severity: 'MEDIUM', evidence };
}

function policyArnIn(event: CloudTrailEvent): string {
  const arn = event.request.at('policyArn').text;
  return arn?.startsWith('arn:') ? arn : refuseWithout(event, 'policyArn');
}

function bearerOf({ name, request }: CloudTrailEvent): string {
  if (name.endsWith('UserPolicy')) return named('user', request, 'userName');
  if (name.endsWith('RolePolicy')) return named('role', request, 'roleName');
  if (name.endsWith('GroupPolicy')) return named('group', request, 'groupName');
  return named('policy', request, 'policyArn', 'policyName');
}
