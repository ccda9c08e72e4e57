import { AuthorizeSecurityGroupIngressCommand, EC2Client } from '@aws-sdk/client-ec2';
import { CreateVirtualMFADeviceCommand, EnableMFADeviceCommand, IAMClient } from '@aws-sdk/client-iam';
import { DeletePublicAccessBlockCommand, PutBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import { toDocument } from '../account/policies.ts';
import { SHOP } from '../demo-account.ts';
import type { LocalAws } from '../local-aws.ts';
import { INVOICES, publicInvoicesPolicy } from './buckets.ts';
import { STAGING } from './network.ts';
import { shopClient } from './stage.ts';

/** Whose MFA is mended. */
export const MIRA = 'mira';

/** Something that somebody does to the account: in words, as AWS CLI lines, and the calls themselves. */
export interface Change {
  readonly text: string;
  readonly lines: readonly string[];
  readonly make: () => Promise<unknown>;
}

/** An ordinary afternoon: two mistakes and one repair. */
export function afternoon(aws: LocalAws): readonly Change[] {
  const settings = shopClient(aws);
  const groupId = aws.idOf(SHOP, 'security-group', STAGING);
  return [
    {
      text: 'A developer opens SSH on the staging servers to the internet, just to test something from home.',
      lines: [`aws ec2 authorize-security-group-ingress --group-id ${groupId} --protocol tcp --port 22 --cidr 0.0.0.0/0`],
      make: () => openSsh(new EC2Client(settings), groupId),
    },
    {
      text: 'Accounting lets a partner fetch the invoices, and everybody else with him.',
      lines: [
        `aws s3api delete-public-access-block --bucket ${INVOICES}`,
        `aws s3api put-bucket-policy --bucket ${INVOICES} --policy file://for-the-partner.json`,
      ],
      make: () => publishInvoices(new S3Client(settings)),
    },
    {
      text: 'Mira of the payments team sets up MFA at last.',
      lines: [
        `aws iam create-virtual-mfa-device --virtual-mfa-device-name ${MIRA} …`,
        `aws iam enable-mfa-device --user-name ${MIRA} --serial-number arn:aws:iam::${SHOP}:mfa/${MIRA} …`,
      ],
      make: () => enableMfa(new IAMClient(settings)),
    },
  ];
}

async function openSsh(ec2: EC2Client, GroupId: string): Promise<void> {
  const permission = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [permission] }));
}

async function publishInvoices(s3: S3Client): Promise<void> {
  await s3.send(new DeletePublicAccessBlockCommand({ Bucket: INVOICES }));
  await s3.send(new PutBucketPolicyCommand({ Bucket: INVOICES, Policy: toDocument(publicInvoicesPolicy()) }));
}

async function enableMfa(iam: IAMClient): Promise<void> {
  const { VirtualMFADevice: device } = await iam.send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: MIRA }));
  const codes = { AuthenticationCode1: '123456', AuthenticationCode2: '654321' };
  await iam.send(new EnableMFADeviceCommand({ UserName: MIRA, SerialNumber: device?.SerialNumber, ...codes }));
}
