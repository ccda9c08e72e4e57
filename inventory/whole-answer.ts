import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { NodeHttpHandler } from '@smithy/node-http-handler';

/**
 * An HTTP handler that hands on only what is all there. The SDK's XML parser reads a cut-off document without complaint,
 * and half a list of security groups would then pass for the whole one. JSON that is cut off does not parse, unless nothing is left of it: the SDK takes
 * that for an answer without members, which is what SQS says where there are no queues.
 */
export class WholeAnswerHandler extends NodeHttpHandler {
  override async handle(...args: Parameters<NodeHttpHandler['handle']>): ReturnType<NodeHttpHandler['handle']> {
    const { response } = await super.handle(...args);
    if (response.statusCode < 300 && response.body instanceof Readable) {
      const body = await collect(response.body);
      if (!isWhole(body, response.headers['content-type']))
        throw Object.assign(new Error('the answer breaks off in the middle'), { name: 'BrokenAnswer' });
      response.body = Readable.from([body]);
    }
    return { response };
  }
}

async function collect(stream: Readable | IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** False for an XML document whose last tag does not close its first one, for an HTML page where data should be, and for nothing where XML or JSON should be. */
export function isWhole(body: Buffer, contentType = ''): boolean {
  if (body.length === 0) return !/json|xml/.test(contentType);
  const head = body.subarray(0, 1_024).toString('utf8').trimStart();
  if (!head.startsWith('<')) return true;
  const root = /^(?:<\?[^>]*\?>\s*)?<([A-Za-z][\w:.-]*)((?:\s[^>]*)?)>/.exec(head);
  if (!root || root[1]?.toLowerCase() === 'html') return false;
  const tail = body.subarray(-256).toString('utf8').trimEnd();
  return root[2]?.endsWith('/') === true || tail.endsWith(`</${root[1]}>`);
}
