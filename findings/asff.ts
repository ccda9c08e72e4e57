import type { AwsSecurityFinding, Partition, Resource, ResourceDetails } from '@aws-sdk/client-securityhub';
import type { AnyCheck } from '../checks/check.ts';
import type { ResourceIdentity, ResourceType } from '../inventory/resource.ts';
import { toWho } from './actor-words.ts';
import { type Cause, isProbable } from './cause.ts';
import type { ExceptionTerms } from './exception.ts';
import type { Finding } from './finding.ts';
import { toInert } from './inert.ts';
import { labelOf, toMinute } from './words.ts';

/** The Security Hub that findings are imported into: the deployment's own account and region. */
export interface Hub {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}

/** What of a finding is told: its type and evidence may be anything that was read somewhere. */
export type ImportedFinding = Omit<Finding, 'resource' | 'evidence'> & {
  readonly resource: Omit<ResourceIdentity, 'type'> & { readonly type: string };
  readonly evidence: Readonly<Record<string, unknown>>;
};

/**
 * A finding in the AWS Security Finding Format. `check` is absent when it is no longer known.
 *
 * - `AwsAccountId` is the hub's own account: of the default product Security Hub takes only findings of the account that imports them
 *   (https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchImportFindings.html). The audited account stands in the resource's ARN and in
 *   `ProductFields`.
 * - `Id` is stable, so that each import updates the one before; an import whose `UpdatedAt` is older than what is there is ignored. Delivered twice, it
 *   changes nothing.
 * - Severity and types go where their provider is to put them, in `FindingProviderFields`; Security Hub copies them to the top unless a person has changed
 *   them there. `Workflow` and `Note` are people's: an import can set them only when it creates a finding, and could never take them back, so they are
 *   never sent. https://docs.aws.amazon.com/securityhub/latest/userguide/finding-update-batchimportfindings.html
 * - What is excepted has failed and is archived, for an import can take that back: when the exception ends, the finding is active, and Security Hub
 *   makes a workflow that was notified or resolved new. https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_Workflow.html
 * - `SecurityControlId` is our check, the same whatever framework asks for it. AssociatedStandards are standards enabled in Security Hub: our checks are
 *   part of none. https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_Compliance.html
 * - Security Hub forgets findings that nobody updated for 90 days: see `refreshImported`.
 *
 * Texts are of anybody's making: they are made harmless and cut to the format's limits.
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsSecurityFinding.html
 */
export function toAsff(finding: ImportedFinding, check: AnyCheck | undefined, hub: Hub): AwsSecurityFinding {
  const { id, checkId, firstSeenAt, observedAt, severity, state } = finding;
  return {
    SchemaVersion: '2018-10-08',
    Id: `${PROVIDER}/${id}`,
    ProductArn: `arn:${hub.partition}:securityhub:${hub.region}:${hub.accountId}:product/${hub.accountId}/default`,
    GeneratorId: said(`${PROVIDER}/${checkId}`, 512),
    AwsAccountId: hub.accountId,
    FindingProviderFields: { Severity: { Label: severity, Original: severity }, Types: [FINDING_TYPE] },
    CreatedAt: firstSeenAt,
    FirstObservedAt: firstSeenAt,
    UpdatedAt: observedAt,
    LastObservedAt: observedAt,
    Title: said(check?.title ?? checkId, 256),
    Description: said(toDescription(finding, check), 1_024),
    ...(check ? { Remediation: { Recommendation: toRecommendation(check) } } : {}),
    ProductFields: toProductFields(finding),
    Resources: [toResource(finding)],
    Compliance: { Status: toStatus(finding), SecurityControlId: said(checkId, 512), ...(check ? toRequirements(check) : {}) },
    RecordState: state === 'open' ? 'ACTIVE' : 'ARCHIVED',
  };
}

const PROVIDER = 'cloud-posture';
/** https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-findings-format-type-taxonomy.html */
const FINDING_TYPE = 'Software and Configuration Checks/AWS Security Best Practices';

function toDescription({ reason, resource, state, openedAt, resolvedAt }: ImportedFinding, check: AnyCheck | undefined): string {
  const until = state === 'resolved' ? ` until ${resolvedAt === undefined ? 'now' : toMinute(resolvedAt)}` : '';
  const where = `on ${toInert(labelOf(resource), 200)} (${resource.accountId}, ${resource.region})`;
  return `${reason} ${where} since ${toMinute(openedAt)}${until}.${check ? ` ${check.risk}` : ''}`;
}

