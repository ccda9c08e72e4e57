import type { ReportedFinding } from '../../report.ts';
import type { PageData } from '../inert-report.ts';

/** What the page was made with. Throws where a browser cannot unpack it. */
export async function readPageData(): Promise<PageData> {
  const [text = ''] = await readBlocks('page');
  const data: PageData = JSON.parse(text);
  return data;
}

/** All findings, in the report's order. */
export async function readFindings(): Promise<ReportedFinding[]> {
  const blocks = await readBlocks('findings');
  return blocks.flatMap((block) => {
    const findings: ReportedFinding[] = JSON.parse(block);
    return findings;
  });
}

function readBlocks(kind: string): Promise<string[]> {
  const blocks = document.querySelectorAll(`script[type="application/gzip"][data-kind="${kind}"]`);
  return Promise.all(Array.from(blocks, ({ textContent }) => unpacked(textContent ?? '')));
}

function unpacked(base64: string): Promise<string> {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).text();
}
