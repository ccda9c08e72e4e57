import { type Element, writeXml } from './xml.ts';

/** What an AWS answer is made of. `undefined` members are left out; dates are written as their format asks. */
export type Wire = string | number | boolean | Date | undefined | readonly Wire[] | { readonly [name: string]: Wire };
export type WireObject = { readonly [name: string]: Wire };

/** The wire formats of the AWS services that we speak. `s3` and `rest-xml` differ in how they wrap an error. */
export type Protocol = 'ec2' | 'query' | 's3' | 'rest-xml' | 'json' | 'rest-json';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** To which operation of which service an answer belongs. */
export interface Addressee {
  readonly protocol: Protocol;
  readonly service: string;
  readonly operation: string;
}

const NAMESPACES: Readonly<Record<string, string>> = {
  cloudfront: 'http://cloudfront.amazonaws.com/doc/2020-05-31/',
  ec2: 'http://ec2.amazonaws.com/doc/2016-11-15/',
  iam: 'https://iam.amazonaws.com/doc/2010-05-08/',
  sts: 'https://sts.amazonaws.com/doc/2011-06-15/',
  sns: 'http://sns.amazonaws.com/doc/2010-03-31/',
  s3: 'http://s3.amazonaws.com/doc/2006-03-01/',
  s3control: 'http://awss3control.amazonaws.com/doc/2018-08-20/',
};

/** A successful answer. Members carry the names of the wire: `reservationSet` for EC2, `UserDetailList` for IAM. For S3 the value has one member, the root element. */
export function answer({ protocol, service, operation }: Addressee, value: WireObject): Answer {
  const xmlns = ` xmlns="${NAMESPACES[service] ?? ''}"`;
  switch (protocol) {
    case 'ec2': {
      const body = { requestId: REQUEST_ID, ...value };
      return xmlAnswer(200, toElement(`${operation}Response`, body, { list: 'item', attributes: xmlns }));
    }
    case 'query': {
      const body = { [`${operation}Result`]: value, ResponseMetadata: { RequestId: REQUEST_ID } };
      return xmlAnswer(200, toElement(`${operation}Response`, body, { list: 'member', attributes: xmlns }));
    }
    case 's3':
    case 'rest-xml': {
      const [root] = Object.keys(value);
      return root ? xmlAnswer(200, toElement(root, value[root], { attributes: xmlns })) : xmlAnswer(200, undefined);
    }
    case 'json':
    case 'rest-json':
      return jsonAnswer(200, protocol, value);
    default:
      return protocol satisfies never;
  }
}

export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** An error answer in the service's own format. */
export function refuse({ protocol, service }: Addressee, { status, code, message }: Refusal): Answer {
  const error = { Code: code, Message: message };
  switch (protocol) {
    case 'ec2':
      return xmlAnswer(status, toElement('Response', { Errors: { Error: error }, RequestID: REQUEST_ID }, {}));
    case 'query':
    case 'rest-xml': {
      const body = { Error: { Type: status < 500 ? 'Sender' : 'Receiver', ...error }, RequestId: REQUEST_ID };
      return xmlAnswer(status, toElement('ErrorResponse', body, { attributes: ` xmlns="${NAMESPACES[service] ?? ''}"` }));
    }
    case 's3':
      return xmlAnswer(status, toElement('Error', { ...error, RequestId: REQUEST_ID }, {}));
    case 'json':
    case 'rest-json':
      return jsonAnswer(status, protocol, { __type: code, message }, { 'x-amzn-errortype': code });
    default:
      return protocol satisfies never;
  }
}

const REQUEST_ID = '00000000-0000-4000-8000-000000000000';

interface Layout {
  /** Name of the elements of a list; absent where lists are flat, that is, repeat their own name. */
  readonly list?: 'item' | 'member';
  readonly attributes?: string;
}

/** One element of the given name, or none for `undefined`. A flat list must stand inside an object. */
export function toElement(name: string, value: Wire, { list, attributes = '' }: Layout): Element | undefined {
  if (value === undefined) return undefined;
  if (value instanceof Date) return { name, attributes, children: [], text: value.toISOString() };
  if (typeof value !== 'object') return { name, attributes, children: [], text: String(value) };
  const children = isList(value)
    ? value.flatMap((one) => present(toElement(list ?? name, one, { list })))
    : Object.entries(value).flatMap(([member, one]) => members(member, one, list));
  return { name, attributes, children, text: '' };
}

function members(name: string, value: Wire, list: Layout['list']): readonly Element[] {
  if (list === undefined && isList(value)) return value.flatMap((one) => present(toElement(name, one, {})));
  return present(toElement(name, value, { list }));
}

function isList(value: Wire): value is readonly Wire[] {
  return Array.isArray(value);
}

function present(element: Element | undefined): readonly Element[] {
  return element ? [element] : [];
}

export function xmlAnswer(status: number, root: Element | undefined): Answer {
  return { status, headers: { 'content-type': 'text/xml;charset=UTF-8' }, body: Buffer.from(root ? writeXml(root) : '') };
}

/** JSON protocols write times as seconds since 1970. */
export function jsonAnswer(
  status: number,
  protocol: 'json' | 'rest-json',
  value: WireObject,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  const type = protocol === 'json' ? 'application/x-amz-json-1.1' : 'application/json';
  return { status, headers: { 'content-type': type, ...headers }, body: Buffer.from(JSON.stringify(toJson(value))) };
}

function toJson(value: Wire): unknown {
  if (value instanceof Date) return value.getTime() / 1000;
  if (typeof value !== 'object') return value;
  if (isList(value)) return value.map(toJson);
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, toJson(one)]));
}
