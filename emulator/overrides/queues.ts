import type { Overrides } from '../exchange.ts';

export const queueOverrides: Overrides = {
  /** Moto delays in real time. Where somebody lets time pass (see `QueuePump.passTime`), what is sent with a delay waits in a queue of its own. */
  'sqs:SendMessage': async (exchange) => {
    const { DelaySeconds, QueueUrl, ...message } = exchange.request.json;
    if (typeof QueueUrl !== 'string' || typeof DelaySeconds !== 'number' || DelaySeconds === 0) return exchange.askMoto();
    const waiting = await exchange.askMoto({ body: JSON.stringify({ ...message, QueueUrl: waitingFor(QueueUrl) }) });
    return waiting.status === 200 ? waiting : exchange.askMoto();
  },
};

/** URL of the queue in which messages for another wait until time passes. */
export function waitingFor(queueUrl: string): string {
  return `${queueUrl}-waiting`;
}