function toRecommendation({ remediation, equivalents }: AnyCheck) {
  const url = controlPage(equivalents.securityHub?.[0]);
  return { Text: said(remediation.text, 512), ...(url === undefined ? {} : { Url: url }) };
}

/** The page on which Security Hub tells how to fix what its own control of the same kind finds: `EC2.13`. */
function controlPage(control: string | undefined): string | undefined {
  const [, service, number] = /^([A-Za-z0-9]+)\.(\d+)$/.exec(control ?? '') ?? [];
  if (service === undefined) return undefined;
  const page = service.toLowerCase();
  return `https://docs.aws.amazon.com/securityhub/latest/userguide/${page}-controls.html#${page}-${number}`;
}

/** At most 50, with keys of at most 128 and values of at most 2,048 characters. */
function toProductFields(finding: ImportedFinding): Record<string, string> {
  const { checkId, resource, scope, reason, history, reopened } = finding;
  const resolution = finding.state === 'resolved' ? resolvedBecause(finding) : undefined;
  const cause = history.findLast((step) => step.cause !== undefined)?.cause;
  return {
    ProviderName: PROVIDER,
    [`${PROVIDER}/AccountId`]: said(scope.accountId, 64),
    [`${PROVIDER}/Region`]: said(resource.region, 64),
    [`${PROVIDER}/CheckId`]: said(checkId, 512),
    [`${PROVIDER}/Reason`]: said(reason, 1_024),
    [`${PROVIDER}/Reopened`]: String(reopened),
    [`${PROVIDER}/RunId`]: said(history.at(-1)?.runId ?? '', 128),
    ...(resolution === undefined ? {} : { [`${PROVIDER}/Resolution`]: said(resolution, 1_024) }),
    ...(finding.exception ? toExceptionFields(finding.exception) : {}),
    ...(cause ? toCauseFields(cause, scope.accountId) : {}),
  };
}

function toExceptionFields({ owner, reason, expires, ticket }: ExceptionTerms): Record<string, string> {
  return {
    [`${PROVIDER}/ExceptedBy`]: said(owner, 256),
    [`${PROVIDER}/ExceptedUntil`]: said(expires, 64),
    [`${PROVIDER}/ExceptionReason`]: said(reason, 1_024),
    [`${PROVIDER}/ExceptionTicket`]: said(ticket, 512),
  };
}

/** Who was behind the newest change of which that is known. */
function toCauseFields(cause: Cause, accountId: string): Record<string, string> {
  const { eventId, eventName, at, actor } = cause;
  return {
    [`${PROVIDER}/Actor`]: said(`${isProbable(cause) ? 'probably ' : ''}${toWho(actor, accountId)}`, 1_024),
    [`${PROVIDER}/EventId`]: said(eventId, 128),
    [`${PROVIDER}/EventName`]: said(eventName, 128),
    [`${PROVIDER}/EventTime`]: said(at, 64),
  };
}

function resolvedBecause({ history }: ImportedFinding): string | undefined {
  return history.findLast(({ kind }) => kind === 'resolved')?.reason;
}

/** What is gone, or no longer asked for, did not pass. */
function toStatus(finding: ImportedFinding): 'FAILED' | 'PASSED' | 'NOT_AVAILABLE' {
  if (finding.state !== 'resolved') return 'FAILED';
  return resolvedBecause(finding) === 'passes now' ? 'PASSED' : 'NOT_AVAILABLE';
}

/** At most 32. */
function toRequirements({ controls }: AnyCheck): { RelatedRequirements?: string[] } {
  return controls.length === 0 ? {} : { RelatedRequirements: controls.slice(0, 32).map((control) => said(control, 64)) };
}

