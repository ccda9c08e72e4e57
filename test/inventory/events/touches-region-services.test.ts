import { describe, expect, test } from 'vitest';
import { record } from './records.ts';
import { told } from './told-touches.ts';

type Row = readonly [name: string, request: unknown, response: unknown, ...touches: readonly string[]];

function family(source: string, rows: readonly Row[], region = 'eu-west-1') {
  const cases = rows.map(([name, request, response, ...expected]) => ({ name, request, response, expected }));
  test.each(cases)('$name $request', ({ name, request, response, expected }) => {
    const call = { eventSource: source, awsRegion: region, eventName: name, requestParameters: request, responseElements: response };
    expect(told(record({ ...call }))).toEqual(expected);
  });
}

describe('what watches over a region', () => {
  family('guardduty.amazonaws.com', [
    ['CreateDetector', { enable: true }, { detectorId: 'd' }, 'Region eu-west-1: detector'],
    ['UpdateDetector', { detectorId: 'd', enable: false }, null, 'Region eu-west-1: detector'],
    ['DeleteDetector', { detectorId: 'd' }, null, 'Region eu-west-1: detector'],
    ['CreateFilter', { detectorId: 'd', name: 'f' }, null],
  ]);
  family('securityhub.amazonaws.com', [
    ['EnableSecurityHub', {}, null, 'Region eu-west-1: hub'],
    ['DisableSecurityHub', null, null, 'Region eu-west-1: hub'],
    ['BatchDisableStandards', { StandardsSubscriptionArns: [] }, null, 'Region eu-west-1: hub'],
  ]);
  family('inspector2.amazonaws.com', [
    ['Enable', { resourceTypes: ['EC2'] }, null, 'Region eu-west-1: scanning worstFinding'],
    ['Disable', { resourceTypes: ['EC2'] }, null, 'Region eu-west-1: scanning worstFinding'],
    ['CreateFilter', { action: 'SUPPRESS' }, null, 'Region eu-west-1: worstFinding'],
  ]);
  family('macie2.amazonaws.com', [
    ['EnableMacie', {}, null, 'Region eu-west-1: macie'],
    ['UpdateMacieSession', { status: 'PAUSED' }, null, 'Region eu-west-1: macie'],
  ]);
  family('access-analyzer.amazonaws.com', [
    ['DeleteAnalyzer', { analyzerName: 'external' }, null, 'Region eu-west-1: analyzers publicResources'],
    ['UpdateFindings', { status: 'ARCHIVED' }, null, 'Region eu-west-1: publicResources'],
  ]);
  family('config.amazonaws.com', [
    [
      'StopConfigurationRecorder',
      { configurationRecorderName: 'default' },
      null,
      '(Account 111122223333: configRecorders)',
      'Region eu-west-1: recording',
    ],
    ['DeleteDeliveryChannel', { deliveryChannelName: 'default' }, null, 'Region eu-west-1: recording'],
    ['PutConfigRule', {}, null],
  ]);
});

describe('front ends', () => {
  const ANY = '(Distribution *: logDelivery)';
  family(
    'cloudfront.amazonaws.com',
    [
      ['CreateDistribution', {}, { distribution: { id: 'E1' } }, 'Distribution E1'],
      ['CreateDistributionWithTags', null, null, 'Distribution *'],
      ['UpdateDistribution', { id: 'E1' }, { distribution: { id: 'E1' } }, 'Distribution E1'],
      ['DisassociateDistributionWebACL', { id: 'E1' }, null, 'Distribution E1: distribution'],
      ['DeleteDistribution', { id: 'E1', ifMatch: 'x' }, null, 'Distribution E1 gone'],
      ['UpdateOriginAccessControl', { id: 'E2' }, null, '(Distribution *: origins)'],
      ['CreateInvalidation', { distributionId: 'E1' }, null],
    ],
    'us-east-1',
  );
  family('logs.amazonaws.com', [['DeleteDelivery', { id: 'd' }, null, ANY]], 'us-east-1');
  family('apigateway.amazonaws.com', [
    ['CreateStage', { restApiId: 'one', createStageInput: { stageName: 'prod' } }, null, 'Stage one/prod'],
    ['UpdateStage', { restApiId: 'one', stageName: 'prod' }, null, 'Stage one/prod'],
    ['UpdateStage', { apiId: 'two', stageName: '$default' }, null, 'Stage two/$default'],
    ['UpdateStage', null, null, 'Stage *', 'Stage *'],
    ['CreateStage', { restApiId: 'one' }, null, 'Stage *'],
    ['DeleteStage', { restApiId: 'one', stageName: 'prod' }, null, 'Stage one/prod gone'],
    ['DeleteAccessLogSettings', { apiId: 'two', stageName: 'v1' }, null, 'Stage two/v1'],
    ['CreateDeployment', { restApiId: 'one', createDeploymentInput: { stageName: 'prod' } }, null, 'Stage *'],
    ['DeleteRestApi', { restApiId: 'one' }, null, 'Stage *'],
    ['DeleteApi', { apiId: 'two' }, null, 'Stage *'],
  ]);
});
