import { readFileSync } from 'node:fs';

/** The package's version. Its package.json stands one folder above the bundle, as it does above this file. */
export function readVersion(): string {
  const { version }: { readonly version: string } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return version;
}
