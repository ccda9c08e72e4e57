/** A node of an XML document, as little of it as AWS's answers use: no mixed content, comments or CDATA. */
export interface Element {
  readonly name: string;
  /** As they were written, with a leading blank; empty if none. */
  readonly attributes: string;
  children: Element[];
  text: string;
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const TOKEN = /<\?[^>]*\?>|<(\/?)([A-Za-z_][\w.:-]*)((?:\s+[^\s=/>]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|([^<]+)/g;

/** @throws Error when the text is not one well-formed element */
export function parseXml(text: string): Element {
  const root: Element = { name: '', attributes: '', children: [], text: '' };
  const open: Element[] = [root];
  for (const [, closing, name, attributes, empty, content] of text.matchAll(TOKEN)) {
    const parent = open.at(-1) ?? root;
    if (content !== undefined) parent.text += unescapeXml(content);
    else if (closing === '/') close(open, name);
    else if (name !== undefined) {
      const element: Element = { name, attributes: attributes ?? '', children: [], text: '' };
      parent.children.push(element);
      if (empty !== '/') open.push(element);
    }
  }
  const [document] = root.children;
  if (!document || root.children.length > 1 || open.length > 1) throw new Error(`not an XML document: ${text.slice(0, 80)}`);
  return document;
}

export function writeXml(element: Element): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${write(element)}`;
}

/** The descendant at a path of names, the first of each. */
export function at(element: Element, ...path: readonly string[]): Element | undefined {
  let found: Element | undefined = element;
  for (const name of path) found = found?.children.find((child) => child.name === name);
  return found;
}

export function textAt(element: Element, ...path: readonly string[]): string | undefined {
  return at(element, ...path)?.text;
}

/** Puts children in the place of those of the same name, after the others. */
export function putChildren(element: Element, ...children: readonly Element[]): void {
  const names = new Set(children.map(({ name }) => name));
  element.children = [...element.children.filter(({ name }) => !names.has(name)), ...children];
}

function close(open: Element[], name: string | undefined): void {
  const element = open.pop();
  if (element?.name !== name) throw new Error(`</${name}> closes <${element?.name}>`);
  if (element && element.children.length > 0) element.text = '';
}

function write({ name, attributes, children, text }: Element): string {
  const content = children.length > 0 ? children.map(write).join('') : escapeXml(text);
  return `<${name}${attributes}>${content}</${name}>`;
}

export function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&${{ '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot' }[character]};`);
}

function unescapeXml(text: string): string {
  return text.replace(/&(#x[\da-f]+|#\d+|\w+);/gi, (whole, entity: string) => {
    if (/^#x/i.test(entity)) return String.fromCodePoint(Number.parseInt(entity.slice(2), 16));
    if (entity.startsWith('#')) return String.fromCodePoint(Number(entity.slice(1)));
    return ENTITIES[entity] ?? whole;
  });
}
