import { spawnSync } from 'node:child_process';
import { skipped } from './skipped';

/** `describe` if gcloud can be started; otherwise `describe.skip`, with the reason printed. */
export function describeWithGcloud(): jest.Describe {
  const { error } = spawnSync('gcloud', ['--version']);
  if (error === undefined) return describe;
  return skipped(`gcloud cannot be started here: ${error.message}`);
}
