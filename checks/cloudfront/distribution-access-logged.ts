import { defineCheck, denied, fail, notApplicable, pass } from '../check.ts';
import { DEFAULT_BEHAVIOR, DISTRIBUTION } from '../predicates/example-distributions.ts';
import { anyOf } from '../predicates/logic.ts';

const distribution = DISTRIBUTION;
const REAL_TIME = { ...DISTRIBUTION, behaviors: [{ ...DEFAULT_BEHAVIOR, hasRealTimeLog: true }] };
const LEGACY = { rootObject: undefined, legacyLogging: true };
const NOT_LOGGED = { rootObject: undefined, legacyLogging: false };

export default defineCheck({
  id: 'cloudfront-distribution-access-logged',
  title: 'CloudFront distributions should log every request',
  severity: 'MEDIUM',
  controls: ['CIS-AWS-7.0:4.10', 'AWS-FSBP:CloudFront.5'],
  equivalents: { prowler: ['cloudfront_distributions_logging_enabled'], securityHub: ['CloudFront.5'] },
  risk: 'Nobody can tell who fetched what, nor how an attack on the site began.',
  remediation: {
    text: 'Turn on standard logging, to a bucket, a log group or a delivery stream.',
    cli: 'aws logs put-delivery-source --name <name> --resource-arn <distribution-arn> --log-type ACCESS_LOGS --region us-east-1 && aws logs create-delivery --delivery-source-name <name> --delivery-destination-arn <destination> --region us-east-1',
    cloudFormation: 'AWS::CloudFront::Distribution.DistributionConfig.Logging',
  },
  resourceType: 'AWS::CloudFront::Distribution',
  needs: ['distribution', 'settings', 'logDelivery'],
  evaluate(resource) {
    if (!resource.distribution.enabled) return notApplicable('the distribution is disabled');
    const isLogged = anyOf(
      () => resource.settings.legacyLogging,
      () => resource.logDelivery,
    );
    if (isLogged) return pass;
    const hasRealTimeLogs = resource.distribution.behaviors.every(({ hasRealTimeLog }) => hasRealTimeLog);
    return hasRealTimeLogs
      ? fail(
          'only real-time logs, which may be of a sample',
          { realTimeLogs: true },
          { severity: 'LOW', because: 'some of its requests are logged' },
        )
      : fail('its requests are not logged');
  },
  examples: {
    pass: {
      'to a bucket, as of old': { distribution, settings: LEGACY, logDelivery: false },
      'delivered by CloudWatch Logs': { distribution, settings: NOT_LOGGED, logDelivery: true },
      'to a bucket, deliveries not read': { distribution, settings: LEGACY, logDelivery: denied('logs:DescribeDeliveries') },
      'delivered, its settings not read': { distribution, settings: denied('cloudfront:GetDistributionConfig'), logDelivery: true },
    },
    fail: {
      'no log of any kind': { distribution, settings: NOT_LOGGED, logDelivery: false },
      'real-time logs alone': { distribution: REAL_TIME, settings: NOT_LOGGED, logDelivery: false },
    },
    unknown: {
      'not to a bucket, deliveries not read': { distribution, settings: NOT_LOGGED, logDelivery: denied('logs:DescribeDeliverySources') },
      'not delivered, its settings not read': { distribution, settings: denied('cloudfront:GetDistributionConfig'), logDelivery: false },
    },
    notApplicable: { disabled: { distribution: { ...distribution, enabled: false }, settings: NOT_LOGGED, logDelivery: false } },
  },
});
