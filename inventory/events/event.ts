import type { Actor } from './actor.ts';
import type { Field } from './field.ts';

/** A CloudTrail record in one form, whichever of its versions and encodings it came in. https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html */
export interface CloudTrailEvent {
  /** `eventID`. */
  readonly id: string;
  /** `eventName`, without the date that Lambda appends to its own (`UpdateFunctionCode20150331v2`). */
  readonly name: string;
  /** `eventSource`: `ec2.amazonaws.com`. */
  readonly source: string;
  /** `eventTime`, ISO 8601 UTC with milliseconds. CloudTrail tells seconds. Empty when the record tells no time that makes sense. */
  readonly at: string;
  /** Of what was touched: `recipientAccountId`, or the caller's where that is missing. Empty when neither is told. */
  readonly accountId: string;
  /** `awsRegion`. */
  readonly region: string;
  /** `eventType`: `AwsApiCall`, `AwsConsoleSignIn`, `AwsServiceEvent`… */
  readonly type: string;
  /** `refused`: for want of permission. `failed`: for another reason. `dry run`: it would have been allowed. None of the three has changed anything. */
  readonly outcome: 'succeeded' | 'refused' | 'failed' | 'dry run';
  readonly errorCode: string | undefined;
  readonly errorMessage: string | undefined;
  /** `sourceIPAddress`: an address, the name of a service, or `AWS Internal`. */
  readonly sourceAddress: string | undefined;
  readonly userAgent: string | undefined;
  readonly actor: Actor;
  /** Whether the actor is the root user: to be asked of every event, for it takes a tenth of the time. */
  readonly byRoot: boolean;
  /** `userIdentity`. */
  readonly identity: Field;
  /** `requestParameters`, without the wrapper that newer APIs of EC2 put around them. */
  readonly request: Field;
  /** `responseElements`, likewise. */
  readonly response: Field;
  /** `additionalEventData`. */
  readonly additional: Field;
  /** `serviceEventDetails`. */
  readonly serviceDetails: Field;
  /** `resources`, as far as they name something. */
  readonly resources: readonly { readonly arn: string; readonly type: string | undefined }[];
  /** What of the record makes no sense or was left out, each in a few words: `userIdentity is no object`, `requestParameters were left out for size`. Empty as a rule. */
  readonly faults: readonly string[];
}