/** Security Hub's names of our types (ResourceDetails, API reference); `Other` where it has none. */
const ASFF_TYPES = {
  'AWS::ApiGateway::Stage': 'AwsApiGatewayStage',
  'AWS::ApiGatewayV2::Stage': 'AwsApiGatewayV2Stage',
  'AWS::AutoScaling::AutoScalingGroup': 'AwsAutoScalingAutoScalingGroup',
  'AWS::CloudFront::Distribution': 'AwsCloudFrontDistribution',
  'AWS::CloudTrail::Trail': 'AwsCloudTrailTrail',
  'AWS::EC2::Instance': 'AwsEc2Instance',
  'AWS::EC2::LaunchTemplate': 'AwsEc2LaunchTemplate',
  'AWS::EC2::NetworkAcl': 'AwsEc2NetworkAcl',
  'AWS::EC2::NetworkInterface': 'AwsEc2NetworkInterface',
  'AWS::EC2::RouteTable': 'AwsEc2RouteTable',
  'AWS::EC2::SecurityGroup': 'AwsEc2SecurityGroup',
  'AWS::EC2::Subnet': 'AwsEc2Subnet',
  'AWS::EC2::VPC': 'AwsEc2Vpc',
  'AWS::EC2::VPCPeeringConnection': 'AwsEc2VpcPeeringConnection',
  'AWS::EC2::Volume': 'AwsEc2Volume',
  'AWS::ECR::Repository': 'AwsEcrRepository',
  'AWS::ElasticLoadBalancingV2::LoadBalancer': 'AwsElbv2LoadBalancer',
  'AWS::IAM::Group': 'AwsIamGroup',
  'AWS::IAM::ManagedPolicy': 'AwsIamPolicy',
  'AWS::IAM::Role': 'AwsIamRole',
  'AWS::IAM::User': 'AwsIamUser',
  'AWS::KMS::Key': 'AwsKmsKey',
  'AWS::Lambda::Function': 'AwsLambdaFunction',
  'AWS::Organizations::Account': 'AwsAccount',
  'AWS::RDS::DBCluster': 'AwsRdsDbCluster',
  'AWS::RDS::DBClusterSnapshot': 'AwsRdsDbClusterSnapshot',
  'AWS::RDS::DBInstance': 'AwsRdsDbInstance',
  'AWS::RDS::DBSnapshot': 'AwsRdsDbSnapshot',
  'AWS::S3::Bucket': 'AwsS3Bucket',
  'AWS::SNS::Topic': 'AwsSnsTopic',
  'AWS::SQS::Queue': 'AwsSqsQueue',
  'AWS::SecretsManager::Secret': 'AwsSecretsManagerSecret',
} as const satisfies Readonly<Partial<Record<ResourceType, keyof ResourceDetails | 'AwsAccount'>>>;

function isNamed(type: string): type is keyof typeof ASFF_TYPES {
  return Object.hasOwn(ASFF_TYPES, type);
}

const PARTITIONS: readonly Partition[] = ['aws', 'aws-cn', 'aws-us-gov'];

function toResource({ resource, evidence }: ImportedFinding): Resource {
  const { type, arn, region, tags } = resource;
  const partition = PARTITIONS.find((name) => name === resource.partition);
  const tagged = toTags(tags);
  return {
    Type: isNamed(type) ? ASFF_TYPES[type] : 'Other',
    Id: said(arn, 2_048),
    ...(partition === undefined ? {} : { Partition: partition }),
    ...(/^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/.test(region) && region.length <= 16 ? { Region: region } : {}),
    ...(Object.keys(tagged).length === 0 ? {} : { Tags: tagged }),
    Details: { Other: { ...toDetails(evidence), ResourceType: said(type, 128) } },
  };
}

const MOST_TAGS = 50;

/**
 * Only tags that Security Hub takes: one that it does not would cost us the whole finding.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/asff-resources-attributes.html#asff-resources-tags
 */
function toTags(tags: Readonly<Record<string, string>>): Record<string, string> {
  const taken = Object.entries(tags).filter(
    ([key, value]) =>
      /^(?!aws:)[\w .:+=@/-]{1,128}$/i.test(key) && /^[\w .:+=@/-]{1,256}$/.test(value) && /\S/.test(key) && /\S/.test(value),
  );
  return Object.fromEntries(taken.slice(0, MOST_TAGS));
}

const MOST_DETAILS = 40;

/** What was seen. At most 50 details, with keys of fewer than 128 and values of fewer than 1,024 characters. */
function toDetails(evidence: ImportedFinding['evidence']): Record<string, string> {
  const details = Object.entries(evidence).slice(0, MOST_DETAILS);
  return Object.fromEntries(details.map(([key, value]) => [said(key, 127), said(toText(value), 1_023)]));
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

/** Security Hub takes no text without a visible character. */
function said(text: string, length: number): string {
  const inert = toInert(text, length);
  return inert === '' ? '-' : inert;
}
