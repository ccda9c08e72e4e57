import { expect, test } from 'vitest';
import { accountRegions } from '../../../inventory/account/region.ts';
import { describeReader, facetOf, type ReaderContract, refusalOf, subjectOf } from '../describe-reader.ts';
import { ACCOUNT, type Answers, pages, refused } from '../fake-session.ts';

const REGION = 'eu-central-1';
const analyzer = (name: string, type = 'ACCOUNT', status = 'ACTIVE') => ({
  ...{ name, type, status },
  arn: `arn:aws:access-analyzer:${REGION}:${ACCOUNT}:analyzer/${name}`,
});
const found = (resource: string) => ({ resource, resourceType: 'AWS::SNS::Topic', resourceOwnerAccount: ACCOUNT });
const standard = { StandardsArn: 'arn:aws:securityhub:eu-central-1::standards/a', StandardsStatus: 'READY' };
const scanned = (...types: readonly string[]) => ({
  accounts: [
    {
      accountId: ACCOUNT,
      resourceState: Object.fromEntries(
        ['ec2', 'ecr', 'lambda', 'lambdaCode'].map((type) => [type, { status: types.includes(type) ? 'ENABLED' : 'DISABLED' }]),
      ),
    },
  ],
});
const recorder = { name: 'default', recordingGroup: { allSupported: true, includeGlobalResourceTypes: false } };
const notEnabled = () => throwing(refused('AccessDeniedException', 403, 'Macie is not enabled.'));
const buckets = (...regions: readonly (string | undefined)[]) => ({
  Buckets: regions.map((BucketRegion, index) => ({ Name: `bucket-${index}`, BucketRegion })),
});

const answers: Answers = {
  'access-analyzer:ListAnalyzers': pages(
    { analyzers: [analyzer('unused', 'ACCOUNT_UNUSED_ACCESS')] },
    { analyzers: [analyzer('external')] },
  ),
  'access-analyzer:ListFindingsV2': pages({ findings: [found('arn:one')] }, { findings: [found('arn:two')] }),
  'config:DescribeConfigurationRecorders': { ConfigurationRecorders: [recorder] },
  'config:DescribeConfigurationRecorderStatus': {
    ConfigurationRecordersStatus: [{ name: 'default', recording: true, lastStatus: 'Success' }],
  },
  'config:DescribeDeliveryChannels': { DeliveryChannels: [{ name: 'default', s3BucketName: 'record' }] },
  'guardduty:ListDetectors': { DetectorIds: ['d-1'] },
  'guardduty:GetDetector': {
    Status: 'ENABLED',
    FindingPublishingFrequency: 'SIX_HOURS',
    Features: [
      { Name: 'S3_DATA_EVENTS', Status: 'ENABLED' },
      { Name: 'RDS_LOGIN_EVENTS', Status: 'DISABLED' },
    ],
  },
  'inspector2:BatchGetAccountStatus': scanned('ecr'),
  'inspector2:ListFindings': pages({ findings: [] }, { findings: [{ severity: 'HIGH' }] }),
  'macie2:GetMacieSession': notEnabled,
  's3:ListBuckets': buckets('us-east-1', REGION),
  'ssm:GetServiceSetting': { ServiceSetting: { SettingValue: 'Disable' } },
  'securityhub:DescribeHub': { HubArn: 'arn:aws:securityhub:eu-central-1:1:hub/default' },
  'securityhub:GetEnabledStandards': pages({ StandardsSubscriptions: [standard] }, { StandardsSubscriptions: [] }),
};

