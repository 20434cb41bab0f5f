import { CloudBackend, GcsBackend, LocalBackend, NamedCloudWorkspace } from 'cdktf';
import type { TerraformStack } from 'cdktf';
import { localStateFile, type StateSettings } from './state';

/** Declares where the stack's state is kept: under the stack's name, so that no two share it. */
export function addBackend(stack: TerraformStack, name: string, state: StateSettings): void {
  switch (state.kind) {
    case 'cloud':
      new CloudBackend(stack, {
        organization: state.organization,
        hostname: state.hostname,
        workspaces: new NamedCloudWorkspace(name),
      });
      return;
    case 'gcs':
      new GcsBackend(stack, { bucket: state.bucket, prefix: name });
      return;
    case 'local':
      new LocalBackend(stack, { path: localStateFile(state.directory, name) });
  }
}
