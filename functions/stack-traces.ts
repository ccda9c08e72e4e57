import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';

/**
 * Has stack traces name the lines that were written and not those of the bundle, by the source map beside each of its modules. A map is read when a trace
 * first needs it: with `--enable-source-maps` Node reads those of all modules before the first of them runs, which was a sixth of a cold start.
 */
export function mapStackTraces(): void {
  const maps = new Map<string, SourceMap | undefined>();
  const mapOf = (file: string): SourceMap | undefined => {
    if (!maps.has(file)) maps.set(file, readMap(file));
    return maps.get(file);
  };
  Error.prepareStackTrace = (error, sites) => [wordsOf(error), ...sites.map((site) => `    at ${placed(site, mapOf)}`)].join('\n');
}

/** Of an error that has no words of its own: what is being told must not fail for the way in which it is told. */
function wordsOf(error: unknown): string {
  try {
    return String(error);
  } catch {
    return 'Error';
  }
}

/** As V8 writes it, with the place in the sources where that is known. */
function placed(site: NodeJS.CallSite, mapOf: (file: string) => SourceMap | undefined): string {
  const [file, line, column] = [site.getFileName(), site.getLineNumber(), site.getColumnNumber()];
  const written = String(site);
  if (typeof file !== 'string' || line === null || column === null) return written;
  const origin = mapOf(file)?.findOrigin(line, column);
  if (origin === undefined || !('fileName' in origin)) return written;
  return written.replace(`${file}:${line}:${column}`, `${withoutParents(origin.fileName)}:${origin.lineNumber}:${origin.columnNumber}`);
}

/** A map names the sources as seen from the bundle's folder: `../../functions/react.ts`. */
function withoutParents(source: string): string {
  return source.replace(/^(\.\.\/)+/, '');
}

/** `undefined` for what has none, such as Node's own modules, and for one that cannot be read. */
function readMap(file: string): SourceMap | undefined {
  if (!file.startsWith('file:')) return undefined;
  try {
    return new SourceMap(JSON.parse(readFileSync(`${fileURLToPath(file)}.map`, 'utf8')));
  } catch {
    return undefined;
  }
}
