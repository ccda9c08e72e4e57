import type { Overrides } from '../exchange.ts';

/** The most that moto takes, and more groups than anybody describes. */
const MOST = '100';

export const autoScalingOverrides: Overrides = {
  /** Moto breaks down where it is asked for more than AWS gives. */
  'autoscaling:DescribeAutoScalingGroups': (exchange) => {
    const form = new URLSearchParams(exchange.request.form);
    form.delete('NextToken');
    form.set('MaxRecords', MOST);
    return exchange.askMoto({ body: form.toString() });
  },
};
