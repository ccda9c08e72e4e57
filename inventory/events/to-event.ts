import type { Actor } from './actor.ts';
import type { CloudTrailEvent } from './event.ts';
import { faultsOf } from './faults.ts';
import type { Field } from './field.ts';
import { fieldOf, isOmitted, leftOutField } from './field-of.ts';
import { inertText } from './inert-text.ts';
import { isObject, type JsonObject, memberOf } from './member.ts';
import { outcomeOf } from './outcome.ts';
import { toAccountId } from './to-account-id.ts';
import { isRoot, toActor } from './to-actor.ts';
import { toTime } from './to-time.ts';

/** Lambda's names of events end in the date of its API: `UpdateFunctionCode20150331v2`. */
const LAMBDA_DATE = /20\d{6}(v\d)?$/;

/**
 * A CloudTrail record as an event. Nothing of it is evaluated before it is asked for. `undefined` when it is no JSON object at all; everything else is an
 * event, whose `faults` tell what is wrong with it.
 */
export function toEvent(record: unknown): CloudTrailEvent | undefined {
  return isObject(record) ? new RecordedEvent(record) : undefined;
}

/** Few names end in a digit. */
function withoutDate(name: string): string {
  const last = name.charCodeAt(name.length - 1);
  return last >= 0x30 && last <= 0x39 ? name.replace(LAMBDA_DATE, '') : name;
}

/** A text of the record, or `''`. Of members that no object inherits. */
function textIn(record: JsonObject, name: string): string {
  const value = record[name];
  return typeof value === 'string' ? value : '';
}

/** A class with getters and not an object with values: 50,000 records a second are judged, and most members of most are never asked for. */
class RecordedEvent implements CloudTrailEvent {
  readonly #record: JsonObject;
  #name: string | undefined;
  #at: string | undefined;
  #outcome: CloudTrailEvent['outcome'] | undefined;
  #actor: Actor | undefined;
  #identity: Field | undefined;
  #request: Field | undefined;
  #response: Field | undefined;
  #additional: Field | undefined;
  #serviceDetails: Field | undefined;
  #faults: readonly string[] | undefined;

  constructor(record: JsonObject) {
    this.#record = record;
  }

  get id(): string {
    return textIn(this.#record, 'eventID');
  }

  get name(): string {
    return (this.#name ??= withoutDate(textIn(this.#record, 'eventName')));
  }

  get source(): string {
    return textIn(this.#record, 'eventSource');
  }

  get at(): string {
    return (this.#at ??= toTime(this.#record.eventTime));
  }

  get accountId(): string {
    return (
      toAccountId(memberOf(this.#record, 'recipientAccountId')) ??
      toAccountId(memberOf(memberOf(this.#record, 'userIdentity'), 'accountId')) ??
      ''
    );
  }

  get region(): string {
    return textIn(this.#record, 'awsRegion');
  }

  get type(): string {
    return textIn(this.#record, 'eventType');
  }

  get outcome(): CloudTrailEvent['outcome'] {
    return (this.#outcome ??= outcomeOf(this.#record, this.errorCode, this.errorMessage));
  }

  get errorCode(): string | undefined {
    return textIn(this.#record, 'errorCode') || undefined;
  }

  get errorMessage(): string | undefined {
    return textIn(this.#record, 'errorMessage') || undefined;
  }

  get sourceAddress(): string | undefined {
    return textIn(this.#record, 'sourceIPAddress') || undefined;
  }

  get userAgent(): string | undefined {
    return textIn(this.#record, 'userAgent') || undefined;
  }

  get actor(): Actor {
    return (this.#actor ??= toActor(this.#record));
  }

  get byRoot(): boolean {
    return isRoot(this.#record.userIdentity);
  }

  get identity(): Field {
    return (this.#identity ??= this.#part('userIdentity'));
  }

  get request(): Field {
    return (this.#request ??= this.#part('requestParameters', 'Request'));
  }

  get response(): Field {
    return (this.#response ??= this.#part('responseElements', 'Response'));
  }

  get additional(): Field {
    return (this.#additional ??= this.#part('additionalEventData'));
  }

  get serviceDetails(): Field {
    return (this.#serviceDetails ??= this.#part('serviceEventDetails'));
  }

  get resources(): CloudTrailEvent['resources'] {
    const listed = memberOf(this.#record, 'resources');
    return (Array.isArray(listed) ? listed : [listed]).flatMap(toNamedResource);
  }

  get faults(): readonly string[] {
    return (this.#faults ??= faultsOf(this.#record));
  }

  #part(part: string, wrapper?: 'Request' | 'Response'): Field {
    const value = memberOf(this.#record, part);
    const event = inertText(this.name, 128) ?? 'unknown';
    if ((value === undefined || value === null) && isOmitted(this.#record)) return leftOutField(event, part);
    return fieldOf(wrapper ? this.#unwrapped(value, wrapper) : value, event, part);
  }

  /** Newer APIs of EC2 put all of it under one name: `{CreateFlowLogsRequest: {…}}`. */
  #unwrapped(value: unknown, wrapper: string): unknown {
    if (!isObject(value)) return value;
    const [only, ...others] = Object.keys(value);
    if (only === undefined || others.length > 0) return value;
    return only === this.name + wrapper || only === textIn(this.#record, 'eventName') + wrapper ? value[only] : value;
  }
}

/** Services spell its members differently: `ARN` or `arn`, `type` or `resourceType`. */
function toNamedResource(resource: unknown): CloudTrailEvent['resources'] {
  const arn = inertText(memberOf(resource, 'ARN') ?? memberOf(resource, 'arn'), 2048);
  if (arn === undefined) return [];
  return [{ arn, type: inertText(memberOf(resource, 'type') ?? memberOf(resource, 'resourceType')) }];
}
