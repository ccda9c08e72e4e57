import type { CloudTrailEvent } from '../../inventory/events/event.ts';
import type { Evidence } from '../check.ts';
import { actingService } from './deeds.ts';
import { demandOneOf, refuseWithout } from './judge-deed.ts';
import { type Outsider, worstOutsider } from './outsiders.ts';
import { policyOutsiders } from './resource-policy-verdict.ts';
import type { Home } from './trust-needs.ts';

/** An outsider whom a call lets in, and what proves it. */
export type Admission = Outsider & { readonly evidence?: Evidence };

/** The worst outsider whom a call lets in. Throws `Unread` where the event does not tell. */
type Admits = (event: CloudTrailEvent, home: Home) => Admission | undefined;

/** A call that says who may use a resource. */
export interface ResourceGrant {
  readonly source: string;
  readonly names: readonly string[];
  /** What it is that is opened: `KMS key`. */
  readonly kind: string;
  /** Members of the request that name it. */
  readonly id: readonly string[];
  readonly admits: Admits;
}

const EVERYONE: Admission = { kind: 'everyone', who: 'everyone' };

/** The policy in the first of these members that there is; `A.b` is a member of a member. The call must have one. */
function policyIn(...members: readonly string[]): Admits {
  const find = policyIfAnyIn(...members);
  return (event, home) => {
    const isThere = members.some((member) => event.request.at(...member.split('.')).exists);
    return isThere ? find(event, home) : refuseWithout(event, 'the policy');
  };
}

/** The same for calls that leave the policy as it is when they do not speak of it, but must say of what they speak. */
function policyOf(id: string, ...members: readonly string[]): Admits {
  const find = policyIfAnyIn(...members);
  return (event, home) => {
    demandOneOf(event, event.request, id);
    return find(event, home);
  };
}

function policyIfAnyIn(...members: readonly string[]): Admits {
  return ({ request }, home) => {
    const policy = members.map((member) => request.at(...member.split('.'))).find(({ exists }) => exists)?.policy;
    return policy && policyOutsiders(policy, home)[0];
  };
}

/** Those whom the member lists. It may be missing only from a call that takes others away instead. */
function listedIn(member: string, takenAway?: string): Admits {
  return (event, home) => {
    const { request } = event;
    const names = request.at(member).list.flatMap(({ text }) => text ?? []);
    if (names.length === 0 && (takenAway === undefined || !request.at(takenAway).exists)) return refuseWithout(event, member);
    return worstOutsider(names, home);
  };
}

/** The one whom this member names; the call must have it. */
function oneIn(member: string): Admits {
  return (event, home) => worstOutsider([event.request.at(member).text ?? refuseWithout(event, member)], home);
}

/** Everyone, unless this member says the opposite. */
function everyoneUnless(member: string, value: string): Admits {
  return (event) => ((event.request.at(member).text ?? refuseWithout(event, member)) === value ? undefined : EVERYONE);
}

/** Without a type of authorization the URL keeps its own. */
const changedUrl: Admits = (event, home) =>
  event.request.at('authType').exists ? everyoneUnless('authType', 'AWS_IAM')(event, home) : undefined;

/** Services that encrypt for somebody make grants for accounts of their own. */
const keyGrant: Admits = (event, home) => (actingService(event) === undefined ? oneIn('granteePrincipal')(event, home) : undefined);

/** A queue has many attributes, each a text, and the policy is one. */
const queuePolicy: Admits = (event, home) => {
  const { request } = event;
  demandOneOf(event, request, 'queueName', 'queueUrl');
  const attributes = request.at(request.at('attribute').exists ? 'attribute' : 'attributes');
  if (!attributes.exists) return event.name === 'CreateQueue' ? undefined : refuseWithout(event, 'attributes');
  const others = attributes.names.filter((name) => name !== 'Policy');
  if (!others.every((name) => attributes.at(name).list.every(({ text }) => text !== undefined)))
    return refuseWithout(event, 'an attribute');
  return policyIfAnyIn('attribute.Policy', 'attributes.Policy')(event, home);
};

/** A topic has many attributes, and the policy is one. */
const topicPolicy: Admits = (event, home) => {
  const attribute = event.request.at('attributeName').text ?? refuseWithout(event, 'attributeName');
  return attribute === 'Policy' ? policyIn('attributeValue')(event, home) : undefined;
};

/** What a caller must be or have besides is given beside the principal. https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html */
const functionPermission: Admits = (event, home) => {
  const { request } = event;
  if (request.at('principalOrgID').exists || request.at('eventSourceToken').exists) return undefined;
  const outsider = oneIn('principal')(event, home);
  if (outsider?.kind !== 'everyone') return outsider;
  const source = request.at('sourceAccount').text ?? request.at('sourceArn').text;
  if (source === undefined) return outsider;
  return /^arn:[^:]+:s3:::/.test(source) ? undefined : worstOutsider([source], home);
};

const layerPermission: Admits = (event, home) => (event.request.at('organizationId').exists ? undefined : oneIn('principal')(event, home));

/** A bus has a policy, or one principal of it at a time, perhaps with the condition that it is of an organization. */
const busPermission: Admits = (event, home) => {
  const { request } = event;
  if (request.at('policy').exists) return policyIn('policy')(event, home);
  return request.at('condition').exists ? undefined : oneIn('principal')(event, home);
};

/** Delegates of an organization are its own accounts. */
const resourcePolicy: Admits = (event, home) =>
  event.source === 'organizations.amazonaws.com'
    ? undefined
    : policyIn('resourcePolicy', 'policy', 'policyDocument', 'policyInJson')(event, home);

