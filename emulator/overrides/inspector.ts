import { type Overrides, reply } from '../exchange.ts';
import { servicesIn } from './region-services.ts';

const RANKS = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'];

/** Moto scans everything or nothing: what is described is answered. */
export const inspectorOverrides: Overrides = {
  'inspector2:BatchGetAccountStatus': (exchange) => {
    const { inspector = [] } = servicesIn(exchange);
    const state = (isOn: boolean) => ({ status: isOn ? 'ENABLED' : 'DISABLED', errorCode: 'ALREADY_ENABLED', errorMessage: '' });
    const resourceState = Object.fromEntries(['ec2', 'ecr', 'lambda', 'lambdaCode'].map((type) => [type, state(inspector.includes(type))]));
    return reply(exchange, { accounts: [{ accountId: exchange.caller.accountId, state: state(inspector.length > 0), resourceState }] });
  },

  'inspector2:ListFindings': (exchange) => {
    const severities = [...(servicesIn(exchange).inspectorFindings ?? [])].sort((one, other) => RANKS.indexOf(one) - RANKS.indexOf(other));
    return reply(exchange, {
      findings: severities
        .filter((severity) => severity === 'CRITICAL' || severity === 'HIGH')
        .slice(0, 1)
        .map((severity) => ({ severity, status: 'ACTIVE', type: 'PACKAGE_VULNERABILITY' })),
    });
  },
};
