import { type Overrides, reply } from '../exchange.ts';
import { changeSettings, settingsOf } from './images.ts';

/** What EC2 keeps once per region and moto lacks. */
export const regionSettingsOverrides: Overrides = {
  'ec2:GetInstanceMetadataDefaults': (exchange) => {
    const { tokens, tokensEnforced } = settingsOf(exchange) ?? {};
    return reply(exchange, {
      accountLevel: {
        httpTokens: tokens,
        httpTokensEnforced: tokensEnforced === undefined ? undefined : tokensEnforced ? 'enabled' : 'disabled',
      },
    });
  },

  'ec2:ModifyInstanceMetadataDefaults': (exchange) => {
    const wanted = exchange.request.form.get('HttpTokens');
    if (wanted === 'required' || wanted === 'optional') changeSettings(exchange, { tokens: wanted });
    return reply(exchange, { return: true });
  },

  'ec2:GetSerialConsoleAccessStatus': (exchange) =>
    reply(exchange, { serialConsoleAccessEnabled: settingsOf(exchange)?.serialConsole ?? false, managedBy: 'account' }),

  'ec2:EnableSerialConsoleAccess': (exchange) => {
    changeSettings(exchange, { serialConsole: true });
    return reply(exchange, { serialConsoleAccessEnabled: true });
  },

  'ec2:DescribeVpcBlockPublicAccessOptions': (exchange) =>
    reply(exchange, {
      vpcBlockPublicAccessOptions: {
        ...{ awsAccountId: exchange.caller.accountId, awsRegion: exchange.request.region, state: 'default-state' },
        internetGatewayBlockMode: settingsOf(exchange)?.vpcBlock ?? 'off',
      },
    }),

  'ec2:GetAllowedImagesSettings': (exchange) =>
    reply(exchange, { state: settingsOf(exchange)?.allowedImages ?? 'disabled', imageCriterionSet: [], managedBy: 'account' }),
};
