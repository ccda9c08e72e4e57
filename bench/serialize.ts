/**
 * The SDK's own schemas read backwards: a response object as the SDK would return it becomes the bytes that AWS would send.
 * A schema is a tuple whose first element tells its kind: 1 list, 2 map, 3 structure; a bare number is a simple type.
 */
const KIND = { list: 1, structure: 3 } as const;

interface Traits {
  readonly xmlName?: string;
  readonly xmlFlattened?: number;
  readonly xmlAttribute?: number;
}

interface Resolved {
  readonly schema: unknown;
  readonly traits: Traits;
}

/** XML of the EC2 and the Query protocol: `wrapper` is undefined for EC2, `<operation>Result` for Query. */
export function queryXml(operation: string, wrapper: string | undefined, schema: unknown, value: object): string {
  const children = structureXml(schema, value);
  const body = wrapper ? `<${wrapper}>${children}</${wrapper}>` : children;
  return `<?xml version="1.0" encoding="UTF-8"?><${operation}Response>${body}<requestId>0</requestId></${operation}Response>`;
}

/** XML of S3's REST protocol: the structure is the document. */
export function restXml(schema: unknown, value: object): string {
  const name = traitsOf(partOf(schema, 3)).xmlName ?? String(partOf(schema, 2));
  return `<?xml version="1.0" encoding="UTF-8"?><${name}>${structureXml(schema, value)}</${name}>`;
}

/** JSON 1.1: times are epoch seconds. */
export function json(value: object): string {
  return JSON.stringify(value, function (this: Record<string, unknown>, key, plain: unknown) {
    const original = this[key];
    return original instanceof Date ? original.getTime() / 1000 : plain;
  });
}

function structureXml(schema: unknown, value: object): string {
  const names = listOf(partOf(schema, 4)).map(String);
  const members = listOf(partOf(schema, 5));
  const fields = new Map(Object.entries(value));
  return names.map((name, index) => memberXml(name, resolve(members[index]), fields.get(name))).join('');
}

function memberXml(memberName: string, { schema, traits }: Resolved, value: unknown): string {
  if (value === undefined || traits.xmlAttribute) return '';
  const name = traits.xmlName ?? memberName;
  if (Array.isArray(value)) {
    const element = resolve(partOf(schema, 4));
    const elementName = traits.xmlFlattened ? name : (element.traits.xmlName ?? 'member');
    const elements = value.map((item: unknown) => memberXml(elementName, { schema: element.schema, traits: {} }, item)).join('');
    return traits.xmlFlattened ? elements : `<${name}>${elements}</${name}>`;
  }
  if (value instanceof Date) return `<${name}>${value.toISOString()}</${name}>`;
  if (typeof value === 'object' && value !== null && partOf(schema, 0) === KIND.structure) {
    return `<${name}${attributes(schema, value)}>${structureXml(schema, value)}</${name}>`;
  }
  return `<${name}>${escapeXml(String(value))}</${name}>`;
}

function attributes(schema: unknown, value: object): string {
  const names = listOf(partOf(schema, 4)).map(String);
  const members = listOf(partOf(schema, 5));
  const fields = new Map(Object.entries(value));
  return names
    .map((name, index) => ({ name, traits: resolve(members[index]).traits, text: fields.get(name) }))
    .filter(({ traits, text }) => traits.xmlAttribute && text !== undefined)
    .map(
      ({ name, traits, text }) =>
        ` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ${traits.xmlName ?? name}="${escapeXml(String(text))}"`,
    )
    .join('');
}

/** A member is a schema, a function that gives one, or a pair of either with traits. */
function resolve(member: unknown): Resolved {
  if (typeof member === 'function') return resolve(member());
  if (Array.isArray(member) && member.length === 2 && !isSchema(member)) {
    const inner = resolve(member[0]);
    return { schema: inner.schema, traits: { ...inner.traits, ...traitsOf(member[1]) } };
  }
  return { schema: member, traits: {} };
}

function isSchema(value: readonly unknown[]): boolean {
  return typeof value[0] === 'number' && typeof value[1] === 'string';
}

function partOf(schema: unknown, index: number): unknown {
  return Array.isArray(schema) ? schema[index] : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function traitsOf(value: unknown): Traits {
  if (typeof value !== 'object' || value === null) return {};
  return value;
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
