import type { Instance } from '../account/description.ts';
import { type Exchange, type Overrides, reject, reply } from '../exchange.ts';
import { settingsOf } from './images.ts';

const DOCUMENT_SHARING = '/ssm/documents/console/public-sharing-permission';

/** All are missing in moto: instances are managed, and patched, as they are described. */
export const ssmOverrides: Overrides = {
  'ssm:GetServiceSetting': (exchange) => {
    const { SettingId: id } = exchange.request.json;
    if (id !== DOCUMENT_SHARING)
      return reject(exchange, { status: 400, code: 'ServiceSettingNotFound', message: `There is no ${String(id)}` });
    const isPublic = settingsOf(exchange)?.publicDocuments ?? true;
    return reply(exchange, {
      ServiceSetting: { SettingId: id, SettingValue: isPublic ? 'Enable' : 'Disable', Status: isPublic ? 'Default' : 'Customized' },
    });
  },

  'ssm:DescribeInstanceInformation': (exchange) =>
    reply(exchange, {
      InstanceInformationList: instancesHere(exchange).flatMap(({ id, instance: { os } }) =>
        os === undefined
          ? []
          : [
              {
                InstanceId: id,
                PingStatus: os.ping ?? 'Online',
                LastPingDateTime: exchange.state.description.now,
                AgentVersion: '3.3.1000.0',
                IsLatestVersion: true,
                PlatformType: os.platform ?? (/windows/i.test(os.name) ? 'Windows' : 'Linux'),
                PlatformName: os.name,
                PlatformVersion: os.version,
                ResourceType: 'EC2Instance',
              },
            ],
      ),
    }),

  'ssm:DescribeInstancePatchStates': (exchange) => {
    const { InstanceIds: wanted } = exchange.request.json;
    if (!Array.isArray(wanted) || wanted.length === 0 || wanted.length > 50) {
      return reject(exchange, { status: 400, code: 'ValidationException', message: '1 to 50 InstanceIds are required' });
    }
    return reply(exchange, {
      InstancePatchStates: instancesHere(exchange).flatMap(({ id, instance: { patches } }) =>
        patches === undefined || !wanted.includes(id)
          ? []
          : [
              {
                InstanceId: id,
                PatchGroup: '',
                BaselineId: 'pb-0123456789abcdef0',
                InstalledCount: 100,
                InstalledOtherCount: 0,
                InstalledPendingRebootCount: patches.pendingReboot ?? 0,
                MissingCount: patches.missing ?? 0,
                FailedCount: patches.failed ?? 0,
                NotApplicableCount: 1000,
                CriticalNonCompliantCount: patches.criticalNonCompliant ?? 0,
                SecurityNonCompliantCount: patches.securityNonCompliant ?? 0,
                OtherNonCompliantCount: 0,
                Operation: patches.operation ?? 'Scan',
                OperationStartTime: exchange.state.date(patches.ended ?? 0),
                OperationEndTime: exchange.state.date(patches.ended ?? 0),
              },
            ],
      ),
    });
  },
};

function instancesHere({ state, request }: Exchange): readonly { readonly id: string; readonly instance: Instance }[] {
  return [...state.description.instances].flatMap(([name, instance]) => {
    const id = state.findId('instance', name);
    const region = instance.region ?? state.description.region;
    return id === undefined || region !== request.region || instance.state === 'terminated' ? [] : [{ id, instance }];
  });
}
