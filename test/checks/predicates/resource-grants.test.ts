import { describe, expect, test } from 'vitest';
import { RESOURCE_GRANTS, resourceGrantOf } from '../../../checks/predicates/resource-grants.ts';
import { exampleEvent } from '../activity/example-event.ts';

const HOME = { accountId: '111122223333', trustedAccounts: ['777788889999'] };
const FOREIGN = 'arn:aws:iam::444455556666:root';
const OPEN = policy('*');
const CLOSED = policy({ AWS: 'arn:aws:iam::111122223333:root' });

/** By source and name: a request that lets an outsider in, and one that does not. */
const CASES: readonly (readonly [call: string, opens: object, keeps: object])[] = [
  ['secretsmanager PutResourcePolicy', { secretId: 'db', resourcePolicy: OPEN }, { secretId: 'db', resourcePolicy: CLOSED }],
  ['dynamodb PutResourcePolicy', { resourceArn: 'arn:aws:dynamodb:eu-west-1:111122223333:table/t', policy: OPEN }, { policy: CLOSED }],
  ['glue PutResourcePolicy', { policyInJson: OPEN }, { policyInJson: CLOSED }],
  ['logs PutResourcePolicy', { policyDocument: OPEN }, { policyDocument: policy({ Service: 'es.amazonaws.com' }) }],
  ['kms PutKeyPolicy', { keyId: 'k', policy: OPEN }, { keyId: 'k', policy: CLOSED }],
  ['kms CreateKey', { policy: OPEN }, {}],
  ['kms CreateGrant', { keyId: 'k', granteePrincipal: FOREIGN }, { keyId: 'k', granteePrincipal: 'rds.eu-west-1.amazonaws.com' }],
  ['sqs CreateQueue', { queueName: 'q', attribute: { Policy: OPEN } }, { queueName: 'q' }],
  ['sqs SetQueueAttributes', { queueUrl: 'q', attributes: { Policy: OPEN } }, { queueUrl: 'q', attributes: { Policy: '' } }],
  ['sqs AddPermission', { queueUrl: 'q', aWSAccountIds: ['444455556666'] }, { queueUrl: 'q', aWSAccountIds: ['777788889999'] }],
  ['sns SetTopicAttributes', { attributeName: 'Policy', attributeValue: OPEN }, { attributeName: 'DisplayName', attributeValue: 'x' }],
  ['sns CreateTopic', { name: 't', attributes: { Policy: OPEN } }, { name: 't' }],
  ['sns AddPermission', { aWSAccountId: ['444455556666'] }, { aWSAccountId: ['111122223333'] }],
  ['lambda AddPermission', { functionName: 'f', principal: '444455556666' }, { functionName: 'f', principal: 'events.amazonaws.com' }],
  ['lambda AddPermission', { principal: '*', sourceAccount: '444455556666' }, { principal: '*', sourceAccount: '111122223333' }],
  ['lambda AddPermission', { principal: '*' }, { principal: '*', sourceArn: 'arn:aws-cn:s3:::invoices' }],
  ['lambda AddPermission', { principal: '*' }, { principal: 'alexa-appkit.amazon.com', eventSourceToken: 'token' }],
  ['lambda AddPermission', { principal: '*' }, { principal: '*', eventSourceToken: 'token' }],
  ['lambda AddPermission', { principal: '*' }, { principal: '*', principalOrgID: 'o-a1b2c3d4e5' }],
  ['lambda AddLayerVersionPermission', { layerName: 'l', principal: '*' }, { principal: '*', organizationId: 'o-a1b2c3d4e5' }],
  ['lambda CreateFunctionUrlConfig', { functionName: 'f', authType: 'NONE' }, { functionName: 'f', authType: 'AWS_IAM' }],
  ['lambda UpdateFunctionUrlConfig', { functionName: 'f', authType: 'NONE' }, { functionName: 'f', invokeMode: 'BUFFERED' }],
  ['ecr SetRepositoryPolicy', { repositoryName: 'r', policyText: OPEN }, { repositoryName: 'r', policyText: CLOSED }],
  ['ecr PutRegistryPolicy', { policyText: OPEN }, { policyText: CLOSED }],
  ['es CreateDomain', { domainName: 'd', accessPolicies: OPEN }, { domainName: 'd' }],
  ['es CreateElasticsearchDomain', { domainName: 'd', accessPolicies: OPEN }, { domainName: 'd' }],
  ['es UpdateDomainConfig', { domainName: 'd', accessPolicies: OPEN }, { domainName: 'd', accessPolicies: CLOSED }],
  ['es UpdateElasticsearchDomainConfig', { domainName: 'd', accessPolicies: OPEN }, { domainName: 'd' }],
  ['backup PutBackupVaultAccessPolicy', { policy: OPEN }, { policy: CLOSED }],
  ['elasticfilesystem PutFileSystemPolicy', { policy: OPEN }, { policy: CLOSED }],
  ['s3 PutAccessPointPolicy', { name: 'a', policy: '', PutAccessPointPolicyRequest: { Policy: OPEN } }, { name: 'a', policy: CLOSED }],
  ['s3tables PutTableBucketPolicy', { resourcePolicy: OPEN }, { resourcePolicy: CLOSED }],
  ['s3tables PutTablePolicy', { resourcePolicy: OPEN }, { resourcePolicy: CLOSED }],
  ['s3vectors PutVectorBucketPolicy', { policy: OPEN }, { policy: CLOSED }],
  ['codeartifact PutDomainPermissionsPolicy', { policyDocument: OPEN }, { policyDocument: CLOSED }],
  ['codeartifact PutRepositoryPermissionsPolicy', { policyDocument: OPEN }, { policyDocument: CLOSED }],
  ['codebuild UpdateProjectVisibility', { projectVisibility: 'PUBLIC_READ' }, { projectVisibility: 'PRIVATE' }],
  ['acm-pca PutPolicy', { policy: OPEN }, { policy: CLOSED }],
  ['logs PutDestinationPolicy', { accessPolicy: OPEN }, { accessPolicy: CLOSED }],
  ['oam PutSinkPolicy', { policy: OPEN }, { policy: policy('*', { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }) }],
  ['kafka PutClusterPolicy', { policy: OPEN }, { policy: CLOSED }],
  ['ses PutIdentityPolicy', { identity: 'i', policy: OPEN }, { identity: 'i', policy: CLOSED }],
  ['ses CreateEmailIdentityPolicy', { policy: OPEN }, { policy: CLOSED }],
  ['ses UpdateEmailIdentityPolicy', { policy: OPEN }, { policy: CLOSED }],
  [
    'events PutPermission',
    { principal: '444455556666' },
    { principal: '*', condition: { key: 'aws:PrincipalOrgID', value: 'o-a1b2c3d4e5' } },
  ],
  ['events PutPermission', { policy: OPEN }, { policy: CLOSED }],
  ['ssm ModifyDocumentPermission', { name: 'd', accountIdsToAdd: ['all'] }, { name: 'd', accountIdsToRemove: ['all'] }],
  [
    'ec2 ModifyVpcEndpointServicePermissions',
    { ModifyVpcEndpointServicePermissionsRequest: { ServiceId: 's', AddAllowedPrincipals: { tag: 1, content: '*' } } },
    { ModifyVpcEndpointServicePermissionsRequest: { ServiceId: 's', RemoveAllowedPrincipals: { tag: 1, content: '*' } } },
  ],
  [
    'ram CreateResourceShare',
    { name: 's', principals: ['444455556666'] },
    { name: 's', principals: ['111122223333', 'arn:aws:organizations::111122223333:organization/o-a1b2c3d4e5'] },
  ],
  ['ram AssociateResourceShare', { resourceShareArn: 's', principals: ['444455556666'] }, { resourceShareArn: 's', resourceArns: [] }],
  ['redshift AuthorizeDataShare', { consumerIdentifier: '444455556666' }, { consumerIdentifier: '111122223333' }],
  ['redshift AuthorizeEndpointAccess', { account: '444455556666' }, { account: '111122223333' }],
];

