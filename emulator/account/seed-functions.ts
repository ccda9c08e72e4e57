import {
  AddPermissionCommand,
  CreateAliasCommand,
  CreateFunctionCommand,
  CreateFunctionUrlConfigCommand,
  LambdaClient,
  PublishVersionCommand,
  Runtime,
} from '@aws-sdk/client-lambda';
import type { Description } from './description.ts';
import type { SeedClients } from './seed-clients.ts';
import type { LambdaFunction, LambdaPermission } from './service-description.ts';

export async function seedFunctions(aws: SeedClients, description: Description): Promise<void> {
  for (const [name, one] of description.functions)
    await seedFunction(aws.client(LambdaClient, one.region ?? description.region), name, one, description.id);
}

async function seedFunction(lambda: LambdaClient, name: string, one: LambdaFunction, accountId: string): Promise<void> {
  await lambda.send(new CreateFunctionCommand({ FunctionName: name, Role: `arn:aws:iam::${accountId}:role/${one.role}`, ...toCode(one) }));
  if (one.url) await lambda.send(new CreateFunctionUrlConfigCommand({ FunctionName: name, AuthType: one.url }));
  await seedPermissions(lambda, { name }, one.permissions ?? []);
  for (const [alias, permissions] of Object.entries(one.aliases ?? {})) {
    const { Version } = await lambda.send(new PublishVersionCommand({ FunctionName: name }));
    await lambda.send(new CreateAliasCommand({ FunctionName: name, Name: alias, FunctionVersion: Version }));
    await seedPermissions(lambda, { name, alias }, permissions);
  }
}

/** A zip archive with nothing in it. */
const EMPTY_ZIP = Uint8Array.from([0x50, 0x4b, 0x05, 0x06, ...Array<number>(18).fill(0)]);

function toCode({ runtime = 'nodejs24.x' }: LambdaFunction) {
  if (runtime === 'image') return { PackageType: 'Image', Code: { ImageUri: 'example:latest' } } as const;
  const known = Object.values(Runtime).find((one) => one === runtime);
  return { Runtime: known, Handler: 'index.handler', Code: { ZipFile: EMPTY_ZIP } } as const;
}

async function seedPermissions(
  lambda: LambdaClient,
  { name, alias }: { readonly name: string; readonly alias?: string },
  permissions: readonly LambdaPermission[],
): Promise<void> {
  for (const [index, { principal, action = 'lambda:InvokeFunction', sourceArn, sourceAccount, urlAuthType }] of permissions.entries()) {
    await lambda.send(
      new AddPermissionCommand({
        FunctionName: name,
        Qualifier: alias,
        StatementId: `permission-${index + 1}`,
        Principal: principal,
        Action: action,
        SourceArn: sourceArn,
        SourceAccount: sourceAccount,
        FunctionUrlAuthType: urlAuthType,
      }),
    );
  }
}
