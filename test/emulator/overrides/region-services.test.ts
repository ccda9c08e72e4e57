import { AccessAnalyzerClient, ListAnalyzersCommand, ListFindingsV2Command } from '@aws-sdk/client-accessanalyzer';
import { APIGatewayClient, GetRestApisCommand, GetStagesCommand } from '@aws-sdk/client-api-gateway';
import { ApiGatewayV2Client, GetApisCommand, GetStagesCommand as GetHttpStagesCommand } from '@aws-sdk/client-apigatewayv2';
import { CloudFrontClient, GetDistributionConfigCommand, ListDistributionsCommand } from '@aws-sdk/client-cloudfront';
import { CloudWatchLogsClient, DescribeDeliverySourcesCommand } from '@aws-sdk/client-cloudwatch-logs';
import { ConfigServiceClient, DescribeConfigurationRecordersCommand } from '@aws-sdk/client-config-service';
import { GetDetectorCommand, GuardDutyClient, ListDetectorsCommand } from '@aws-sdk/client-guardduty';
import { BatchGetAccountStatusCommand, Inspector2Client, ListFindingsCommand } from '@aws-sdk/client-inspector2';
import { GetMacieSessionCommand, Macie2Client } from '@aws-sdk/client-macie2';
import { DescribeHubCommand, GetEnabledStandardsCommand, SecurityHubClient } from '@aws-sdk/client-securityhub';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { watched } from '../../../emulator/account/region-services.ts';
import { account } from '../../../emulator/account.ts';
import { startLocalAws } from '../../../emulator/local-aws.ts';
import { nameOf } from '../error-of.ts';

const ID = '111122223333';

vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });

const aws = await startLocalAws({ regions: ['us-east-1', 'eu-west-1'] });
await aws.seed(
  account(ID, { region: 'eu-west-1' })
    .regionServices('eu-west-1', {
      ...watched(true),
      publicResources: ['arn:aws:s3:::open'],
      guardDuty: { without: ['S3_DATA_EVENTS'] },
      inspectorFindings: ['MEDIUM', 'HIGH', 'CRITICAL'],
    })
    .distribution('E1', { log: 'delivery', tls: 'default', origins: [{ domain: 'b.s3.amazonaws.com', bucketAccess: 'control' }] })
    .distribution('E2', { rootObject: 'index.html' })
    .api('rest', { rest: true, stages: { prod: 'arn:log' } })
    .api('http', { stages: { v1: 'none' } }),
);
const on = aws.client(ID, 'eu-west-1');
const off = aws.client(ID, 'us-east-1');

afterAll(() => aws.stop());

describe('what is on in a region', () => {
  it('is as described', async () => {
    const { analyzers } = await new AccessAnalyzerClient(on).send(new ListAnalyzersCommand({}));
    expect(analyzers).toMatchObject([{ name: 'external', type: 'ACCOUNT', status: 'ACTIVE' }]);
    const { findings } = await new AccessAnalyzerClient(on).send(new ListFindingsV2Command({ analyzerArn: analyzers?.[0]?.arn }));
    expect(findings).toMatchObject([{ resource: 'arn:aws:s3:::open', resourceOwnerAccount: ID }]);
    const { DetectorIds } = await new GuardDutyClient(on).send(new ListDetectorsCommand({}));
    const { Status, Features } = await new GuardDutyClient(on).send(new GetDetectorCommand({ DetectorId: DetectorIds?.[0] }));
    expect({ Status, off: Features?.filter((feature) => feature.Status === 'DISABLED').map(({ Name }) => Name) }).toEqual({
      Status: 'ENABLED',
      off: ['S3_DATA_EVENTS'],
    });
    const { StandardsSubscriptions } = await new SecurityHubClient(on).send(new GetEnabledStandardsCommand({}));
    expect(StandardsSubscriptions).toHaveLength(1);
    expect((await new Macie2Client(on).send(new GetMacieSessionCommand({}))).status).toBe('ENABLED');
    const { ConfigurationRecorders } = await new ConfigServiceClient(on).send(new DescribeConfigurationRecordersCommand({}));
    expect(ConfigurationRecorders?.[0]?.recordingGroup).toMatchObject({ allSupported: true, includeGlobalResourceTypes: true });
    const worst = await new Inspector2Client(on).send(new ListFindingsCommand({ maxResults: 1 }));
    expect(worst.findings).toMatchObject([{ severity: 'CRITICAL' }]);
  });

  it('is refused, or empty, where it is off, as AWS does it', async () => {
    const { accounts } = await new Inspector2Client(off).send(new BatchGetAccountStatusCommand({}));
    expect(accounts).toMatchObject([{ accountId: ID, resourceState: { ec2: { status: 'DISABLED' } } }]);
    expect((await new GuardDutyClient(off).send(new ListDetectorsCommand({}))).DetectorIds).toEqual([]);
    expect((await new ConfigServiceClient(off).send(new DescribeConfigurationRecordersCommand({}))).ConfigurationRecorders).toEqual([]);
    expect(await nameOf(new Macie2Client(off).send(new GetMacieSessionCommand({})))).toBe('AccessDeniedException');
    expect(await nameOf(new SecurityHubClient(off).send(new DescribeHubCommand({})))).toBe('InvalidAccessException');
  });
});

describe('front ends', () => {
  it('are distributions with their logs', async () => {
    const { DistributionList } = await new CloudFrontClient(off).send(new ListDistributionsCommand({}));
    expect(DistributionList?.Items).toMatchObject([
      { Id: 'E1', ViewerCertificate: { CloudFrontDefaultCertificate: true }, Origins: { Items: [{ DomainName: 'b.s3.amazonaws.com' }] } },
      { Id: 'E2', ViewerCertificate: { MinimumProtocolVersion: 'TLSv1.2_2021' } },
    ]);
    const { DistributionConfig } = await new CloudFrontClient(off).send(new GetDistributionConfigCommand({ Id: 'E2' }));
    expect(DistributionConfig).toMatchObject({ DefaultRootObject: 'index.html', Logging: { Enabled: true } });
    const { deliverySources } = await new CloudWatchLogsClient(off).send(new DescribeDeliverySourcesCommand({}));
    expect(deliverySources).toMatchObject([{ resourceArns: [`arn:aws:cloudfront::${ID}:distribution/E1`], logType: 'ACCESS_LOGS' }]);
    expect(await nameOf(new CloudFrontClient(off).send(new GetDistributionConfigCommand({ Id: 'E3' })))).toBe('NoSuchDistribution');
  });

  it('are APIs of both kinds with their stages', async () => {
    expect((await new APIGatewayClient(on).send(new GetRestApisCommand({}))).items).toMatchObject([{ id: 'rest' }]);
    expect((await new APIGatewayClient(on).send(new GetStagesCommand({ restApiId: 'rest' }))).item).toMatchObject([
      { stageName: 'prod', accessLogSettings: { destinationArn: 'arn:log' } },
    ]);
    expect((await new ApiGatewayV2Client(on).send(new GetApisCommand({}))).Items).toMatchObject([{ ApiId: 'http' }]);
    expect((await new ApiGatewayV2Client(on).send(new GetHttpStagesCommand({ ApiId: 'http' }))).Items).toMatchObject([{ StageName: 'v1' }]);
    expect(await nameOf(new APIGatewayClient(on).send(new GetStagesCommand({ restApiId: 'http' })))).toBe('NotFoundException');
  });
});
