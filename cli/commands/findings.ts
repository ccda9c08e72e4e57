import { Command } from 'commander';
import type { Severity } from '../../checks/check.ts';
import { isProbable } from '../../findings/cause.ts';
import type { Finding } from '../../findings/finding.ts';
import { rankOf } from '../../findings/severity.ts';
import type { FindingStore, StateFilter } from '../../findings/store.ts';
import { Complaint } from '../complaint.ts';
import { type Context, screenOf } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { type KeptFinding, toKeptFinding } from '../kept-finding.ts';
import { toLastSeen } from '../last-seen-at.ts';
import {
  checksNamed,
  configOption,
  type Format,
  formatOption,
  list,
  oneOf,
  type Shared,
  severities,
  storeOption,
  tableProfileOption,
} from '../options.ts';
import { findingList } from '../render/finding-list.ts';
import { paragraph } from '../render/paragraphs.ts';
import { safeJson } from '../render/safe-text.ts';
import { counted } from '../render/words.ts';
import { openKept, type StoreChoice } from '../stores.ts';

interface FindingsOptions extends Shared, StoreChoice {
  readonly severity?: readonly Severity[];
  readonly check?: readonly string[];
  readonly account?: string;
  readonly all?: boolean;
  readonly state?: readonly Finding['state'][];
  readonly format: Format;
}

const EXAMPLES = `
Examples:
  $ posture findings
  $ posture findings --severity critical,high
  $ posture findings --check ec2-security-group-admin-ports-closed --all
  $ posture findings --state excepted
  $ posture findings --store dynamodb://posture --account 111122223333 --format ndjson
`;

export function findingsCommand(context: Context, end: (code: ExitCode) => void): Command {
  return new Command('findings')
    .summary('what is open, and since when')
    .description('Lists what is open by what the last scans have kept. Asks AWS nothing.')
    .option('--severity <list>', 'of these severities', severities)
    .option('--check <ids>', 'of these checks', list)
    .option('--account <id>', 'of this account')
    .option('--state <list>', 'in these states: open, excepted, resolved (default: open, excepted)', states)
    .option('--all', 'in whatever state')
    .addOption(configOption())
    .addOption(storeOption())
    .addOption(tableProfileOption())
    .addOption(formatOption('table', 'json', 'ndjson'))
    .option('--no-color', 'no colours')
    .addHelpText('after', EXAMPLES)
    .action(async (options: FindingsOptions) => {
      checksNamed(options.check ?? [], context.world.checks);
      assertAccount(options.account);
      const store = await openKept(context, options);
      try {
        const findings = await readFindings(store, options);
        if (findings.length === 0) await assertScanned(store, options.account);
        context.io.stdout.write(textOf(findings, options, context));
      } finally {
        await store.close();
      }
      end(EXIT.clean);
    });
}

/** @throws Complaint for what is not an account id */
export function assertAccount(account: string | undefined): void {
  if (account !== undefined && !/^\d{12}$/.test(account))
    throw new Complaint(EXIT.usage, `"${account}" is not an account id; expected 12 digits in --account`);
}

const STATES: readonly Finding['state'][] = ['open', 'excepted', 'resolved'];
const STANDING: readonly Finding['state'][] = ['open', 'excepted'];

function states(value: string, before: readonly Finding['state'][] = []): readonly Finding['state'][] {
  return list(value, before).map((word) => oneOf(word, STATES));
}

/** Nothing found is good news only where somebody looked. @throws Complaint if no scan of the account, or of any, was completed */
async function assertScanned(store: FindingStore, account: string | undefined): Promise<void> {
  for await (const { finishedAt } of store.runs(account)) if (finishedAt !== undefined) return;
  const which = account === undefined ? '' : ` of account ${account}`;
  throw new Complaint(EXIT.usage, `no complete scan${which} is kept here, so nothing is known; "posture scan" makes one`);
}

async function readFindings(
  store: FindingStore,
  { severity, check, account, all, state: wanted }: FindingsOptions,
): Promise<readonly KeptFinding[]> {
  const asked = wanted ?? (all ? STATES : STANDING);
  const lastSeenAt = await toLastSeen(store, account);
  const kept: KeptFinding[] = [];
  for (const state of filtersOf(asked)) {
    for await (const finding of store.findingsInState(state, account)) {
      const fits =
        asked.includes(finding.state) && (severity?.includes(finding.severity) ?? true) && (check?.includes(finding.checkId) ?? true);
      if (fits) kept.push(toKeptFinding(finding, lastSeenAt(finding)));
    }
  }
  return kept.sort(worstFirst);
}

/** What is excepted is kept among what is open: both are read at once. */
function filtersOf(states: readonly Finding['state'][]): readonly StateFilter[] {
  const standing = states.filter((state) => state !== 'resolved');
  return [...(standing.length > 1 ? (['unresolved'] as const) : standing), ...(states.includes('resolved') ? (['resolved'] as const) : [])];
}

function worstFirst(a: KeptFinding, b: KeptFinding): number {
  return (
    rankOf(a.severity) - rankOf(b.severity) ||
    (a.checkId < b.checkId ? -1 : a.checkId > b.checkId ? 1 : a.firstSeenAt < b.firstSeenAt ? -1 : 1)
  );
}

function textOf(findings: readonly KeptFinding[], options: FindingsOptions, context: Context): string {
  const screen = screenOf(context, options);
  switch (options.format) {
    case 'json':
      return `${safeJson({ schemaVersion: 1, findings }, 2)}\n`;
    case 'ndjson':
      return findings.map((finding) => `${safeJson(finding)}\n`).join('');
    case 'table':
      return `\n${tableOf(findings, options, context, screen)}\n\n`;
    default:
      return options.format satisfies never;
  }
}

/** Who is behind the newest step of which that is known; with a question mark, if only probably. */
function toBy({ history }: KeptFinding): string | undefined {
  const cause = history.findLast((step) => step.cause !== undefined)?.cause;
  return cause && `${cause.actor.name}${isProbable(cause) ? '?' : ''}`;
}

/** Of what is excepted, by whom and until when comes first: it is why nothing need be done. */
function toReason({ reason, exception }: KeptFinding): string {
  if (!exception) return reason;
  const { owner, expires, ticket } = exception;
  return `excepted by ${owner} until ${expires} (${ticket}): ${reason}`;
}

function tableOf(
  findings: readonly KeptFinding[],
  options: FindingsOptions,
  { world }: Context,
  screen: ReturnType<typeof screenOf>,
): string {
  if (findings.length === 0) return noneOf(options, screen);
  const rows = findings.map((finding) => ({ ...finding, since: finding.openedAt, by: toBy(finding), reason: toReason(finding) }));
  const inState = (wanted: Finding['state']) => findings.filter(({ state }) => state === wanted).length;
  const others = (['excepted', 'resolved'] as const).flatMap((state) => (inState(state) > 0 ? [`, ${inState(state)} ${state}`] : []));
  const closing = `${counted(inState('open'), 'open finding')}${others.join('')}; "posture explain <check>" tells how to fix them`;
  return `${findingList(rows, world.checks, screen)}\n\n${paragraph(closing, screen.width, 0, screen.palette.faint)}`;
}

function noneOf({ severity, check, all, state }: FindingsOptions, { palette }: ReturnType<typeof screenOf>): string {
  if (severity !== undefined || check !== undefined || state !== undefined) return palette.faint('No finding fits.');
  return palette.good(all ? 'Nothing was ever found.' : 'Nothing is open.');
}
