import type { MFADevice, VirtualMFADevice } from '@aws-sdk/client-iam';
import type { VirtualMfaDevice } from '../account/account.ts';
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

/** One of the account's virtual devices, with its owner. @throws Unread for one that names no owner */
export function toVirtualMfaDevice({ SerialNumber, User }: VirtualMFADevice): VirtualMfaDevice {
  if (SerialNumber === undefined || User?.Arn === undefined) throw malformed('iam:ListVirtualMFADevices', 'a device has no user');
  return { serialNumber: SerialNumber, userArn: User.Arn };
}

const KINDS: ReadonlyMap<string, MfaDevice['kind']> = new Map([
  ['mfa', 'virtual'],
  ['u2f', 'fido'],
  ['sms-mfa', 'sms'],
]);
