import type { UsedImage } from '../../inventory/ec2/image.ts';
import { remembered } from './remembered.ts';

/**
 * Whether a public SSM parameter always names the publisher's newest image, without a version or a label of its own ("Finding public parameters",
 * AWS Systems Manager User Guide). What a parameter of the account names is for the account to say.
 */
export function followsPublisher(parameter: string): boolean {
  if (!parameter.startsWith('/aws/service/') || parameter.includes(':')) return false;
  return parameter.split('/').some((part) => MOVING.has(part));
}

const MOVING: ReadonlySet<string> = new Set(['latest', 'recommended', 'current', 'ami-amazon-linux-latest', 'ami-windows-latest']);

/** The public parameter that always names the newest image of a family, for `resolve:ssm:…` in launch templates; `undefined` where none is known. */
export function publicParameterOf({
  name = '',
  ownerAlias,
  ownerId,
}: Pick<UsedImage, 'name' | 'ownerAlias' | 'ownerId'>): string | undefined {
  if (ownerId === CANONICAL) return parameterOf.canonical(name);
  return ownerAlias === 'amazon' ? parameterOf.amazon(name) : undefined;
}

const parameterOf = {
  amazon: remembered((name) => findParameter('amazon', name)),
  canonical: remembered((name) => findParameter('canonical', name)),
};

function findParameter(publisher: Family['by'], name: string): string | undefined {
  for (const { by, form, parameter } of FAMILIES) {
    const found = by === publisher ? form.exec(name) : null;
    if (found) return parameter.replace(/\{(\w+)\}/g, (_, part: string) => found.groups?.[part] ?? '');
  }
  return undefined;
}

const CANONICAL = '099720109477';
const ARCHITECTURE = '(?<architecture>x86_64|arm64)';

interface Family {
  readonly by: 'amazon' | 'canonical';
  readonly form: RegExp;
  /** With the parts of the name that it takes over. */
  readonly parameter: string;
}

const amazon = (form: string, parameter: string): Family => ({
  by: 'amazon',
  form: new RegExp(`^${form}$`),
  parameter: `/aws/service/${parameter}`,
});

const FAMILIES: readonly Family[] = [
  amazon(
    `al2023-ami-(?<kind>minimal-)?2023[.\\d]+-kernel-(?<kernel>\\d+\\.\\d+)-${ARCHITECTURE}`,
    'ami-amazon-linux-latest/al2023-ami-{kind}kernel-{kernel}-{architecture}',
  ),
  amazon(
    `amzn2-ami-(?<kernel>kernel-\\d+\\.\\d+-)?hvm-2\\.0[.\\d]+-${ARCHITECTURE}-(?<disk>gp2|ebs)`,
    'ami-amazon-linux-latest/amzn2-ami-{kernel}hvm-{architecture}-{disk}',
  ),
  amazon('(?<edition>Windows_Server-[\\w.-]+?)-20\\d\\d\\.\\d\\d\\.\\d\\d', 'ami-windows-latest/{edition}'),
  amazon('al2023-ami-ecs-hvm-2023[.\\d]+-kernel-[\\d.]+-x86_64', 'ecs/optimized-ami/amazon-linux-2023/recommended/image_id'),
  amazon('al2023-ami-ecs-hvm-2023[.\\d]+-kernel-[\\d.]+-arm64', 'ecs/optimized-ami/amazon-linux-2023/arm64/recommended/image_id'),
  amazon('amzn2-ami-ecs-hvm-2\\.0[.\\d]+-x86_64-ebs', 'ecs/optimized-ami/amazon-linux-2/recommended/image_id'),
  amazon('amzn2-ami-ecs-hvm-2\\.0[.\\d]+-arm64-ebs', 'ecs/optimized-ami/amazon-linux-2/arm64/recommended/image_id'),
  amazon('amazon-eks-node-(?<version>\\d\\.\\d+)-v\\d+', 'eks/optimized-ami/{version}/amazon-linux-2/recommended/image_id'),
  amazon(
    `amazon-eks-node-al2023-${ARCHITECTURE}-(?<variant>[a-z]+)-(?<version>\\d\\.\\d+)-v\\d+`,
    'eks/optimized-ami/{version}/amazon-linux-2023/{architecture}/{variant}/recommended/image_id',
  ),
  {
    by: 'canonical',
    form: /^ubuntu\/images\/hvm-ssd\/ubuntu-[a-z]+-(?<release>\d\d\.\d\d)-(?<architecture>amd64|arm64)-server-\d+(?:\.\d+)?$/,
    parameter: '/aws/service/canonical/ubuntu/server/{release}/stable/current/{architecture}/hvm/ebs-gp2/ami-id',
  },
  {
    by: 'canonical',
    form: /^ubuntu\/images\/hvm-ssd-gp3\/ubuntu-[a-z]+-(?<release>\d\d\.\d\d)-(?<architecture>amd64|arm64)-server-\d+(?:\.\d+)?$/,
    parameter: '/aws/service/canonical/ubuntu/server/{release}/stable/current/{architecture}/hvm/ebs-gp3/ami-id',
  },
];
