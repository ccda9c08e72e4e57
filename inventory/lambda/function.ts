import type { AliasConfiguration, FunctionConfiguration, FunctionUrlConfig } from '@aws-sdk/client-lambda';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import { Listed } from '../facet.ts';
import { gathered } from '../gathered.ts';
import { toListed } from '../partial.ts';
import { type PolicyDocument, toPolicyDocument } from '../policy-document.ts';
import { defineReader } from '../reader.ts';
import { getFunctionConfiguration, getPolicy, listAliases, listFunctions, listFunctionUrlConfigs } from './calls.ts';
import { functionChanges } from './function-changes.ts';
import { toFunctionName } from './function-name.ts';

export interface FunctionFacets {
  /** What runs when the function itself or one of its aliases is invoked, each version once. */
  readonly runtimes: Iterable<FunctionRuntime>;
  /** Resource policies of the function and of its aliases; those without one are left out. Published versions that no alias names are not asked. */
  readonly policies: Iterable<FunctionPolicy>;
  readonly urls: Iterable<FunctionUrl>;
}

export interface FunctionRuntime {
  /** `$LATEST` or the number of a version. */
  readonly version: string;
  /** `nodejs24.x`; `undefined` for a container image, which brings its own. */
  readonly identifier: string | undefined;
}

export interface FunctionPolicy {
  /** The alias that it is for; `undefined` for the function itself. */
  readonly alias: string | undefined;
  readonly policy: PolicyDocument;
}

export interface FunctionUrl {
  /** The alias that it calls; `undefined` for the function itself. */
  readonly alias: string | undefined;
  /** `NONE`: Lambda asks nobody who they are, and the resource policy alone decides. */
  readonly authType: 'AWS_IAM' | 'NONE';
}

interface ListedFunction {
  readonly name: string;
  readonly arn: string;
  readonly configuration: FunctionConfiguration;
}

export const functions = defineReader<'AWS::Lambda::Function', ListedFunction>({
  type: 'AWS::Lambda::Function',
  scope: 'regional',
  changes: functionChanges,
  list: {
    calls: [listFunctions],
    read: async (place) => toListed(await listFunctions(place), (configuration) => toListedFunction(configuration, 'lambda:ListFunctions')),
  },
  only: { calls: [getFunctionConfiguration], read: readNamed },
  identify: ({ name, arn }, { accountId, region }, partition) => ({ arn, id: name, accountId, region, partition, tags: {} }),
  facets: {
    runtimes: { calls: [listAliases, getFunctionConfiguration], read: readRuntimes },
    policies: { calls: [listAliases, getPolicy], read: readPolicies },
    urls: {
      calls: [listFunctionUrlConfigs],
      read: async ({ name, arn }, place) => toListed(await listFunctionUrlConfigs(place, { name }), (url) => toUrl(url, arn)),
    },
  },
});

function toListedFunction(configuration: FunctionConfiguration, operation: string): ListedFunction {
  const { FunctionName, FunctionArn } = configuration;
  if (!FunctionName || !FunctionArn) throw malformed(operation, 'a function has no name or no ARN');
  return { name: FunctionName, arn: FunctionArn, configuration };
}

/** The account's own functions of these names or ARNs. */
async function readNamed(place: Place, ids: readonly string[]): Promise<Listed<ListedFunction>> {
  const names = [...new Set(ids.map(toFunctionName))].filter((name) => name !== '');
  const looked = await Promise.all(names.map((name) => getFunctionConfiguration(place, { name })));
  return toListed(
    looked.filter((configuration) => configuration !== undefined),
    (configuration) => toListedFunction(configuration, 'lambda:GetFunctionConfiguration'),
  );
}

async function readRuntimes({ name, configuration }: ListedFunction, place: Place): Promise<Iterable<FunctionRuntime>> {
  const aliases = toListed(await listAliases(place, { name }), toAlias);
  const versions = [...new Set(aliases.known.flatMap((alias) => alias.versions))].filter((version) => version !== LATEST);
  const published = await gathered(versions.map((qualifier) => () => getFunctionConfiguration(place, { name, qualifier })));
  const { known, unread } = toListed([configuration, ...published.known], toRuntime);
  return new Listed(known, unread ?? published.unread ?? aliases.unread);
}

const LATEST = '$LATEST';

function toRuntime({ Version, PackageType, Runtime }: FunctionConfiguration): FunctionRuntime {
  if (Version === undefined || (PackageType !== 'Zip' && PackageType !== 'Image') || (PackageType === 'Zip' && Runtime === undefined))
    throw malformed('lambda:GetFunctionConfiguration', 'a function does not say what it runs on');
  return { version: Version, identifier: PackageType === 'Zip' ? Runtime : undefined };
}

async function readPolicies({ name }: ListedFunction, place: Place): Promise<Iterable<FunctionPolicy>> {
  const aliases = toListed(await listAliases(place, { name }), toAlias);
  const qualifiers = [undefined, ...aliases.known.map(({ alias }) => alias)];
  const policies = await gathered(qualifiers.map((alias) => () => readPolicy(name, alias, place)));
  return new Listed(policies.known, policies.unread ?? aliases.unread);
}

async function readPolicy(name: string, alias: string | undefined, place: Place): Promise<FunctionPolicy | undefined> {
  const text = await getPolicy(place, alias === undefined ? { name } : { name, qualifier: alias });
  return text === undefined ? undefined : { alias, policy: toPolicyDocument(text, 'lambda:GetPolicy') };
}

interface Alias {
  readonly alias: string;
  /** One, or two that share what comes in. */
  readonly versions: readonly string[];
}

function toAlias({ Name, FunctionVersion, RoutingConfig }: AliasConfiguration): Alias {
  if (!Name || !FunctionVersion) throw malformed('lambda:ListAliases', 'an alias is incomplete');
  return { alias: Name, versions: [FunctionVersion, ...Object.keys(RoutingConfig?.AdditionalVersionWeights ?? {})] };
}

function toUrl({ FunctionArn, AuthType }: FunctionUrlConfig, arn: string): FunctionUrl {
  const alias = FunctionArn?.startsWith(`${arn}:`) ? FunctionArn.slice(arn.length + 1) : undefined;
  if ((alias === undefined && FunctionArn !== arn) || (AuthType !== 'AWS_IAM' && AuthType !== 'NONE'))
    throw malformed('lambda:ListFunctionUrlConfigs', 'a URL is of another function or its authentication of an unknown kind');
  return { alias, authType: AuthType };
}
