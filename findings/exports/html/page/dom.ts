import type { Content } from '../tag.ts';

const SVG = 'http://www.w3.org/2000/svg';

/** The same as `toMarkup` says, as nodes: text enters as text. */
export function toNode(content: Content, inSvg = false): Node {
  if (typeof content === 'string') return document.createTextNode(content);
  const { name, attributes, children } = content;
  const isSvg = inSvg || name === 'svg';
  const element = isSvg ? document.createElementNS(SVG, name) : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children.map((child) => toNode(child, isSvg)));
  return element;
}

/** The first element that matches. Throws if there is none of that type: the page is ours. */
export function only<T extends Element>(selector: string, type: new () => T, within: ParentNode = document): T {
  const found = within.querySelector(selector);
  if (found instanceof type) return found;
  throw new Error(`the page has no ${selector}`);
}

/** What an event came from, or the nearest element around it that matches. */
export function nearest(event: Event, selector: string): HTMLElement | undefined {
  const found = event.target instanceof Element ? event.target.closest(selector) : null;
  return found instanceof HTMLElement ? found : undefined;
}
