import type { Pair } from './measure';

export const PAIRS: readonly Pair[] = [
  {
    name: 'synth of all stacks : loading cdktf alone (below 4)',
    command: ['node', '--import', 'tsx', 'main.ts'],
    against: ['node', '--eval', 'require("cdktf")'],
  },
  {
    name: 'just gcp-scheduler-list : gcloud scheduler jobs list, same endpoint (below 0.4)',
    command: ['node', 'ops/launch.mjs', 'list'],
    against: ['gcloud', 'scheduler', 'jobs', 'list', '--location=australia-southeast1'],
  },
];
