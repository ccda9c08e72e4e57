import { subscribe } from 'node:diagnostics_channel';
import { ClientRequest } from 'node:http';

/**
 * Preloaded into a function's process. Writes a line for each request that it makes: when it was sent, and when all of the answer had come,
 * in milliseconds since 1970.
 */
subscribe('http.client.request.start', (message) => {
  const request = typeof message === 'object' && message !== null && 'request' in message ? message.request : undefined;
  if (!(request instanceof ClientRequest)) return;
  const asked = now();
  request.once('close', () => process.stdout.write(`${JSON.stringify({ asked, answered: now() })}\n`));
});

function now(): number {
  return performance.timeOrigin + performance.now();
}
