import { pathToFileURL } from 'node:url';

/** Prints how many milliseconds the import of a module takes in this process, which has loaded nothing else. The module is named by the first argument. */
const [, , module = ''] = process.argv;
const started = performance.now();
await import(pathToFileURL(module).href);
process.stdout.write(String(performance.now() - started));
