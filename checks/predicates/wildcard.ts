const compiled = new Map<string, RegExp>();

/** True if IAM's pattern (`*` any run of characters, `?` any one) matches the text. Pass lower-cased text for actions and ARNs' case-blind parts. */
export function matchesWildcard(pattern: string, text: string): boolean {
  if (pattern === '*' || pattern === text) return true;
  if (!pattern.includes('*') && !pattern.includes('?')) return false;
  let expression = compiled.get(pattern);
  if (!expression) {
    const source = pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*+/g, '.*')
      .replaceAll('?', '.');
    expression = new RegExp(`^${source}$`, 's');
    compiled.set(pattern, expression);
  }
  return expression.test(text);
}
