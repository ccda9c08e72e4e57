/** An element of the page before it is markup or DOM: what is written as a child or a value is text, whoever chose it. */
export interface Tag {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Content[];
}
export type Content = Tag | string;

/** `name` and the names of the attributes are ours, never data. */
export function tag(name: string, attributes: Readonly<Record<string, string>>, ...children: readonly Content[]): Tag {
  return { name, attributes, children };
}

const VOID: ReadonlySet<string> = new Set(['input', 'meta', 'link', 'br']);

/** HTML, everything escaped. */
export function toMarkup(content: Content): string {
  if (typeof content === 'string') return escaped(content);
  const { name, attributes, children } = content;
  const opened = `<${name}${Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escaped(value)}"`)
    .join('')}>`;
  return VOID.has(name) ? opened : `${opened}${children.map(toMarkup).join('')}</${name}>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
