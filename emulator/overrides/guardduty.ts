import { type Overrides, reply } from '../exchange.ts';
import { servicesIn } from './region-services.ts';

const DETECTOR = '12abc34d567e8fa901bc2d34e56789f0';
const FEATURES = [
  ...['CLOUD_TRAIL', 'DNS_LOGS', 'FLOW_LOGS', 'S3_DATA_EVENTS', 'EKS_AUDIT_LOGS', 'EBS_MALWARE_PROTECTION'],
  ...['RDS_LOGIN_EVENTS', 'LAMBDA_NETWORK_LOGS', 'RUNTIME_MONITORING'],
];

/** Moto knows no features of detectors: the described one is answered. */
export const guardDutyOverrides: Overrides = {
  'guardduty:ListDetectors': (exchange) => reply(exchange, { detectorIds: servicesIn(exchange).guardDuty ? [DETECTOR] : [] }),

  'guardduty:GetDetector': (exchange) => {
    const { suspended = false, without = [] } = servicesIn(exchange).guardDuty ?? {};
    return reply(exchange, {
      createdAt: '2026-01-01T00:00:00Z',
      findingPublishingFrequency: 'SIX_HOURS',
      serviceRole: `arn:aws:iam::${exchange.caller.accountId}:role/aws-service-role/guardduty.amazonaws.com/AWSServiceRoleForAmazonGuardDuty`,
      status: suspended ? 'DISABLED' : 'ENABLED',
      features: FEATURES.map((name) => ({ name, status: without.includes(name) ? 'DISABLED' : 'ENABLED' })),
    });
  },
};
