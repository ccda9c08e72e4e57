import type { EstimateDocument } from '../estimate/estimate-document.ts';
import { PRICES } from '../estimate/prices.ts';
import type { Screen } from './coverage.ts';
import { labelled, paragraph } from './paragraphs.ts';
import { type Column, toTable } from './table.ts';
import { count, counted } from './words.ts';

/** What a deployment costs in a month, item by item, what others charge because of it, and the prices behind it. */
export function estimateText(estimate: EstimateDocument, screen: Screen): string {
  const parts = [
    head(estimate, screen),
    bill(estimate, screen),
    hidden(estimate, screen),
    prices(estimate, screen),
    notes(estimate, screen),
  ];
  return `\n${parts.join('\n\n')}\n\n`;
}

function head({ load, auditsPerMonth, callsPerMonth, total }: EstimateDocument, { width, palette }: Screen): string {
  const at = { width, at: 11 };
  const audits = `${amount(load.auditsPerDay)} a day, ${amount(auditsPerMonth)} a month, each of ${counted(Math.round(load.scopes), 'scope')}`;
  const allowed = `${usd(total.usdLessAllowances)} with what AWS leaves free for good, if nothing else in the account uses it`;
  return [
    labelled(palette.title('Accounts'), count(load.accounts), at),
    labelled(palette.title('Audits'), audits, at),
    labelled(palette.title('API calls'), `${amount(load.callsPerAudit)} an audit, ${amount(callsPerMonth)} a month`, at),
    labelled(palette.title('Cost'), `${usd(total.usd)} USD a month; ${allowed}`, at),
  ].join('\n');
}

const BILL: readonly Column[] = [
  { head: 'Service', min: 6, overflow: 'wrap' },
  { head: 'Units', min: 5, overflow: 'end', align: 'right' },
  { head: 'of', min: 12, overflow: 'wrap' },
  { head: 'USD', min: 6, overflow: 'end', align: 'right' },
  { head: 'Less free', min: 6, overflow: 'end', align: 'right' },
  { head: 'For', min: 30, overflow: 'wrap', under: true },
];

function bill({ lines, total }: EstimateDocument, { width, palette }: Screen): string {
  const rows = lines
    .filter(({ units }) => units > 0)
    .map((line) => [
      { text: line.service },
      { text: amount(line.units) },
      { text: line.unit },
      { text: usd(line.usd) },
      { text: usd(line.usdLessAllowances) },
      { text: line.because, paint: palette.faint },
    ]);
  const sum = [
    { text: 'Total', paint: palette.title },
    { text: '' },
    { text: '' },
    { text: usd(total.usd), paint: palette.title },
    { text: usd(total.usdLessAllowances), paint: palette.title },
    { text: '' },
  ];
  return `${palette.title('In a month')}\n${toTable(BILL, [...rows, sum], { width, indent: 2, head: palette.faint })}`;
}

const HIDDEN: readonly Column[] = [
  { head: 'USD', min: 6, overflow: 'end', align: 'right' },
  { head: 'Units', min: 5, overflow: 'end', align: 'right' },
  { head: 'of', min: 12, overflow: 'wrap' },
  { head: 'When', min: 30, overflow: 'wrap', under: true },
];

function hidden({ hidden: costs }: EstimateDocument, { width, palette }: Screen): string {
  const rows = costs.map(({ price, units, usd: dollars, when }) => [
    { text: usd(dollars) },
    { text: amount(units) },
    { text: PRICES[price].unit },
    { text: when, paint: palette.faint },
  ]);
  return `${palette.title('Besides, on other bills')}\n${toTable(HIDDEN, rows, { width, indent: 2, head: palette.faint })}`;
}

const PRICE_COLUMNS: readonly Column[] = [
  { head: 'Service', min: 6, overflow: 'wrap' },
  { head: 'Unit', min: 12, overflow: 'wrap' },
  { head: 'USD', min: 8, overflow: 'end', align: 'right' },
  { head: 'per', min: 3, overflow: 'end', align: 'right' },
  { head: 'Free', min: 4, overflow: 'end', align: 'right' },
  { head: 'Date', min: 10, overflow: 'end' },
  { head: 'Source', min: 30, overflow: 'wrap', under: true },
];

function prices({ prices: table, pricesAsOf, region }: EstimateDocument, { width, palette }: Screen): string {
  const rows = table.map((price) => [
    { text: price.service },
    { text: price.unit },
    { text: String(price.usd) },
    { text: count(price.per) },
    { text: price.free === 0 ? '' : count(price.free) },
    { text: price.date },
    { text: price.source, paint: palette.faint },
  ]);
  return `${palette.title(`Prices in ${region}, as of ${pricesAsOf}`)}\n${toTable(PRICE_COLUMNS, rows, { width, indent: 2, head: palette.faint })}`;
}

function notes({ assumptions }: EstimateDocument, { width, palette }: Screen): string {
  const told = [
    'Not counted: taxes, support, discounts, and data that leaves AWS (none does). Other regions ask up to a third more.',
    ...assumptions,
  ];
  return told.map((note) => paragraph(note, width, 0, palette.faint)).join('\n');
}

/** To the cent; what is less, but something, says so. */
function usd(dollars: number): string {
  return dollars > 0 && dollars < 0.005 ? '<0.01' : dollars.toFixed(2);
}

/** `2,192`, `0.013`: whole where that is near enough. */
function amount(units: number): string {
  return units >= 100 || Number.isInteger(units)
    ? count(Math.round(units))
    : Number(units.toPrecision(2)).toLocaleString('en-US', { maximumFractionDigits: 6 });
}
