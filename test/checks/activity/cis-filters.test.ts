import { describe, expect, test } from 'vitest';
import { activityChecks } from '../../../checks/activity-registry.ts';
import { type FilterPattern, isUnreadable, type Selector, toFilterPattern } from '../../../checks/predicates/filter-pattern.ts';
import { BRANCH, isMet, type Leaf } from '../../../checks/predicates/filter-pattern-conditions.ts';
import { MONITORED_EVENTS } from '../../../checks/predicates/metric-filters.ts';
import { activityJudge, readyActivity } from '../../../findings/judge-activities.ts';
import { toEvent } from '../../../inventory/events/to-event.ts';
import { corpusRecords, corpusTitle, hasCorpus, type Raw } from '../../inventory/events/corpus.ts';
import { exampleRecord } from './example-event.ts';

const member = (record: Raw, name: string): Raw => {
  const value = record[name];
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
};
const named =
  (...names: readonly string[]) =>
  ({ eventName }: Raw) =>
    names.includes(String(eventName));
const of =
  (service: string, ...names: readonly string[]) =>
  (record: Raw) =>
    record.eventSource === `${service}.amazonaws.com` && named(...names)(record);

/**
 * The metric filters of CIS AWS Foundations 7.0, section 5, taken at their word: whatever one of them counts is told with that control, be it done or
 * only attempted. A dry run is neither. Threshold and repetition decide who is told, not whether it counts.
 */
const FILTERS: Readonly<{ [control: string]: (record: Raw) => boolean }> = {
  '5.1': ({ errorCode, sourceIPAddress, eventName }) =>
    /UnauthorizedOperation$/.test(String(errorCode ?? '')) ||
    (/^AccessDenied/.test(String(errorCode ?? '')) && sourceIPAddress !== 'delivery.logs.amazonaws.com' && eventName !== 'HeadBucket'),
  // The variant for accounts with single sign-on, whose own sign-in asks for MFA.
  '5.2': (record) =>
    record.eventName === 'ConsoleLogin' &&
    member(record, 'additionalEventData').MFAUsed !== 'Yes' &&
    member(record, 'userIdentity').type === 'IAMUser' &&
    member(record, 'additionalEventData').SamlProviderArn === undefined &&
    member(record, 'responseElements').ConsoleLogin === 'Success',
  '5.3': (record) => {
    const identity = member(record, 'userIdentity');
    return identity.type === 'Root' && identity.invokedBy === undefined && record.eventType !== 'AwsServiceEvent';
  },
  '5.4': named(
    ...['User', 'Role', 'Group'].flatMap((of) => [`Put${of}Policy`, `Delete${of}Policy`, `Attach${of}Policy`, `Detach${of}Policy`]),
    ...['CreatePolicy', 'DeletePolicy', 'CreatePolicyVersion', 'DeletePolicyVersion'],
  ),
  '5.5': named('CreateTrail', 'UpdateTrail', 'DeleteTrail', 'StartLogging', 'StopLogging'),
  '5.6': (record) => record.eventName === 'ConsoleLogin' && record.errorMessage === 'Failed authentication',
  '5.7': of('kms', 'DisableKey', 'ScheduleKeyDeletion'),
  '5.8': of(
    's3',
    ...['PutBucketAcl', 'PutBucketPolicy', 'PutBucketCors', 'PutBucketLifecycle', 'PutBucketReplication'],
    ...['DeleteBucketPolicy', 'DeleteBucketCors', 'DeleteBucketLifecycle', 'DeleteBucketReplication'],
  ),
  '5.9': of('config', 'StopConfigurationRecorder', 'DeleteDeliveryChannel', 'PutDeliveryChannel', 'PutConfigurationRecorder'),
  '5.10': named(
    ...['AuthorizeSecurityGroupIngress', 'AuthorizeSecurityGroupEgress', 'RevokeSecurityGroupIngress', 'RevokeSecurityGroupEgress'],
    ...['CreateSecurityGroup', 'DeleteSecurityGroup', 'ModifySecurityGroupRules'],
  ),
  '5.11': named(
    ...['CreateNetworkAcl', 'CreateNetworkAclEntry', 'DeleteNetworkAcl', 'DeleteNetworkAclEntry'],
    ...['ReplaceNetworkAclEntry', 'ReplaceNetworkAclAssociation'],
  ),
  '5.12': named(
    ...['CreateCustomerGateway', 'DeleteCustomerGateway', 'AttachInternetGateway', 'CreateInternetGateway'],
    ...['DeleteInternetGateway', 'DetachInternetGateway'],
  ),
  '5.13': named(
    ...['CreateRoute', 'CreateRouteTable', 'ReplaceRoute', 'ReplaceRouteTableAssociation'],
    ...['DeleteRouteTable', 'DeleteRoute', 'DisassociateRouteTable'],
  ),
  '5.14': named(
    ...['CreateVpc', 'DeleteVpc', 'ModifyVpcAttribute', 'AcceptVpcPeeringConnection', 'CreateVpcPeeringConnection'],
    ...['DeleteVpcPeeringConnection', 'RejectVpcPeeringConnection', 'AttachClassicLinkVpc', 'DetachClassicLinkVpc'],
    ...['DisableVpcClassicLink', 'EnableVpcClassicLink'],
  ),
  '5.15': of(
    'organizations',
    ...['AcceptHandshake', 'AttachPolicy', 'CreateAccount', 'CreateOrganizationalUnit', 'CreatePolicy', 'DeclineHandshake'],
    ...['DeleteOrganization', 'DeleteOrganizationalUnit', 'DeletePolicy', 'DetachPolicy', 'DisablePolicyType', 'EnablePolicyType'],
    ...['InviteAccountToOrganization', 'LeaveOrganization', 'MoveAccount', 'RemoveAccountFromOrganization', 'UpdatePolicy'],
    'UpdateOrganizationalUnit',
  ),
};