const contract: ReaderContract = {
  reader: accountRegions,
  unpaged: true,
  ids: [REGION],
  answers,
  facets: {
    analyzers: [analyzer('unused', 'ACCOUNT_UNUSED_ACCESS'), analyzer('external')],
    publicResources: ['arn:one', 'arn:two'].map((arn) => ({ arn, type: 'AWS::SNS::Topic', accountId: ACCOUNT })),
    detector: {
      ...{ id: 'd-1', enabled: true, publishes: 'SIX_HOURS' },
      features: [
        { name: 'S3_DATA_EVENTS', enabled: true },
        { name: 'RDS_LOGIN_EVENTS', enabled: false },
      ],
    },
    publicDocuments: 'Disable',
    hub: { enabled: true, standards: [{ arn: standard.StandardsArn, status: 'READY' }] },
    macie: { status: 'off', hasBuckets: true },
    recording: {
      recorder: { name: 'default', recording: true, lastStatus: 'SUCCESS', records: { strategy: 'all', globalTypes: false } },
      hasDeliveryChannel: true,
    },
    scanning: { ec2: false, ecr: true, lambda: false, lambdaCode: false },
    worstFinding: 'HIGH',
  },
  absences: {
    'analyzers of external access': {
      answers: {
        'access-analyzer:ListAnalyzers': { analyzers: [analyzer('old', 'ACCOUNT', 'DISABLED'), analyzer('u', 'ACCOUNT_UNUSED_ACCESS')] },
      },
      facet: 'publicResources',
      value: undefined,
    },
    detector: { answers: { 'guardduty:ListDetectors': { DetectorIds: [] } }, facet: 'detector', value: undefined },
    hub: {
      answers: {
        'securityhub:DescribeHub': () =>
          throwing(refused('InvalidAccessException', 401, `Account ${ACCOUNT} is not subscribed to AWS Security Hub`)),
      },
      facet: 'hub',
      value: { enabled: false, standards: [] },
    },
    'bucket beside Macie': {
      answers: { 's3:ListBuckets': buckets('us-east-1') },
      facet: 'macie',
      value: { status: 'off', hasBuckets: false },
    },
    recorder: {
      answers: {
        'config:DescribeConfigurationRecorders': { ConfigurationRecorders: [{ name: 'linked', servicePrincipal: 'x.amazonaws.com' }] },
        'config:DescribeDeliveryChannels': { DeliveryChannels: [] },
      },
      facet: 'recording',
      value: { recorder: undefined, hasDeliveryChannel: false },
    },
    'resource types that are scanned': {
      answers: { 'inspector2:BatchGetAccountStatus': scanned() },
      facet: 'worstFinding',
      value: undefined,
    },
    'severe findings': { answers: { 'inspector2:ListFindings': { findings: [] } }, facet: 'worstFinding', value: 'none' },
  },
};

describeReader(contract);

test.each([
  [
    'macie',
    'macie2:GetMacieSession',
    'AccessDeniedException',
    'User: arn:aws:sts::1:assumed-role/audit is not authorized to perform: macie2:GetMacieSession',
  ],
  ['hub', 'securityhub:DescribeHub', 'AccessDeniedException', 'User is not authorized to perform: securityhub:DescribeHub'],
  ['hub', 'securityhub:DescribeHub', 'InvalidAccessException', 'Account 1 is not an administrator for this organization'],
])('a refusal is not taken for a service that is off: %s %s', async (facet, operation, name, message) => {
  const { resource } = await subjectOf(contract, { ...answers, [operation]: () => throwing(refused(name, 403, message)) });
  expect(await refusalOf(() => facetOf(resource, facet))).toMatchObject({ operation });
});

test('findings are asked of analyzers of external access that are active, public and active ones alone', async () => {
  const { resource, sent } = await subjectOf(contract);
  await facetOf(resource, 'publicResources');
  const asked = sent.flatMap(({ operation, input }) => (operation === 'access-analyzer:ListFindingsV2' ? [input] : []));
  expect(asked.map(({ analyzerArn, filter }) => ({ analyzerArn, filter }))).toEqual(
    [1, 2].map(() => ({ analyzerArn: analyzer('external').arn, filter: { status: { eq: ['ACTIVE'] }, isPublic: { eq: ['true'] } } })),
  );
});

test('where an analyzer may have been missed, what the known ones found is not all', async () => {
  const one = pages({ analyzers: [analyzer('external')] }, {});
  const { resource } = await subjectOf(contract, { ...answers, 'access-analyzer:ListAnalyzers': one });
  expect(await refusalOf(() => facetOf(resource, 'publicResources'))).toMatchObject({ cause: 'malformed' });
});

