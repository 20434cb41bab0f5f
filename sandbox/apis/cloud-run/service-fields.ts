import { invalidArgument } from '../../protocol/errors';
import type { Fields, Message } from '../../protocol/fields';
import type { ServiceSpec } from '../../world/service';

const CONTAINER: Fields = {
  ...{ name: 'string', image: 'string', command: { list: 'string' }, args: { list: 'string' } },
  env: { list: { message: { name: 'string', value: 'string', valueSource: 'anything' } } },
  ...{ resources: 'anything', ports: 'anything', volumeMounts: 'anything', workingDir: 'string' },
  ...{ livenessProbe: 'anything', startupProbe: 'anything', readinessProbe: 'anything' },
  ...{ dependsOn: { list: 'string' }, baseImageUri: 'string', buildInfo: 'output' },
};

const TEMPLATE: Fields = {
  ...{ revision: 'string', labels: 'string map', annotations: 'string map', timeout: 'duration' },
  ...{ scaling: 'anything', vpcAccess: 'anything', volumes: 'anything', serviceMesh: 'anything' },
  ...{ serviceAccount: 'string', containers: { list: { message: CONTAINER } } },
  executionEnvironment: {
    enum: [
      'EXECUTION_ENVIRONMENT_UNSPECIFIED',
      'EXECUTION_ENVIRONMENT_GEN1',
      'EXECUTION_ENVIRONMENT_GEN2',
    ],
  },
  ...{ encryptionKey: 'string', maxInstanceRequestConcurrency: 'int32', sessionAffinity: 'bool' },
  ...{ healthCheckDisabled: 'bool', nodeSelector: 'anything', gpuZonalRedundancyDisabled: 'bool' },
  ...{ client: 'string', clientVersion: 'string' },
};

/** The fields of a service. */
export const SERVICE: Fields = {
  ...{ name: 'output', description: 'string', labels: 'string map', annotations: 'string map' },
  ...{ client: 'string', clientVersion: 'string', binaryAuthorization: 'anything' },
  ingress: {
    enum: [
      'INGRESS_TRAFFIC_UNSPECIFIED',
      'INGRESS_TRAFFIC_ALL',
      'INGRESS_TRAFFIC_INTERNAL_ONLY',
      'INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER',
      'INGRESS_TRAFFIC_NONE',
    ],
  },
  launchStage: {
    enum: [
      ...['LAUNCH_STAGE_UNSPECIFIED', 'EARLY_ACCESS', 'ALPHA', 'BETA', 'GA', 'DEPRECATED'],
      ...['UNIMPLEMENTED', 'PRELAUNCH'],
    ],
  },
  ...{ template: { message: TEMPLATE }, traffic: { list: 'anything' }, scaling: 'anything' },
  ...{ invokerIamDisabled: 'bool', defaultUriDisabled: 'bool', iapEnabled: 'bool' },
  ...{ customAudiences: { list: 'string' }, buildConfig: 'anything', etag: 'output' },
  ...{ multiRegionSettings: 'anything' },
  ...{ uid: 'output', generation: 'output', createTime: 'output', updateTime: 'output' },
  ...{ creator: 'output', lastModifier: 'output', observedGeneration: 'output' },
  ...{ terminalCondition: 'output', conditions: 'output', latestReadyRevision: 'output' },
  ...{ latestCreatedRevision: 'output', trafficStatuses: 'output', uri: 'output', urls: 'output' },
  ...{ reconciling: 'output', satisfiesPzs: 'output', deleteTime: 'output', expireTime: 'output' },
};

/** These change who reaches a service, and how. */
const UNSUPPORTED = [
  'invokerIamDisabled',
  'defaultUriDisabled',
  'iapEnabled',
  'customAudiences',
  'multiRegionSettings',
] as const;

/** @throws ApiError INVALID_ARGUMENT if a service cannot be deployed, or not in the sandbox */
export function readSpec(message: Message): ServiceSpec {
  const unsupported = UNSUPPORTED.find((field) => isSet(message[field]));
  if (unsupported !== undefined) {
    throw invalidArgument(`The sandbox does not support service.${unsupported}.`);
  }
  const { containers = [] } = (message.template ?? {}) as Partial<ServiceSpec['template']>;
  if (containers.length === 0) {
    throw invalidArgument('service.template.containers: at least one container is required.');
  }
  if (containers.some(({ image = '' }) => image === '')) {
    throw invalidArgument('service.template.containers.image: Required field not provided.');
  }
  return message as ServiceSpec;
}

function isSet(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}
