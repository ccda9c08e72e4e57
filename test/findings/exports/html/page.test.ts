import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toHtml } from '../../../../findings/exports/html.ts';
import { findingAt, reportOf, reportWith } from '../html-report.ts';

const CHROMIUM = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  (path) => path !== undefined && existsSync(path),
);
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'posture-html-'));
const REPORT = reportOf(450);

if (CHROMIUM === undefined)
  process.stderr.write('skipped: the report page needs a Chromium (apt-get install chromium, or CHROMIUM=path)\n');

describe.skipIf(CHROMIUM === undefined)('the report page in a browser', () => {
  let browser: Browser;
  let complaints: string[] = [];

  beforeAll(async () => {
    write('many', REPORT);
    write('few', reportOf(40));
    write('hostile', hostileReport());
    browser = await chromium.launch({ ...(CHROMIUM === undefined ? {} : { executablePath: CHROMIUM }), args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A page that keeps what the browser complains of, and what it asks of any network. */
  async function opened(name: string, hash = '', options: BrowserContextOptions = {}): Promise<Page> {
    complaints = [];
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => (/^(file|data):/.test(request.url()) ? undefined : complaints.push(request.url())));
    page.on('dialog', (dialog) => complaints.push(dialog.message()));
    await page.goto(`${pathToFileURL(join(folder, `${name}.html`))}${hash}`);
    if (options.javaScriptEnabled !== false) await page.waitForSelector('#filters:not([hidden])');
    return page;
  }

  test('filters narrow the list, stand in the address, and a copy of it shows the same', async () => {
    const page = await opened('many');
    expect(await page.textContent('#said')).toBe('450 findings, 1 to 100 shown');
    await page.check('[name=severity][value=HIGH]');
    await page.selectOption('[name=region]', 'us-east-1');
    await page.fill('[name=text]', 'production');
    const said = await page.textContent('#said');
    const wanted = REPORT.findings.filter(
      ({ severity, resource }) => severity === 'HIGH' && resource.region === 'us-east-1' && resource.tags.stage === 'production',
    );
    expect(said).toContain(`${wanted.length} of 450 findings`);
    const { hash } = new URL(page.url());
    expect(hash).toBe('#severity=HIGH&region=us-east-1&text=production');
    const copy = await opened('many', hash);
    expect(await copy.textContent('#said')).toBe(said);
    expect(await copy.inputValue('[name=text]')).toBe('production');
    await copy.click('[type=reset]');
    expect(await copy.textContent('#said')).toBe('450 findings, 1 to 100 shown');
    expect(new URL(copy.url()).hash).toBe('');
    expect(complaints).toEqual([]);
  });

  test('a heading sorts, and says how to those who do not see it', async () => {
    const page = await opened('many');
    expect(await page.getAttribute('th.severity', 'aria-sort')).toBe('ascending');
    await page.click('[data-sort=since]');
    expect(await page.getAttribute('th.since', 'aria-sort')).toBe('ascending');
    expect(await page.getAttribute('th.severity', 'aria-sort')).toBe('none');
    await page.keyboard.press('Enter');
    expect(await page.getAttribute('th.since', 'aria-sort')).toBe('descending');
    const oldest = REPORT.findings.flatMap(({ open, openedAt }) => (open && openedAt ? [openedAt] : [])).sort()[0];
    await page.click('[data-sort=since]');
    expect(await page.textContent('tbody tr:first-child td.since')).toContain(oldest?.slice(0, 10));
    expect(complaints).toEqual([]);
  });

  test('everything is reached and opened by keyboard alone', async () => {
    const page = await opened('many');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement?.id')).toBe('skip');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement?.id')).toBe('findings');
    await page.focus('tbody .opener');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    expect(await page.getAttribute('tbody tr:nth-child(2) .opener', 'aria-expanded')).toBe('true');
    const details = await page.textContent('.details');
    expect(details).toContain('Why it matters');
    expect(details).toContain('How to fix it');
    expect(await page.locator('.details').getAttribute('id')).toBe(
      await page.getAttribute('tbody tr:nth-child(2) .opener', 'aria-controls'),
    );
    await page.keyboard.press('Escape');
    expect(await page.locator('.details').count()).toBe(0);
    expect(await page.evaluate('document.activeElement?.className')).toBe('opener');
    expect(complaints).toEqual([]);
  });

  test('a link to a finding opens it, on whatever page it is', async () => {
    const last = REPORT.findings.findLast((finding) => finding.exception !== null);
    const page = await opened('many', `#finding=${last?.id}`);
    expect(await page.getAttribute('tr.opened', 'data-finding')).toBe(last?.id);
    expect(await page.textContent('.details')).toContain('Excepted by jane@example.com until 2027-03-31 (SEC-214)');
    expect(new URL(page.url()).hash).toBe(`#finding=${last?.id}`);
    expect(complaints).toEqual([]);
  });

  test('pages are turned', async () => {
    const page = await opened('many');
    await page.click('#pages button:has-text("Next")');
    expect(await page.textContent('#said')).toBe('450 findings, 101 to 200 shown');
    await page.click('#pages button:has-text("Last")');
    expect(await page.textContent('#pages span')).toBe('Page 5 of 5');
    expect(await page.isDisabled('#pages button:has-text("Next")')).toBe(true);
    expect(complaints).toEqual([]);
  });

  test('strange names run nothing and are shown as they are written', async () => {
    const page = await opened('hostile');
    const name = '<img src=x onerror=alert(1)>';
    expect(await page.textContent('tbody td.finding bdi')).toBe(`</script><script>alert(2)</script>${name}`);
    await page.click('.opener');
    expect(await page.textContent('.details pre:not(.command)')).toContain(name);
    expect(await page.locator('img, script:not([type]) ~ script').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  test('what the policy forbids does not run', async () => {
    const page = await opened('many');
    await page.evaluate("document.body.append(Object.assign(document.createElement('iframe'), { src: 'data:text/html,x' }))");
    await expect(page.evaluate("document.body.setAttribute('onclick', 'alert(1)')")).rejects.toThrow('TrustedScript');
    await expect(page.evaluate("document.body.innerHTML = '<b>x</b>'")).rejects.toThrow('TrustedHTML');
    expect(complaints.join()).toContain('Content Security Policy');
  });

  test('the colours are those of the system until somebody wants the others', async () => {
    const page = await opened('many', '', { colorScheme: 'dark' });
    const paper = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
    const dark = await paper();
    await page.click('#theme');
    expect(await paper()).not.toBe(dark);
    await page.reload();
    await page.waitForSelector('#filters:not([hidden])');
    expect(await page.textContent('#theme')).toBe('Dark');
    expect(complaints).toEqual([]);
  });

  test('without scripts there is the summary and the worst 50', async () => {
    const page = await opened('many', '', { javaScriptEnabled: false });
    expect(await page.locator('tr[data-finding]').count()).toBe(50);
    expect(await page.isVisible('noscript')).toBe(true);
    expect(await page.isVisible('#filters')).toBe(false);
  });

  test.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 390],
    ['dark', 390],
  ] as const)('axe finds nothing, %s, %i wide', async (colorScheme, width) => {
    const page = await opened('few', '', { colorScheme, viewport: { width, height: 900 }, bypassCSP: true });
    await page.click('.opener');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    await page.evaluate(AXE);
    const found = await page.evaluate(
      'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, ...nodes.slice(0, 3).map(({ html, failureSummary }) => html.slice(0, 200) + failureSummary)]))',
    );
    expect(found).toEqual([]);
  });
});

function hostileReport() {
  const name = '<img src=x onerror=alert(1)>';
  const { resource, ...finding } = findingAt(1);
  const named = { ...resource, id: name, arn: `arn:aws:s3:::${name}`, tags: { Name: name, Owner: '"><svg onload=alert(3)>' } };
  const reason = `</script><script>alert(2)</script>${name}`;
  return reportWith([{ ...finding, status: 'FAIL', open: true, exception: null, reason, evidence: { [name]: name }, resource: named }]);
}

function write(name: string, report: Parameters<typeof toHtml>[0]): void {
  writeFileSync(join(folder, `${name}.html`), [...toHtml(report)].join(''));
}
