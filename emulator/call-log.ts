/** One request that the local AWS was sent. */
export interface LoggedCall {
  /** `ec2:DescribeInstances` */
  readonly name: string;
  readonly service: string;
  readonly operation: string;
  readonly region: string;
  readonly accountId: string;
  readonly callerArn: string;
  /** ARNs of what the request names, as policies would; empty when it names nothing that we know of. */
  readonly resources: readonly string[];
  /** What else policies could make a condition of, by condition key. */
  readonly conditionKeys: Readonly<Record<string, string>>;
  /** Of the answer; `undefined` while there is none, and for ever when the connection was left hanging or broken. */
  status: number | undefined;
}

export interface CallFilter {
  readonly service?: string;
  readonly operation?: string;
  readonly region?: string;
  readonly accountId?: string;
  /** Ends in `*` where the rest may be anything. */
  readonly callerArn?: string;
}

/** Everything that was asked, in order. */
export class CallLog {
  #calls: LoggedCall[] = [];

  add(call: LoggedCall): LoggedCall {
    this.#calls.push(call);
    return call;
  }

  list(filter: CallFilter = {}): readonly LoggedCall[] {
    return this.#calls.filter((call) => matches(call, filter));
  }

  /** How often each operation was asked, by name. */
  count(filter: CallFilter = {}): Readonly<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const { name } of this.list(filter)) counts[name] = (counts[name] ?? 0) + 1;
    return Object.fromEntries(Object.entries(counts).sort(([a], [b]) => a.localeCompare(b)));
  }

  reset(): void {
    this.#calls = [];
  }
}

/** True when the call is of the service, operation, region, account and caller that the filter names, if it names them. */
export function matches(call: Required<CallFilter>, filter: CallFilter): boolean {
  return (
    (filter.service === undefined || filter.service === call.service) &&
    (filter.operation === undefined || filter.operation === call.operation) &&
    (filter.region === undefined || filter.region === call.region) &&
    (filter.accountId === undefined || filter.accountId === call.accountId) &&
    (filter.callerArn === undefined || isOf(call.callerArn, filter.callerArn))
  );
}

function isOf(callerArn: string, wanted: string): boolean {
  return wanted.endsWith('*') ? callerArn.startsWith(wanted.slice(0, -1)) : callerArn === wanted;
}
