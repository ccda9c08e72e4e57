import aslValidator from 'asl-validator';
import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { auditDefinition, PLAN_SECONDS, SCAN_SECONDS, SETTLE_SECONDS, SUMMARIZE_SECONDS } from '../../cdk/audit-definition.ts';
import { flat, hubTemplate, propertiesOf } from './synthesized.ts';

const definition = auditDefinition({
  plan: arnOf('plan'),
  scan: arnOf('scan'),
  summarize: arnOf('summarize'),
  partition: 'aws',
  concurrency: 40,
});

const Retrier = z.object({
  ErrorEquals: z.array(z.string()),
  MaxAttempts: z.number(),
  BackoffRate: z.number().optional(),
  JitterStrategy: z.string().optional(),
  IntervalSeconds: z.number().optional(),
});
const Task = z.object({ Type: z.literal('Task'), TimeoutSeconds: z.number(), Retry: z.array(Retrier) });

function arnOf(name: string): string {
  return `arn:aws:lambda:eu-west-1:111122223333:function:cloud-posture-${name}`;
}

/** All tasks, of the map's children too. */
function tasksIn(part: unknown): readonly z.infer<typeof Task>[] {
  const task = Task.safeParse(part);
  if (task.success) return [task.data];
  return typeof part === 'object' && part !== null ? Object.values(part).flatMap(tasksIn) : [];
}

test('the definition is valid Amazon States Language', () => {
  expect(aslValidator(definition)).toMatchObject({ isValid: true, errors: [] });
});

describe('every task', () => {
  test('is tried again with backoff and full jitter after faults that pass, and after what is wrong for good not at all', () => {
    const tasks = tasksIn(definition);
    expect(tasks).toHaveLength(4);
    for (const { Retry } of tasks) {
      const [lasting, passing, other] = Retry;
      expect(lasting).toEqual({ ErrorEquals: ['ConfigError', 'NoProgress'], MaxAttempts: 0 });
      expect(passing).toMatchObject({
        ErrorEquals: expect.arrayContaining(['Lambda.TooManyRequestsException', 'Lambda.ServiceException', 'ThrottlingException']),
      });
      expect(other).toMatchObject({ ErrorEquals: ['States.ALL'] });
      for (const each of [passing, other]) expect(each).toMatchObject({ BackoffRate: 2, JitterStrategy: 'FULL' });
    }
  });

  test('has a time limit; that of a scan leaves an Express execution of five minutes time for a second attempt', () => {
    const seconds = tasksIn(definition).map(({ TimeoutSeconds }) => TimeoutSeconds);
    expect(seconds).toEqual([PLAN_SECONDS, SCAN_SECONDS, PLAN_SECONDS, SUMMARIZE_SECONDS].map((own) => own + 5));
    expect(2 * (SCAN_SECONDS + 5) + 5).toBeLessThan(300);
  });
});

test('the summary waits until no scan can still be running, for what that kept would be told nowhere', () => {
  const waits = z.object({ States: z.object({ Settle: z.object({ Seconds: z.literal(SETTLE_SECONDS), Next: z.literal('Summarize') }) }) });
  expect(waits.safeParse(definition).success).toBe(true);
  expect(SETTLE_SECONDS).toBeGreaterThan(SCAN_SECONDS);
  expect(JSON.stringify(definition).match(/"Next":"Summarize"/g)).toHaveLength(1);
});

describe('as it is deployed', () => {
  const Machine = z.object({
    DefinitionString: z.unknown(),
    LoggingConfiguration: z.object({ Level: z.string() }),
    StateMachineType: z.string(),
  });
  let machine: z.infer<typeof Machine>;
  beforeAll(() => {
    machine = Machine.parse(
      Object.values(propertiesOf(hubTemplate({ deployment: { concurrency: 7 } }), 'AWS::StepFunctions::StateMachine'))[0],
    );
  }, 120_000);

  test('it calls the deployed functions, and as many scans at a time as the configuration says', () => {
    const text = flat(machine.DefinitionString);
    expect(JSON.parse(text)).toMatchObject({
      States: {
        Plan: { Resource: expect.stringMatching(/^<Functionsplan\w+\.Arn>$/), Parameters: { round: 0 } },
        'Scan scopes': {
          MaxConcurrency: 7,
          ToleratedFailurePercentage: 100,
          ItemProcessor: {
            ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
            States: { 'Scan scope': { Resource: expect.stringMatching(/^<Functionsscan\w+\.Arn>$/) } },
          },
        },
        Summarize: { Resource: expect.stringMatching(/^<Functionssummarize\w+\.Arn>$/) },
      },
    });
  });

  test('it is a standard machine that logs its errors', () => {
    expect([machine.StateMachineType, machine.LoggingConfiguration.Level]).toEqual(['STANDARD', 'ERROR']);
  });
});
