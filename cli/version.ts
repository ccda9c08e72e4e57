import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The package's version. Its package.json stands above this file, and above the bundle or the chunk of it that this becomes a part of. */
export function readVersion(): string {
  const { version }: { readonly version: string } = JSON.parse(readFileSync(packageAbove(import.meta.dirname), 'utf8'));
  return version;
}

function packageAbove(folder: string): string {
  const file = join(folder, 'package.json');
  return existsSync(file) || dirname(folder) === folder ? file : packageAbove(dirname(folder));
}