describe.each(CASES)('%s', (call, opens, keeps) => {
  const [service = '', eventName = ''] = call.split(' ');

  test('is told of an outsider, and of nobody else', () => {
    expect(admitted(service, eventName, opens)?.kind).toMatch(/everyone|account/);
    expect(admitted(service, eventName, keeps)).toBeUndefined();
  });

  test('is not judged when its request was left out', () => {
    expect(() => admitted(service, eventName, { omitted: true })).toThrow(expect.objectContaining({ name: 'Unread' }));
  });
});

test('every call of the table is tried here', () => {
  const tried = new Set(CASES.map(([call]) => call.split(' ')[1]));
  expect(RESOURCE_GRANTS.flatMap(({ names }) => names).filter((name) => !tried.has(name))).toEqual([]);
});

test.each<[string, object]>([
  ['kms PutKeyPolicy', { keyId: 'k' }],
  ['sqs AddPermission', { queueUrl: 'q' }],
  ['ssm ModifyDocumentPermission', { name: 'd' }],
  ['lambda CreateFunctionUrlConfig', { functionName: 'f' }],
  ['lambda AddPermission', { functionName: 'f' }],
  ['neptune-graph PutResourcePolicy', { something: OPEN }],
])('%s without what decides is not judged', (call, request) => {
  const [service = '', eventName = ''] = call.split(' ');
  expect(() => admitted(service, eventName, request)).toThrow(expect.objectContaining({ name: 'Unread' }));
});

test('a grant that a service makes for itself is no matter', () => {
  const userIdentity = { type: 'AWSService', invokedBy: 'redshift.amazonaws.com' };
  expect(admitted('kms', 'CreateGrant', { granteePrincipal: FOREIGN }, { userIdentity })).toBeUndefined();
});

test('delegates of an organization are its own', () => {
  expect(admitted('organizations', 'PutResourcePolicy', { content: policy({ AWS: FOREIGN }) })).toBeUndefined();
});

function policy(principal: unknown, condition?: object): string {
  const statement = { Effect: 'Allow', Principal: principal, Action: '*', Resource: '*', ...(condition && { Condition: condition }) };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}

function admitted(service: string, eventName: string, requestParameters: object, more: object = {}) {
  const event = exampleEvent({ eventSource: `${service}.amazonaws.com`, eventName, requestParameters, ...more });
  const grant = resourceGrantOf(event);
  if (grant === undefined) throw new Error(`${service} ${eventName} is no call of the table`);
  return grant.admits(event, HOME);
}
