import { Command, CommanderError } from 'commander';
import { backtestCommand } from './commands/backtest.ts';
import { checksCommand } from './commands/checks.ts';
import { collectCommand } from './commands/collect.ts';
import { configCommand } from './commands/config.ts';
import { diffCommand } from './commands/diff.ts';
import { doctorCommand } from './commands/doctor.ts';
import { estimateCommand } from './commands/estimate.ts';
import { exceptionsCommand } from './commands/exceptions.ts';
import { explainCommand } from './commands/explain.ts';
import { findingsCommand } from './commands/findings.ts';
import { replayCommand } from './commands/replay.ts';
import { reportCommand } from './commands/report.ts';
import { runsCommand } from './commands/runs.ts';
import { scanCommand } from './commands/scan.ts';
import type { Context } from './context.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';
import { widthOfSink } from './io.ts';
import { safeText } from './render/safe-text.ts';
import { toStop } from './stop.ts';
import { readVersion } from './version.ts';
import type { World } from './world.ts';

const EXAMPLES = `
Examples:
  $ posture scan                        audit the account that your credentials belong to
  $ posture findings --severity high    what is open
  $ posture diff previous latest        what changed
  $ posture doctor                      which permissions are missing

Every command has its own --help, with examples.
`;

/** Runs one command line. Data goes to stdout; whatever stops it is told in one line on stderr. Never throws. */
export async function run(argv: readonly string[], io: Io, world: World): Promise<ExitCode> {
  let code: ExitCode = EXIT.clean;
  const end = (ended: ExitCode) => {
    code = ended;
  };
  try {
    await toProgram({ io, world }, end).parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.clean;
    if (error instanceof CommanderError && error.code === 'commander.help') return EXIT.usage;
    const { exitCode, message, stack } = toStop(error, argv);
    io.stderr.write(`posture: ${safeText(message)}\n`);
    if (stack !== undefined && (io.env.POSTURE_DEBUG ?? '') !== '') io.stderr.write(`${stack}\n`);
    return exitCode;
  }
}

function toProgram(context: Context, end: (code: ExitCode) => void): Command {
  const { io } = context;
  const program = new Command('posture')
    .description('Audits AWS accounts, keeps what it finds, and tells what changed. What it could not read is unknown, never fine.')
    .version(readVersion())
    .addHelpText('after', EXAMPLES);
  const commands = [
    scanCommand,
    findingsCommand,
    diffCommand,
    runsCommand,
    reportCommand,
    checksCommand,
    exceptionsCommand,
    explainCommand,
    configCommand,
    doctorCommand,
    estimateCommand,
    replayCommand,
    collectCommand,
    backtestCommand,
  ];
  for (const command of commands) program.addCommand(command(context, end));
  for (const each of withCommandsBelow(program)) {
    each.exitOverride().configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      outputError: () => undefined,
      getOutHelpWidth: () => widthOfSink(io.stdout),
      getErrHelpWidth: () => widthOfSink(io.stderr),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });
  }
  return program;
}

function withCommandsBelow(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(withCommandsBelow)];
}
