import type { Actor } from '../inventory/events/actor.ts';
import { toInert } from './inert.ts';

const LONGEST_NAME = 100;

const TOOLS: Readonly<Record<Actor['tool'], string | undefined>> = {
  console: 'console',
  cli: 'AWS CLI',
  cloudformation: 'CloudFormation',
  cdk: 'CDK',
  terraform: 'Terraform',
  sdk: 'SDK',
  service: undefined,
  other: undefined,
};

/** Kinds that a name does not tell. */
const KINDS: Readonly<Record<Actor['kind'], string | undefined>> = {
  root: undefined,
  user: 'IAM user',
  role: undefined,
  federated: 'federated user',
  'identity center': undefined,
  service: undefined,
  account: 'another account',
  unknown: 'of unknown kind',
};

/**
 * Who did it, from where and with what, in a line: `ana@example.com as AdministratorAccess, console, MFA, from 198.51.100.7, key ASIA…`. `accountId` is
 * where it was done: where they come from is told when it is another.
 */
export function toWho(actor: Actor, accountId: string): string {
  const { name, kind, tool, invokedBy, mfa, from, accessKeyId } = actor;
  const parts = [
    toInert(name, LONGEST_NAME),
    KINDS[kind],
    toRole(actor),
    TOOLS[tool],
    mfa === undefined ? undefined : mfa ? 'MFA' : 'no MFA',
    from === undefined || from === name || from === invokedBy ? undefined : `from ${toInert(from, 64)}`,
    invokedBy === undefined || invokedBy === name ? undefined : `through ${toInert(invokedBy, 64)}`,
    accessKeyId === undefined || accessKeyId === '' ? undefined : `key ${toInert(accessKeyId, 32)}`,
    toHome(actor, accountId),
  ];
  return parts.filter((part) => part !== undefined).join(', ');
}

/** Whoever issued the session, unless the name tells. */
function toRole({ issuer, name }: Actor): string | undefined {
  const role = issuer?.split('/').at(-1);
  const kind = issuer?.includes(':role/') ? 'role' : 'session of';
  return role === undefined || role === '' || name.includes(role) || isPermissionSet(role, name)
    ? undefined
    : `${kind} ${toInert(role, 64)}`;
}

/** Identity Center's roles are named after their permission sets, which the name has: `AWSReservedSSO_AdministratorAccess_0123456789abcdef`. */
function isPermissionSet(role: string, name: string): boolean {
  const set = /^AWSReservedSSO_(.+)_[0-9a-f]{16}$/.exec(role)?.[1];
  return set !== undefined && name.includes(set);
}

function toHome(actor: Actor, accountId: string): string | undefined {
  const home = actor.accountId;
  return home === undefined || home === accountId || actor.name.includes(home) ? undefined : `of account ${toInert(home, 16)}`;
}

/** Who did it, in as few words as there are: the most telling first. */
export function toBy({ name }: Actor): readonly string[] {
  const whole = toInert(name, LONGEST_NAME);
  const [who = whole] = whole.split(' as ');
  return who === whole ? [whole] : [whole, who];
}

/** Seconds from one time to another, 0 when clocks disagree; `undefined` when one of them is no time. */
export function secondsBetween(from: string, to: string): number | undefined {
  const milliseconds = Date.parse(to) - Date.parse(from);
  return Number.isNaN(milliseconds) ? undefined : Math.max(0, Math.round(milliseconds / 1_000));
}

/** `4 s`, `12 min`, `5 h`, `3 days`. */
export function toDuration(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3_600)} h` : `${Math.round(seconds / 86_400)} days`;
}

/** `2026-11-21 08:00:01 UTC (seen 4 s later)`. */
export function toWhen(at: string, seenAt: string): string {
  const lag = secondsBetween(at, seenAt);
  if (lag === undefined) return `not told by the event; seen ${toSecond(seenAt)}`;
  return `${toSecond(at)} (seen ${toDuration(lag)} later)`;
}

function toSecond(time: string): string {
  return `${time.slice(0, 10)} ${time.slice(11, 19)} UTC`;
}
