import type { MFADevice } from '@aws-sdk/client-iam';
import { malformed } from '../broken-answer.ts';
import type { Listed } from '../facet.ts';
import { toListed } from '../partial.ts';
import type { MfaDevice } from './user.ts';

/** A user's devices as ListMFADevices gives them. One of an unknown kind makes the list partial. */
export function toMfaDevices(devices: Listed<MFADevice>): Listed<MfaDevice> {
  return toListed(devices, toMfaDevice);
}

/** A serial number is an ARN whose resource tells the kind, and a bare number for a hardware token (MFADevice, IAM API reference). */
function toMfaDevice({ SerialNumber = '' }: MFADevice): MfaDevice {
  if (SerialNumber !== '' && !SerialNumber.startsWith('arn:')) return { kind: 'hardware' };
  const kind = KINDS.get(SerialNumber.split(':')[5]?.split('/')[0] ?? '');
  if (kind === undefined) throw malformed('iam:ListMFADevices', 'a device is of an unknown kind');
  return { kind };
}

const KINDS: ReadonlyMap<string, MfaDevice['kind']> = new Map([
  ['mfa', 'virtual'],
  ['u2f', 'fido'],
  ['sms-mfa', 'sms'],
]);
