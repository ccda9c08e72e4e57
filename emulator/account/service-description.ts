import type { Policy } from './description.ts';

export interface Queue {
  readonly region?: string;
  readonly policy?: Policy;
  /** Keys of SQS, as SQS sets it on new queues, unless this says otherwise. */
  readonly encryption?: 'sqs' | 'kms' | 'none';
}

export interface Topic {
  readonly region?: string;
  /** That which SNS gives new topics unless this says otherwise. */
  readonly policy?: Policy;
  readonly kmsKey?: string;
  /** Mail addresses, URLs and ARNs. */
  readonly subscriptions?: readonly string[];
}

export interface LambdaFunction {
  readonly region?: string;
  /** The name of a described role. */
  readonly role: string;
  /** `nodejs24.x` unless this says otherwise; `image` is a container image. */
  readonly runtime?: string;
  readonly permissions?: readonly LambdaPermission[];
  /** Each names a version of its own, and has these permissions. */
  readonly aliases?: Readonly<Record<string, readonly LambdaPermission[]>>;
  /** How its URL authenticates callers; absent when it has none. */
  readonly url?: 'NONE' | 'AWS_IAM';
}

export interface LambdaPermission {
  readonly principal: string;
  /** `lambda:InvokeFunction` unless this says otherwise. */
  readonly action?: string;
  readonly sourceArn?: string;
  readonly sourceAccount?: string;
  readonly urlAuthType?: 'NONE' | 'AWS_IAM';
}

export interface Repository {
  readonly region?: string;
  readonly policy?: Policy;
  readonly tags?: 'IMMUTABLE' | 'MUTABLE';
  readonly scanOnPush?: boolean;
}
