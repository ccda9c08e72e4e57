import { ACCOUNT, type Answers, pages } from '../fake-session.ts';
import { bucketAnswers } from '../s3/bucket-answers.ts';

export const MAIN = `arn:aws:cloudtrail:eu-west-1:${ACCOUNT}:trail/main`;
/** Seen from a member account: it belongs to the organisation's management account. */
export const ORGANIZATION = 'arn:aws:cloudtrail:us-east-1:999999999999:trail/organization';

export const mainTrail = {
  Name: 'main',
  TrailARN: MAIN,
  HomeRegion: 'eu-west-1',
  S3BucketName: 'logs',
  IsMultiRegionTrail: true,
  IncludeGlobalServiceEvents: true,
  LogFileValidationEnabled: true,
  IsOrganizationTrail: false,
  CloudWatchLogsLogGroupArn: `arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:trail:*`,
};

/** Two trails on two pages; the first logs everything into the bucket `logs` of the account. */
export const trailAnswers: Answers = {
  ...bucketAnswers,
  'cloudtrail:ListTrails': pages(
    { Trails: [{ TrailARN: MAIN, Name: 'main', HomeRegion: 'eu-west-1' }] },
    { Trails: [{ TrailARN: ORGANIZATION, Name: 'organization', HomeRegion: 'us-east-1' }] },
  ),
  'cloudtrail:GetTrail': { Trail: mainTrail },
  'cloudtrail:GetTrailStatus': {
    IsLogging: true,
    StartLoggingTime: new Date('2026-01-02T03:04:05Z'),
    LatestDeliveryTime: new Date('2026-11-21T05:00:00Z'),
    LatestDeliveryError: '',
    LatestCloudWatchLogsDeliveryTime: new Date('2026-11-21T05:01:00Z'),
    LatestCloudWatchLogsDeliveryError: '',
  },
  'cloudtrail:GetEventSelectors': {
    EventSelectors: [{ ReadWriteType: 'All', IncludeManagementEvents: true, ExcludeManagementEventSources: [] }],
  },
};

export const mainProperties = {
  name: 'main',
  arn: MAIN,
  homeRegion: 'eu-west-1',
  multiRegion: true,
  includesGlobalEvents: true,
  logFileValidation: true,
  organization: false,
  bucketName: 'logs',
  kmsKeyId: undefined,
  logGroupArn: `arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:trail`,
};

export const mainStatus = {
  logging: true,
  startedAt: '2026-01-02T03:04:05.000Z',
  latestDeliveryAt: '2026-11-21T05:00:00.000Z',
  latestDeliveryError: undefined,
  latestLogDeliveryAt: '2026-11-21T05:01:00.000Z',
  latestLogDeliveryError: undefined,
};
export const noObjectEvents = { read: 'none', write: 'none' };
export const allEvents = { read: true, write: true, excludedSources: [] };