test('Macie that runs asks for no buckets, and one that is suspended does', async () => {
  const of = async (status: string) => {
    const { resource, sent } = await subjectOf(contract, { ...answers, 'macie2:GetMacieSession': { status } });
    return { value: await facetOf(resource, 'macie'), asked: sent.map(({ operation }) => operation) };
  };
  expect(await of('ENABLED')).toEqual({ value: { status: 'ENABLED' }, asked: ['macie2:GetMacieSession'] });
  expect(await of('PAUSED')).toMatchObject({ value: { status: 'PAUSED', hasBuckets: true } });
});

test('a bucket of which nobody says where it is may be in the region', async () => {
  const { resource } = await subjectOf(contract, { ...answers, 's3:ListBuckets': buckets('us-east-1', undefined) });
  expect(await refusalOf(() => facetOf(resource, 'macie'))).toMatchObject({ cause: 'malformed' });
});

test('Inspector has nothing to say while it is only being enabled, but for what it has found', async () => {
  const enabling = JSON.parse(JSON.stringify(scanned('ec2')).replace('"ENABLED"', '"ENABLING"'));
  const young = { ...answers, 'inspector2:BatchGetAccountStatus': enabling };
  const { resource } = await subjectOf(contract, { ...young, 'inspector2:ListFindings': { findings: [] } });
  expect(await facetOf(resource, 'scanning')).toMatchObject({ ec2: true });
  expect(await refusalOf(() => facetOf(resource, 'worstFinding'))).toMatchObject({ cause: 'no-data', permissions: [] });
  const { resource: found } = await subjectOf(contract, young);
  expect(await facetOf(found, 'worstFinding')).toBe('HIGH');
});

test('what Inspector says of the account alone counts, and an answer without it is none', async () => {
  const { resource } = await subjectOf(contract, { ...answers, 'inspector2:BatchGetAccountStatus': { accounts: [], failedAccounts: [] } });
  expect(await refusalOf(() => facetOf(resource, 'scanning'))).toMatchObject({ cause: 'malformed' });
});

test.each([
  [
    { recordingStrategy: { useOnly: 'INCLUSION_BY_RESOURCE_TYPES' }, resourceTypes: ['AWS::S3::Bucket'] },
    { strategy: 'only', types: ['AWS::S3::Bucket'] },
  ],
  [
    { allSupported: false, resourceTypes: ['AWS::S3::Bucket'] },
    { strategy: 'only', types: ['AWS::S3::Bucket'] },
  ],
  [
    { recordingStrategy: { useOnly: 'EXCLUSION_BY_RESOURCE_TYPES' }, exclusionByResourceTypes: { resourceTypes: ['AWS::IAM::User'] } },
    { strategy: 'all-but', types: ['AWS::IAM::User'] },
  ],
  [
    { recordingStrategy: { useOnly: 'ALL_SUPPORTED_RESOURCE_TYPES' }, includeGlobalResourceTypes: true },
    { strategy: 'all', globalTypes: true },
  ],
])('a recording group of %j records %j', async (recordingGroup, records) => {
  const recorders = { ConfigurationRecorders: [{ name: 'default', recordingGroup }] };
  const { resource } = await subjectOf(contract, { ...answers, 'config:DescribeConfigurationRecorders': recorders });
  expect(await facetOf(resource, 'recording')).toMatchObject({ recorder: { records } });
});

test('a recorder of whose state nothing is said is not judged', async () => {
  const { resource } = await subjectOf(contract, {
    ...answers,
    'config:DescribeConfigurationRecorderStatus': { ConfigurationRecordersStatus: [] },
  });
  expect(await refusalOf(() => facetOf(resource, 'recording'))).toMatchObject({ cause: 'malformed' });
});

test('standards that may not be listed leave it known that Security Hub is on', async () => {
  const { resource } = await subjectOf(contract, {
    ...answers,
    'securityhub:GetEnabledStandards': () => throwing(refused('AccessDenied', 403)),
  });
  const hub = await resource.facet('hub');
  expect(hub).toMatchObject({ read: true, value: { enabled: true } });
  expect(await refusalOf(() => facetOf(resource, 'hub'))).toMatchObject({ cause: 'denied', operation: 'securityhub:GetEnabledStandards' });
});

function throwing(error: Error): never {
  throw error;
}
