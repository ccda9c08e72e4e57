import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { credentialsOf } from './callers.ts';
import { fits } from './event-pattern.ts';
import type { LocalAws } from './local-aws.ts';

/** An event as a service puts it on the default bus of an account and region. https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html */
export interface ServiceEvent {
  readonly id: string;
  readonly source: string;
  readonly 'detail-type': string;
  readonly account: string;
  readonly region: string;
  /** ISO 8601 UTC. */
  readonly time: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

const Rules = z.object({
  Rules: z.array(z.object({ Name: z.string(), State: z.string(), EventPattern: z.string().optional() })).default([]),
});
const Targets = z.object({ Targets: z.array(z.object({ Id: z.string(), Arn: z.string() })).default([]) });

interface Bus {
  readonly accountId: string;
  readonly region: string;
  readonly name: string;
}

interface Rule {
  readonly name: string;
  readonly state: string;
  readonly pattern: unknown;
  readonly targets: readonly string[];
}

/**
 * What EventBridge does with the events of services, by the rules that were deployed into moto, which has the rules but hands on no event of a service: keeps
 * back what only reads from a rule that did not ask for it, and sends on to buses and queues. An event that came from another bus goes no further than one bus.
 */
export class EventBridge {
  readonly #aws: LocalAws;
  readonly #rules = new Map<string, Promise<readonly Rule[]>>();
  /** By place: a client takes longer to make than to ask. */
  readonly #queues = new Map<string, SQSClient>();

  constructor(aws: LocalAws) {
    this.#aws = aws;
  }

  /** Puts an event on the default bus of its account and region. Gives the ARNs of the queues and topics that it came to, once for each rule that sent it. */
  put(event: ServiceEvent): Promise<readonly string[]> {
    return this.#put(event, { accountId: event.account, region: event.region, name: 'default' });
  }

  /** The rules of a bus are asked for once. */
  async #put(event: ServiceEvent, bus: Bus): Promise<readonly string[]> {
    const key = `${bus.accountId} ${bus.region} ${bus.name}`;
    let rules = this.#rules.get(key);
    if (!rules) this.#rules.set(key, (rules = this.#rulesOf(bus)));
    const reached: string[] = [];
    for (const { state, pattern, targets } of await rules) {
      if (!isDelivered(event, state) || !fits(event, pattern)) continue;
      for (const arn of targets) reached.push(...(await this.#send(event, arn, bus)));
    }
    return reached;
  }

  async #send(event: ServiceEvent, arn: string, from: Bus): Promise<readonly string[]> {
    const [, , service, region = '', accountId = '', name = ''] = arn.split(':');
    if (service === 'events' && from.name === 'default')
      return this.#put(event, { accountId, region, name: name.replace('event-bus/', '') });
    if (service === 'sqs') {
      const QueueUrl = `${this.#aws.endpoint}/${accountId}/${name}`;
      await this.#queuesOf(accountId, region).send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(event) }));
    }
    return [arn];
  }

  #queuesOf(accountId: string, region: string): SQSClient {
    const place = `${accountId} ${region}`;
    const sqs = this.#queues.get(place) ?? new SQSClient(this.#aws.client(accountId, region));
    this.#queues.set(place, sqs);
    return sqs;
  }

  async #rulesOf(bus: Bus): Promise<readonly Rule[]> {
    const { Rules: found } = Rules.parse(await this.#ask(bus, 'ListRules', { EventBusName: bus.name }));
    return Promise.all(
      found.map(async ({ Name, State, EventPattern = '{}' }) => {
        const asked = await this.#ask(bus, 'ListTargetsByRule', { Rule: Name, EventBusName: bus.name });
        return {
          name: Name,
          state: State,
          pattern: JSON.parse(EventPattern),
          targets: Targets.parse(asked).Targets.map(({ Arn }) => Arn),
        };
      }),
    );
  }

  async #ask({ accountId, region }: Bus, operation: string, body: object): Promise<unknown> {
    const { accessKeyId } = credentialsOf(accountId);
    const response = await fetch(this.#aws.endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `AWSEvents.${operation}`,
        authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260101/${region}/events/aws4_request, SignedHeaders=host, Signature=0`,
      },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${operation}: ${response.status} ${await response.text()}`);
    return response.json();
  }
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html */
function isDelivered({ detail }: ServiceEvent, state: string): boolean {
  if (state === 'DISABLED') return false;
  return state === 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS' || detail.readOnly !== true || detail.managementEvent === false;
}

/** A CloudTrail record as CloudTrail puts it on a bus. */
export function toServiceEvent(record: Readonly<Record<string, unknown>>): ServiceEvent {
  const text = (name: string) => String(record[name] ?? '');
  return {
    id: text('eventID'),
    source: `aws.${text('eventSource').split('.')[0]}`,
    'detail-type': record.eventType === 'AwsConsoleSignIn' ? 'AWS Console Sign In via CloudTrail' : 'AWS API Call via CloudTrail',
    account: text('recipientAccountId'),
    region: text('awsRegion'),
    time: text('eventTime'),
    detail: record,
  };
}
