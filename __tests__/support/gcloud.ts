import { spawnSync } from 'node:child_process';
import { skipped } from './skipped';

/** `describe` where gcloud can be started; elsewhere `describe.skip`, with the reason printed. */
export function describeWithGcloud(): jest.Describe {
  const { error } = spawnSync('gcloud', ['--version']);
  if (error === undefined) return describe;
  return skipped(`gcloud cannot be started here: ${error.message}`);
}
