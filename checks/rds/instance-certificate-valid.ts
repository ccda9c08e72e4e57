import { defineCheck, denied, fail, pass } from '../check.ts';
import { dateOf, daysSince } from '../predicates/time.ts';
import { refuseToJudge } from '../predicates/unread.ts';

const AUTHORITY = 'rds-ca-rsa2048-g1';

export default defineCheck({
  id: 'rds-instance-certificate-valid',
  title: 'RDS instances should have server certificates that stay valid for months',
  severity: 'MEDIUM',
  controls: [],
  equivalents: { prowler: ['rds_instance_certificate_expiration'] },
  risk: 'Clients that verify the certificate cannot connect once it has expired, and somebody will turn the verification off.',
  remediation: {
    text: 'Let clients trust the authority that comes next, then give the instance a certificate of it.',
    cli: 'aws rds modify-db-instance --db-instance-identifier <database> --ca-certificate-identifier rds-ca-rsa2048-g1 --apply-immediately',
    cloudFormation: 'AWS::RDS::DBInstance.CACertificateIdentifier',
  },
  resourceType: 'AWS::RDS::DBInstance',
  needs: ['certificate'],
  params: { days: 90 },
  evaluate({ certificate }, { days, now }) {
    if (!certificate) return refuseToJudge('no-data', 'rds:DescribeDBInstances', 'RDS does not tell of a server certificate');
    const { authority, validUntil } = certificate;
    if (daysSince(validUntil, now) < -days) return pass;
    const expired = Date.parse(validUntil) <= now.getTime();
    const reason = `its server certificate ${expired ? 'has expired' : 'expires'} on ${dateOf(validUntil)}`;
    const failing = { severity: 'HIGH', because: 'clients that verify it are refused already' } as const;
    return fail(reason, { authority, validUntil: dateOf(validUntil) }, expired ? failing : undefined);
  },
  examples: {
    pass: { 'valid for a year': { certificate: { authority: AUTHORITY, validUntil: '2027-11-01T00:00:00.000Z' } } },
    fail: {
      'expires this month': { certificate: { authority: 'rds-ca-2019', validUntil: '2026-11-20T00:00:00.000Z' } },
      'has expired': { certificate: { authority: 'rds-ca-2015', validUntil: '2026-10-05T00:00:00.000Z' } },
    },
    unknown: {
      'not read': { certificate: denied('rds:DescribeDBInstances') },
      'AWS does not tell': { certificate: undefined },
    },
  },
});
