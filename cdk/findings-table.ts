import { RemovalPolicy } from 'aws-cdk-lib';
import {
  type Attribute,
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { EXPIRY, INDEXES, tableDefinition } from '../findings/dynamodb-table.ts';

/**
 * The table of findings and runs. It outlives the stack: what was wrong, since when and who was told cannot be found out again. So it has no
 * name of our choosing, which the table of an earlier deployment, or of one that was rolled back, would have taken.
 */
export class FindingsTable extends Construct {
  readonly table: Table;

  constructor(scope: Construct, id: string, { key }: { readonly key: IKey }) {
    super(scope, id);
    const { KeySchema } = tableDefinition(id);
    const [partition, sort] = (KeySchema ?? []).map(({ AttributeName }) => toText(AttributeName));
    if (partition === undefined) throw new Error('the table has no key');
    this.table = new Table(this, 'Table', {
      partitionKey: partition,
      ...(sort === undefined ? {} : { sortKey: sort }),
      billingMode: BillingMode.PAY_PER_REQUEST,
      stream: StreamViewType.NEW_AND_OLD_IMAGES,
      timeToLiveAttribute: EXPIRY,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: key,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    for (const [indexName, keys] of Object.entries(INDEXES)) {
      this.table.addGlobalSecondaryIndex({
        indexName,
        partitionKey: toText(keys.partition),
        sortKey: toText(keys.sort),
        projectionType: ProjectionType.ALL,
      });
    }
  }
}

function toText(name: string | undefined): Attribute {
  return { name: name ?? '', type: AttributeType.STRING };
}