const examples = activityChecks.flatMap(({ examples }) => Object.values({ ...examples.activity, ...examples.quiet, ...examples.unsure }));
const judge = activityJudge(activityChecks.map((check) => readyActivity(check)));

/** Controls of section 5 that a record should be told with, and is not. */
function missing(record: Raw): readonly string[] {
  const event = toEvent(record);
  if (!event || event.outcome === 'dry run') return [];
  const told = new Set(judge(event).flatMap(({ check }) => check.controls));
  return Object.entries(FILTERS)
    .filter(([control, counts]) => counts(record) && !told.has(`CIS-AWS-7.0:${control}`))
    .map(([control]) => `${control} ${record.eventSource} ${record.eventName} ${record.errorCode ?? ''}`);
}

const OUTCOMES = [
  {},
  { errorCode: 'AccessDenied' },
  { errorCode: 'Client.UnauthorizedOperation' },
  { errorCode: 'ThrottlingException' },
  { errorCode: 'NoSuchEntityException' },
];

test('each filter counts something among the examples', () => {
  const idle = Object.entries(FILTERS).filter(([, counts]) => !examples.some((example) => counts(exampleRecord(example))));
  expect(idle.map(([control]) => control)).toEqual([]);
});

function leafOf(record: Raw, selector: Selector): Leaf {
  const found = selector.reduce<unknown>(
    (value, step) => Object.entries(Object(value)).find(([name]) => name === String(step))?.[1],
    record,
  );
  if (found === undefined || found === null || typeof found === 'boolean' || typeof found === 'number' || typeof found === 'string')
    return found;
  return BRANCH;
}

function isMatched(pattern: FilterPattern, record: Raw): boolean {
  if (pattern.kind === 'condition') return isMet(pattern, leafOf(record, pattern.selector), 'absent differs');
  return pattern.kind === 'and' ? pattern.of.every((part) => isMatched(part, record)) : pattern.of.some((part) => isMatched(part, record));
}

test.each(Object.entries(MONITORED_EVENTS))('what the metric filter of %s must match at least, the filter of CIS counts', (control, {
  pattern: text,
}) => {
  const pattern = toFilterPattern(text);
  const records: readonly Raw[] = examples.flatMap((example) => OUTCOMES.map((outcome) => ({ ...exampleRecord(example), ...outcome })));
  const matched = records.filter((each) => !isUnreadable(pattern) && isMatched(pattern, each));
  expect(matched).not.toEqual([]);
  expect(matched.filter((each) => !FILTERS[control]?.(each)).map(({ eventName }) => eventName)).toEqual([]);
  // But for sign-ins and refusals, of which versions of CIS say different things, it is the other way round as well.
  const counted = ['5.1', '5.2'].includes(control) ? [] : records.filter((each) => FILTERS[control]?.(each));
  expect(counted.filter((each) => !matched.includes(each)).map(({ eventName }) => eventName)).toEqual([]);
});

describe('what a filter of CIS counts is told with its control', () => {
  test.each(OUTCOMES)('in every example, with the outcome %j', (outcome) => {
    expect(examples.flatMap((example) => missing({ ...exampleRecord(example), ...outcome }))).toEqual([]);
  });

  test.each(['Root', 'IAMUser'])('whoever did it: %s', (type) => {
    const identity = { type, accountId: '111122223333', arn: 'arn:aws:iam::111122223333:root', principalId: '111122223333' };
    expect(examples.flatMap((example) => missing({ ...exampleRecord(example), userIdentity: identity }))).toEqual([]);
  });
});

describe.skipIf(!hasCorpus)(corpusTitle, () => {
  test('is told so too', () => {
    expect(corpusRecords().flatMap(missing)).toEqual([]);
  });
});
