import { expect, test } from 'vitest';
import { accessPoints } from '../../../inventory/s3/access-point.ts';
import { describeReader, facetOf, type ReaderContract, refusalOf, subjectOf } from '../describe-reader.ts';
import { ACCOUNT, type Answers, pages, refused } from '../fake-session.ts';
import { bucketAnswers, OPEN_STATEMENT } from './bucket-answers.ts';

const closed = { blockPublicAcls: true, ignorePublicAcls: true, blockPublicPolicy: true, restrictPublicBuckets: true };
const flags = { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true };
const arnOf = (name: string) => `arn:aws:s3:eu-central-1:${ACCOUNT}:accesspoint/${name}`;
const press = { Name: 'press', AccessPointArn: arnOf('press'), Bucket: 'web', NetworkOrigin: 'Internet', BucketAccountId: ACCOUNT };
const inside = { ...press, Name: 'inside', AccessPointArn: arnOf('inside'), NetworkOrigin: 'VPC', BucketAccountId: '444455556666' };
const statement = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `${arnOf('press')}/object/*` };

const contract: ReaderContract = {
  reader: accessPoints,
  answers: {
    ...bucketAnswers,
    's3control:ListAccessPoints': pages({ AccessPointList: [press] }, { AccessPointList: [inside] }),
    's3control:GetAccessPoint': { Name: 'press', PublicAccessBlockConfiguration: flags },
    's3control:GetAccessPointPolicy': { Policy: JSON.stringify({ Statement: statement }) },
  },
  ids: ['press', 'inside'],
  facets: {
    accessPoint: { bucketName: 'web', networkOrigin: 'Internet' },
    accountPublicAccessBlock: { ...closed, ignorePublicAcls: false, blockPublicPolicy: false, restrictPublicBuckets: false },
    publicAccessBlock: closed,
    policy: { statements: [{ ...OPEN_STATEMENT, resources: [`${arnOf('press')}/object/*`] }] },
    bucketPublicAccessBlock: closed,
    bucketPolicy: { statements: [OPEN_STATEMENT] },
  },
  absences: {
    policy: { answers: { 's3control:GetAccessPointPolicy': () => throwing('NoSuchAccessPointPolicy') }, facet: 'policy', value: undefined },
    'bucket policy': { answers: { 's3:GetBucketPolicy': () => throwing('NoSuchBucketPolicy') }, facet: 'bucketPolicy', value: undefined },
    'bucket block': {
      answers: { 's3:GetPublicAccessBlock': () => throwing('NoSuchPublicAccessBlockConfiguration') },
      facet: 'bucketPublicAccessBlock',
      value: { blockPublicAcls: false, ignorePublicAcls: false, blockPublicPolicy: false, restrictPublicBuckets: false },
    },
  },
};

describeReader(contract);
const subject = (answers: Answers, wanted = 'press') => subjectOf({ ...contract, subject: wanted }, { ...contract.answers, ...answers });

test('an access point is asked for in its region, in the name of its account', async () => {
  const { resource, sent } = await subject({});
  expect(resource.identity).toMatchObject({ arn: arnOf('press'), region: 'eu-central-1', accountId: ACCOUNT });
  for (const facet of Object.keys(contract.facets)) await resource.facet(facet);
  const asked = Object.fromEntries(sent.map(({ operation, region, input }) => [operation, { region, ...input }]));
  expect(asked).toMatchObject({
    's3control:ListAccessPoints': { region: 'eu-central-1', AccountId: ACCOUNT, MaxResults: 1_000 },
    's3control:GetAccessPoint': { region: 'eu-central-1', AccountId: ACCOUNT, Name: 'press' },
    's3control:GetAccessPointPolicy': { region: 'eu-central-1', AccountId: ACCOUNT, Name: 'press' },
    's3control:GetPublicAccessBlock': { region: 'us-east-1', AccountId: ACCOUNT },
    's3:GetBucketPolicy': { region: 'eu-central-1', Bucket: 'web' },
    's3:GetPublicAccessBlock': { region: 'eu-central-1', Bucket: 'web' },
  });
});

test.each(['bucketPolicy', 'bucketPublicAccessBlock'])("%s of another account's bucket is not ours to read", async (facet) => {
  const { resource, sent } = await subject({}, 'inside');
  expect(await refusalOf(() => facetOf(resource, facet))).toMatchObject({ cause: 'other-account' });
  expect(sent.map(({ operation }) => operation)).not.toContainEqual(expect.stringMatching(/^s3:/));
});

test('a bucket of which S3 does not say whose it is, is asked', async () => {
  const { BucketAccountId: _whose, ...unsaid } = press;
  const { resource } = await subject({ 's3control:ListAccessPoints': { AccessPointList: [unsaid] } });
  expect(await facetOf(resource, 'bucketPolicy')).toEqual({ statements: [OPEN_STATEMENT] });
});

test.each([
  ['name', { ...press, Name: undefined }],
  ['ARN', { ...press, AccessPointArn: undefined }],
  ['bucket', { ...press, Bucket: undefined }],
  ['network origin', { ...press, NetworkOrigin: undefined }],
  ['known network origin', { ...press, NetworkOrigin: 'Moon' }],
])('an access point without %s leaves the others known, and the list partial', async (_what, broken) => {
  const { resource, session } = await subject({ 's3control:ListAccessPoints': { AccessPointList: [broken, press] } });
  expect(resource.identity.id).toBe('press');
  const listed = await accessPoints.list(session, { accountId: ACCOUNT, region: 'eu-central-1' });
  expect(listed.unread).toMatchObject({ cause: 'malformed', operation: 's3control:ListAccessPoints' });
});

test.each([
  ['publicAccessBlock', 's3control:GetAccessPoint', {}],
  ['publicAccessBlock', 's3control:GetAccessPoint', { PublicAccessBlockConfiguration: { BlockPublicAcls: true } }],
  ['policy', 's3control:GetAccessPointPolicy', {}],
  ['policy', 's3control:GetAccessPointPolicy', { Policy: '{"Statement":[{"Effect":"Allow"}]}' }],
])('%s is unread when %s answers %j', async (facet, operation, answer) => {
  const { resource } = await subject({ [operation]: answer });
  expect(await refusalOf(() => facetOf(resource, facet))).toMatchObject({ cause: 'malformed', operation });
});

function throwing(name: string): never {
  throw refused(name, 404);
}
