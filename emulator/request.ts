import type { IncomingHttpHeaders } from 'node:http';
import { restOperation, s3ControlOperation, s3Operation } from './rest-operations.ts';
import type { Addressee, Protocol } from './wire/serialize.ts';

/** An HTTP request as it came. */
export interface RawRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** What a request asks of which service, where, and with whose key. */
export interface AwsRequest extends Addressee {
  readonly raw: RawRequest;
  /** Of the signature's scope; `us-east-1` for unsigned requests. */
  readonly region: string;
  readonly accessKeyId: string | undefined;
  readonly path: string;
  readonly query: URLSearchParams;
  /** The form of EC2 and query requests; empty for others. */
  readonly form: URLSearchParams;
  /** The members of a JSON request; empty for others. */
  readonly json: Readonly<Record<string, unknown>>;
}

/** Recognises the operation in any of AWS's protocols: JSON target, form action, RPC path or REST path. */
export function identify(raw: RawRequest): AwsRequest {
  const { pathname, searchParams } = new URL(raw.url, 'http://localhost');
  const scope = credentialScope(raw, searchParams);
  const form = isForm(raw) ? new URLSearchParams(raw.body.toString()) : new URLSearchParams();
  const { service, protocol, operation } = address(raw, scope.service, pathname, searchParams, form);
  const json = protocol === 'json' || protocol === 'rest-json' ? parseObject(raw.body) : {};
  const { region, accessKeyId } = scope;
  return { raw, service, protocol, operation, region, accessKeyId, path: pathname, query: searchParams, form, json };
}

/** Services whose requests are signed by another name than that of their IAM actions. */
const ACTION_PREFIXES: Readonly<Record<string, string>> = { monitoring: 'cloudwatch' };

interface Scope {
  readonly service: string;
  readonly region: string;
  readonly accessKeyId: string | undefined;
}

function credentialScope({ headers }: RawRequest, query: URLSearchParams): Scope {
  const credential = /Credential=([^,\s]+)/.exec(headers.authorization ?? '')?.[1] ?? query.get('X-Amz-Credential') ?? '';
  const [accessKeyId, , region, service] = credential.split('/');
  return {
    service: ACTION_PREFIXES[service ?? ''] ?? (service || 'unsigned'),
    region: region || 'us-east-1',
    accessKeyId: accessKeyId || undefined,
  };
}

function address(raw: RawRequest, signed: string, path: string, query: URLSearchParams, form: URLSearchParams): Addressee {
  const target = raw.headers['x-amz-target'];
  if (typeof target === 'string') return { service: signed, protocol: 'json', operation: target.split('.').at(-1) ?? target };
  const action = form.get('Action') ?? (signed === 's3' ? null : query.get('Action'));
  if (action !== null) return { service: formService(signed, form), protocol: formProtocol(signed), operation: action };
  if (signed === 's3' && path.startsWith('/v20180820/')) {
    return { service: 's3control', protocol: 'rest-xml', operation: s3ControlOperation(raw.method, path) };
  }
  if (signed === 's3') return { service: 's3', protocol: 's3', operation: s3Operation(raw.method, path, query, raw.headers) };
  const service = signed === 'apigateway' && path.startsWith('/v2/') ? 'apigatewayv2' : signed;
  return { service, protocol: signed === 'cloudfront' ? 'rest-xml' : 'rest-json', operation: restOperation(service, raw.method, path) };
}

/** The two APIs of Elastic Load Balancing have operations of the same names; that of classic load balancers is the older. */
function formService(signed: string, form: URLSearchParams): string {
  return signed === 'elasticloadbalancing' && form.get('Version') === '2012-06-01' ? 'elb' : signed;
}

function formProtocol(service: string): Protocol {
  return service === 'ec2' ? 'ec2' : 'query';
}

function isForm({ headers }: RawRequest): boolean {
  return headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
}

function parseObject(body: Buffer): Readonly<Record<string, unknown>> {
  if (body.length === 0) return {};
  try {
    const value: unknown = JSON.parse(body.toString());
    return isRecord(value) ? value : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The values of a list in a form: `ImageId.1`, `ImageId.2`, or `Filter.member.1`. */
export function listOf(form: URLSearchParams, name: string): readonly string[] {
  const prefix = new RegExp(`^${name}(\\.member)?\\.\\d+$`);
  return [...form].flatMap(([key, value]) => (prefix.test(key) ? [value] : []));
}

export interface Filter {
  readonly name: string;
  readonly values: readonly string[];
}

/** The filters of an EC2 request. */
export function filtersOf(form: URLSearchParams): readonly Filter[] {
  return [...form].flatMap(([key, name]) => {
    const number = /^Filter\.(\d+)\.Name$/.exec(key)?.[1];
    return number === undefined ? [] : [{ name, values: listOf(form, `Filter\\.${number}\\.Value`) }];
  });
}
