import { CommanderError } from 'commander';
import { isUnread } from '../checks/predicates/logic.ts';
import { WrongConfig } from '../config/wrong-config.ts';
import { ConfigError } from '../findings/config-error.ts';
import { classifyAwsError, isCredentialsError, isNetworkError, messageOf } from '../inventory/aws-errors.ts';
import { Complaint } from './complaint.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';

/** How a command ends that could not do its work. */
export interface Stop {
  readonly exitCode: ExitCode;
  /** One line. */
  readonly message: string;
  /** Only of a fault of ours. */
  readonly stack?: string | undefined;
}

/** Words for whatever was thrown. What nobody foresaw is a fault of ours, and says how to see more of it. */
export function toStop(error: unknown, argv: readonly string[]): Stop {
  if (error instanceof Complaint) return { exitCode: error.exitCode, message: error.message };
  if (error instanceof WrongConfig) return { exitCode: EXIT.usage, message: wrongConfig(error) };
  if (error instanceof ConfigError) return { exitCode: EXIT.usage, message: error.message };
  if (error instanceof CommanderError) return { exitCode: EXIT.usage, message: wrongUsage(error, argv) };
  if (isUnread(error))
    return { exitCode: EXIT.noAccess, message: `AWS did not answer (${error.message}); "posture doctor" tells what is missing` };
  if (error instanceof Error && error.message === 'Region is missing')
    return {
      exitCode: EXIT.usage,
      message: 'no region is known for the table; set AWS_REGION, or write dynamodb://<table>?region=eu-west-1 in --store',
    };
  return classifyAwsError(error) === undefined ? toFault(error) : toRefusal(error);
}

/** AWS refused outside of a scan's readings: the store or the topic. */
function toRefusal(error: unknown): Stop {
  const said = error instanceof Error ? messageOf(error) : String(error);
  if (isNetworkError(error))
    return { exitCode: EXIT.noAccess, message: `AWS cannot be reached (${said}); check the network, the proxy and AWS_ENDPOINT_URL` };
  if (isCredentialsError(error))
    return { exitCode: EXIT.noAccess, message: `AWS does not accept the credentials (${said}); sign in again, or use --profile` };
  return {
    exitCode: EXIT.undelivered,
    message: `AWS refused what the store needs (${said}); allow it to these credentials, or choose another --store`,
  };
}

function toFault(error: unknown): Stop {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  return {
    exitCode: EXIT.bug,
    message: `a fault of ours: ${name}: ${message}; set POSTURE_DEBUG=1 for the stack, and please report it`,
    stack,
  };
}

/** `error: unknown option '--foo'\n(Did you mean --format?)` on one line, with where to read more. */
function wrongUsage({ message }: CommanderError, argv: readonly string[]): string {
  const [command = ''] = argv.filter((word) => /^[a-z]+$/.test(word));
  const text = message
    .replace(/^error: /, '')
    .replace(/\s*\n\s*/g, ' ')
    .replace(/\.$/, '');
  return `${text}; see "posture ${['scan', 'checks', 'explain', 'findings', 'diff', 'runs', 'doctor', 'estimate', 'replay', 'collect', 'backtest', 'config'].includes(command) ? `${command} ` : ''}--help"`;
}

function wrongConfig({ message, faults }: WrongConfig): string {
  return faults.length === 0 ? `${message}; name another with --config` : message;
}
