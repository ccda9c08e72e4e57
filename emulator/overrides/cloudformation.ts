import { parse } from 'yaml';
import { toDigestible } from '../digestible-template.ts';
import type { Exchange, Overrides } from '../exchange.ts';
import { isRecord } from '../request.ts';
import type { Answer } from '../wire/serialize.ts';

/** Templates are given to moto as it can digest them. */
export const cloudformationOverrides: Overrides = {
  'cloudformation:CreateChangeSet': ask,
  'cloudformation:CreateStack': ask,
  'cloudformation:UpdateStack': ask,
};

async function ask(exchange: Exchange): Promise<Answer> {
  const template = await templateOf(exchange);
  if (template === undefined) return exchange.askMoto();
  const form = new URLSearchParams(exchange.request.form);
  form.delete('TemplateURL');
  form.set('TemplateBody', JSON.stringify(toDigestible(template)));
  return exchange.askMoto({ body: form.toString() });
}

/** `undefined` when there is none. */
async function templateOf(exchange: Exchange): Promise<Readonly<Record<string, unknown>> | undefined> {
  const { form } = exchange.request;
  const url = form.get('TemplateURL');
  const text = url === null ? form.get('TemplateBody') : await objectAt(exchange, url);
  // JSON is YAML too. Templates of the CDK have no short forms such as !Ref.
  const template: unknown = text === null || text === undefined ? undefined : parse(text);
  return isRecord(template) ? template : undefined;
}

async function objectAt({ askMoto, request }: Exchange, url: string): Promise<string | undefined> {
  const { status, body } = await askMoto({
    method: 'GET',
    url: new URL(url).pathname,
    body: '',
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=AKIA/20260101/${request.region}/s3/aws4_request, SignedHeaders=host, Signature=0`,
      'content-type': 'application/octet-stream',
    },
  });
  return status === 200 ? body.toString() : undefined;
}
