import { join } from 'node:path';
import { build } from 'esbuild';

const FOLDER = 'findings/exports/html/page';

/** The report page's script and style, each as one text: what exports a page needs neither a build nor their sources beside it. */
export async function toPageCode(root: string): Promise<string> {
  const [script, style] = await Promise.all([bundled(root, 'main.ts'), bundled(root, 'page.css')]);
  return `// Written by \`npm run generate\` from the files in page/.
// biome-ignore-all format: code that runs elsewhere
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: code that runs elsewhere
export const PAGE_SCRIPT = ${JSON.stringify(script)};
export const PAGE_STYLE = ${JSON.stringify(style)};
`;
}

async function bundled(root: string, file: string): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [join(FOLDER, file)],
    bundle: true,
    write: false,
    format: 'iife',
    target: ['es2022', 'chrome123', 'firefox120', 'safari17.5'],
    minify: true,
    legalComments: 'none',
    logLevel: 'warning',
  });
  return outputFiles[0]?.text.trim() ?? '';
}
