import * as iam from '@aws-sdk/client-iam';
import * as rds from '@aws-sdk/client-rds';
import * as sns from '@aws-sdk/client-sns';
import { ACCOUNT_ID } from './estate.ts';
import { json, queryXml } from './serialize.ts';

/** What AWS would say of a service that the estate does not use. */
export interface EmptyAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** By service and operation. `undefined` for what nobody asks of an account that has nothing. */
export function emptyAnswer(service: string, operation: string): EmptyAnswer | undefined {
  return EMPTY[`${service}:${operation}`];
}

const OFF = { status: 'DISABLED' };

const EMPTY: Readonly<Record<string, EmptyAnswer>> = {
  'access-analyzer:ListAnalyzers': jsonOf({ analyzers: [] }),
  'account:GetAlternateContact': refusal(404, 'ResourceNotFoundException', 'No contact of the inputted alternate contact type found.'),
  'account:GetContactInformation': jsonOf({ ContactInformation: { FullName: 'Bench', CountryCode: 'DE' } }),
  'apigateway:GetRestApis': jsonOf({ item: [] }),
  'apigatewayv2:GetApis': jsonOf({ items: [] }),
  'cloudfront:ListDistributions': xmlOf(
    '<DistributionList><Marker></Marker><MaxItems>100</MaxItems><IsTruncated>false</IsTruncated><Quantity>0</Quantity></DistributionList>',
  ),
  'cloudtrail:ListEventDataStores': jsonOf({ EventDataStores: [] }),
  'config:DescribeConfigurationRecorders': jsonOf({ ConfigurationRecorders: [] }),
  'config:DescribeConfigurationRecorderStatus': jsonOf({ ConfigurationRecordersStatus: [] }),
  'config:DescribeDeliveryChannels': jsonOf({ DeliveryChannels: [] }),
  'ecr:DescribeRepositories': jsonOf({ repositories: [] }),
  'elasticfilesystem:DescribeFileSystems': jsonOf({ FileSystems: [] }),
  'guardduty:ListDetectors': jsonOf({ detectorIds: [] }),
  'iam:ListOpenIDConnectProviders': queryOf('ListOpenIDConnectProviders', iam.ListOpenIDConnectProvidersResponse$, {
    OpenIDConnectProviderList: [],
  }),
  'iam:ListSAMLProviders': queryOf('ListSAMLProviders', iam.ListSAMLProvidersResponse$, { SAMLProviderList: [] }),
  'iam:ListServerCertificates': queryOf('ListServerCertificates', iam.ListServerCertificatesResponse$, {
    ...{ ServerCertificateMetadataList: [], IsTruncated: false },
  }),
  'inspector2:BatchGetAccountStatus': jsonOf({
    accounts: [{ accountId: ACCOUNT_ID, state: OFF, resourceState: { ec2: OFF, ecr: OFF, lambda: OFF, lambdaCode: OFF } }],
    failedAccounts: [],
  }),
  'kms:ListAliases': jsonOf({ Aliases: [], Truncated: false }),
  'kms:ListKeys': jsonOf({ Keys: [], Truncated: false }),
  'lambda:ListFunctions': jsonOf({ Functions: [] }),
  'macie2:GetMacieSession': refusal(403, 'AccessDeniedException', 'Macie is not enabled'),
  'organizations:DescribeOrganization': refusal(
    400,
    'AWSOrganizationsNotInUseException',
    'Your account is not a member of an organization.',
  ),
  'rds:DescribeDBClusterSnapshots': queryOf('DescribeDBClusterSnapshots', rds.DBClusterSnapshotMessage$, { DBClusterSnapshots: [] }),
  'rds:DescribeDBClusters': queryOf('DescribeDBClusters', rds.DBClusterMessage$, { DBClusters: [] }),
  'rds:DescribeDBInstances': queryOf('DescribeDBInstances', rds.DBInstanceMessage$, { DBInstances: [] }),
  'rds:DescribeDBSnapshots': queryOf('DescribeDBSnapshots', rds.DBSnapshotMessage$, { DBSnapshots: [] }),
  'secretsmanager:ListSecrets': jsonOf({ SecretList: [] }),
  'securityhub:DescribeHub': refusal(403, 'InvalidAccessException', `Account ${ACCOUNT_ID} is not subscribed to AWS Security Hub`),
  'sns:ListTopics': queryOf('ListTopics', sns.ListTopicsResponse$, { Topics: [] }),
  'sqs:ListQueues': jsonOf({ QueueUrls: [] }),
};

function jsonOf(value: object): EmptyAnswer {
  return { status: 200, type: 'application/x-amz-json-1.1', body: json(value) };
}

function xmlOf(body: string): EmptyAnswer {
  return { status: 200, type: 'text/xml', body };
}

function queryOf(operation: string, schema: unknown, value: object): EmptyAnswer {
  return xmlOf(queryXml(operation, `${operation}Result`, schema, value));
}

function refusal(status: number, code: string, message: string): EmptyAnswer {
  return { status, type: 'application/x-amz-json-1.1', body: JSON.stringify({ __type: code, code, message, Message: message }) };
}
