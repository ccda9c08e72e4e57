import { isOmitted } from './field-of.ts';
import { isObject, type JsonObject, memberOf, onlyElement } from './member.ts';
import { toAccountId } from './to-account-id.ts';
import { toActor } from './to-actor.ts';
import { toTime } from './to-time.ts';

const TEXTS = ['eventID', 'eventName', 'eventSource', 'awsRegion'] as const;
const OPTIONAL_TEXTS = ['eventType', 'errorCode', 'errorMessage', 'sourceIPAddress', 'userAgent'] as const;
const PARTS = ['userIdentity', 'requestParameters', 'responseElements', 'additionalEventData', 'serviceEventDetails'] as const;
/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html */
const TYPES: ReadonlySet<unknown> = new Set([
  ...['Root', 'AssumedRoot', 'IAMUser', 'AssumedRole', 'Role', 'FederatedUser', 'SAMLUser', 'WebIdentityUser'],
  ...['Directory', 'AWSAccount', 'AWSService', 'IdentityCenterUser', 'Unknown'],
]);

const NONE: readonly string[] = [];

/**
 * What of a record makes no sense or was left out, each in a few words. CloudTrail drops what is over its size: a record with `omitted` in place of a part
 * may have changed anything. https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export function faultsOf(record: JsonObject): readonly string[] {
  return isWhole(record) ? NONE : listFaults(record);
}

/** Written out, for this is asked of each of millions of records. */
function isWhole(record: JsonObject): boolean {
  return (
    isFilledText(record.eventID) &&
    isFilledText(record.eventName) &&
    isFilledText(record.eventSource) &&
    isFilledText(record.awsRegion) &&
    toTime(record.eventTime) !== '' &&
    toAccountId(record.recipientAccountId) !== undefined &&
    isTextIfAny(record.eventType) &&
    isTextIfAny(record.errorCode) &&
    isTextIfAny(record.errorMessage) &&
    isTextIfAny(record.sourceIPAddress) &&
    isTextIfAny(record.userAgent) &&
    isPart(record.userIdentity, 'userIdentity') &&
    isOfKnownType(record) &&
    isPart(record.requestParameters, 'requestParameters') &&
    isPart(record.responseElements, 'responseElements') &&
    isPart(record.additionalEventData, 'additionalEventData') &&
    isPart(record.serviceEventDetails, 'serviceEventDetails') &&
    !isOmitted(record)
  );
}

/** An object from which nothing was left out, or none where there need be none. */
function isPart(part: unknown, name: string): boolean {
  if (part === null || part === undefined || part === '') return name !== 'userIdentity';
  return isObject(part) && !isOmitted(part);
}

function listFaults(record: JsonObject): readonly string[] {
  return [
    ...TEXTS.filter((name) => !isFilledText(record[name])).map((name) => missingOr(record, name, 'no text')),
    ...OPTIONAL_TEXTS.filter((name) => !isTextIfAny(record[name])).map((name) => `${name} is no text`),
    ...(toTime(record.eventTime) === '' ? [missingOr(record, 'eventTime', 'no time')] : []),
    ...(toAccountId(record.recipientAccountId) ? [] : [missingOr(record, 'recipientAccountId', 'no account id')]),
    ...(isOmitted(record) ? ['parts of the record were left out for their size'] : []),
    ...PARTS.flatMap((name) => faultOfPart(record, name)),
    ...(isPart(record.userIdentity, 'userIdentity') && !isOfKnownType(record) ? ['userIdentity does not tell of what type it is'] : []),
  ];
}

/** Of a type that we do not know it may have been the root user, for all that the record says. What services do of their own has no type. */
function isOfKnownType(record: JsonObject): boolean {
  const type = onlyElement(memberOf(record.userIdentity, 'type'));
  if (type === undefined || type === null || type === '') return toActor(record).kind === 'service';
  return TYPES.has(type);
}

function faultOfPart(record: JsonObject, name: string): readonly string[] {
  const part = record[name];
  if (isOmitted(part)) return [`${name} ${name.endsWith('s') ? 'were' : 'was'} left out for size`];
  if (isPart(part, name)) return [];
  if (part === undefined || part === null || part === '') return ['userIdentity is missing'];
  return [`${name} ${name.endsWith('s') ? 'are' : 'is'} no object`];
}

function isFilledText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function isTextIfAny(value: unknown): boolean {
  return value === undefined || value === null || typeof value === 'string';
}

function missingOr(record: JsonObject, name: string, otherwise: string): string {
  const value = record[name];
  return value === undefined || value === null || value === '' ? `${name} is missing` : `${name} is ${otherwise}`;
}