/** Shared with whom is said now or later; an organization shares within itself all day long. */
const shared: Admits = (event, home) => {
  demandOneOf(event, event.request, 'name', 'resourceShareArn');
  const names = event.request.at('principals').list.flatMap(({ text }) => text ?? []);
  const outsider = worstOutsider(names, home);
  return outsider?.kind === 'organization' ? undefined : outsider;
};

function grant(service: string, names: string, kind: string, id: string, admits: Admits): ResourceGrant {
  const source = service === 'any' ? service : `${service}.amazonaws.com`;
  return { source, names: names.split(' '), kind, id: id.split(' '), admits };
}

/**
 * Besides buckets, images, snapshots and roles, of which checks of their own speak. Services write `PutResourcePolicy` alike. Left out are resources that
 * everyone may use by nature (public ECR repositories), and those that only networks reach (VPC Lattice).
 */
export const RESOURCE_GRANTS: readonly ResourceGrant[] = [
  grant('any', 'PutResourcePolicy', 'resource', 'secretId resourceArn resourceARN policyName registryName name', resourcePolicy),
  grant('kms', 'PutKeyPolicy', 'KMS key', 'keyId', policyIn('policy')),
  grant('kms', 'CreateKey', 'KMS key', 'description', policyIfAnyIn('policy')),
  grant('kms', 'CreateGrant', 'KMS key', 'keyId', keyGrant),
  grant('sqs', 'CreateQueue SetQueueAttributes', 'queue', 'queueUrl queueName', queuePolicy),
  grant('sqs', 'AddPermission', 'queue', 'queueUrl', listedIn('aWSAccountIds')),
  grant('sns', 'SetTopicAttributes', 'topic', 'topicArn', topicPolicy),
  grant('sns', 'CreateTopic', 'topic', 'name', policyOf('name', 'attributes.Policy')),
  grant('sns', 'AddPermission', 'topic', 'topicArn', listedIn('aWSAccountId')),
  grant('lambda', 'AddPermission', 'function', 'functionName', functionPermission),
  grant('lambda', 'AddLayerVersionPermission', 'layer', 'layerName', layerPermission),
  grant('lambda', 'CreateFunctionUrlConfig', 'URL of function', 'functionName', everyoneUnless('authType', 'AWS_IAM')),
  grant('lambda', 'UpdateFunctionUrlConfig', 'URL of function', 'functionName', changedUrl),
  grant('ecr', 'SetRepositoryPolicy', 'repository', 'repositoryName', policyIn('policyText')),
  grant('ecr', 'PutRegistryPolicy', 'registry', 'registryId', policyIn('policyText')),
  grant('es', 'CreateDomain CreateElasticsearchDomain', 'search domain', 'domainName', policyOf('domainName', 'accessPolicies')),
  grant(
    'es',
    'UpdateDomainConfig UpdateElasticsearchDomainConfig',
    'search domain',
    'domainName',
    policyOf('domainName', 'accessPolicies'),
  ),
  grant('backup', 'PutBackupVaultAccessPolicy', 'backup vault', 'backupVaultName', policyIn('policy')),
  grant('elasticfilesystem', 'PutFileSystemPolicy', 'file system', 'fileSystemId', policyIn('policy')),
  grant('s3', 'PutAccessPointPolicy', 'access point', 'name', policyIn('policy', 'PutAccessPointPolicyRequest.Policy')),
  grant('s3tables', 'PutTableBucketPolicy PutTablePolicy', 'table bucket', 'tableBucketARN', policyIn('resourcePolicy')),
  grant('s3vectors', 'PutVectorBucketPolicy', 'vector bucket', 'vectorBucketName vectorBucketArn', policyIn('policy')),
  grant('codeartifact', 'PutDomainPermissionsPolicy', 'package domain', 'domain', policyIn('policyDocument')),
  grant('codeartifact', 'PutRepositoryPermissionsPolicy', 'package repository', 'repository', policyIn('policyDocument')),
  grant('codebuild', 'UpdateProjectVisibility', 'build project', 'projectArn', everyoneUnless('projectVisibility', 'PRIVATE')),
  grant('acm-pca', 'PutPolicy', 'certificate authority', 'resourceArn', policyIn('policy')),
  grant('logs', 'PutDestinationPolicy', 'log destination', 'destinationName', policyIn('accessPolicy')),
  grant('oam', 'PutSinkPolicy', 'monitoring sink', 'sinkIdentifier', policyIn('policy')),
  grant('kafka', 'PutClusterPolicy', 'Kafka cluster', 'clusterArn', policyIn('policy')),
  grant('ses', 'CreateEmailIdentityPolicy PutIdentityPolicy UpdateEmailIdentityPolicy', 'sender', 'identity', policyIn('policy')),
  grant('events', 'PutPermission', 'event bus', 'eventBusName', busPermission),
  grant('ssm', 'ModifyDocumentPermission', 'document', 'name', listedIn('accountIdsToAdd', 'accountIdsToRemove')),
  grant(
    'ec2',
    'ModifyVpcEndpointServicePermissions',
    'endpoint service',
    'serviceId',
    listedIn('addAllowedPrincipals', 'removeAllowedPrincipals'),
  ),
  grant('ram', 'AssociateResourceShare CreateResourceShare', 'resource share', 'name resourceShareArn', shared),
  grant('redshift', 'AuthorizeDataShare', 'data share', 'dataShareArn', oneIn('consumerIdentifier')),
  grant('redshift', 'AuthorizeEndpointAccess', 'cluster', 'clusterIdentifier', oneIn('account')),
];

/** What the event grants, if it is one of these calls. */
export function resourceGrantOf({ source, name }: CloudTrailEvent): ResourceGrant | undefined {
  return RESOURCE_GRANTS.find((one) => one.names.includes(name) && (one.source === source || one.source === 'any'));
}
