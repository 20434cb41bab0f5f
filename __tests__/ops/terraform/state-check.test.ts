import fs from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import type { Context } from '../../../ops/context';
import { renderFix } from '../../../ops/fixes/render';
import { applyPlan } from '../../../ops/terraform/apply';
import { lockFix } from '../../../ops/terraform/state-lock';
import type { Stack } from '../../../ops/terraform/stack';
import { describeStateOf, notInState, readOwnState } from '../../../ops/terraform/state-check';
import { readState, type StateSettings } from '../../../stages/state';
import { temporaryFolder } from '../../support/temporary-folder';
import { ROOT } from '../support';

const LOCATION = { project: 'my-project', region: 'australia-southeast1' };

interface Stub {
  /** What `terraform state pull` prints. */
  readonly state?: string;
  /** What any other command does: a line of shell. */
  readonly command?: string;
}

function stubbed({ state = '', command = 'exit 1' }: Stub = {}): {
  context: Context;
  stack: Stack;
  folder: string;
} {
  const folder = temporaryFolder();
  fs.writeFileSync(path.join(folder, 'state'), state);
  const binary = path.join(folder, 'terraform');
  const script = `#!/bin/sh\nif [ "$1" = state ]; then cat "${folder}/state"; else ${command}; fi\n`;
  fs.writeFileSync(binary, script, { mode: 0o755 });
  const env = { PATH: process.env.PATH, TERRAFORM_BINARY_NAME: binary, TF_STATE_DIR: folder };
  const context = {
    env,
    root: ROOT,
    location: LOCATION,
    settings: { appName: 'validibot', state: readState(env).settings },
    terminal: { errors: new PassThrough(), output: new PassThrough(), input: new PassThrough() },
    signal: new AbortController().signal,
  } as unknown as Context;
  const stack: Stack = { stage: 'dev', name: 'validibot-dev', folder, initialized: false };
  return { context, stack, folder };
}

function stateWith(attributes: object, mode = 'managed'): string {
  const resource = {
    mode,
    type: 'google_cloud_scheduler_job',
    name: 'a',
    instances: [{ attributes }],
  };
  return JSON.stringify({ version: 4, resources: [resource] });
}

describe('the state', () => {
  it('is read with the project and region of its resources', async () => {
    const attributes = { ...LOCATION, name: 'validibot-a-dev' };
    const { context, stack } = stubbed({ state: stateWith(attributes) });
    expect(await readOwnState(context, stack)).toEqual([
      {
        address: 'google_cloud_scheduler_job.a',
        type: 'google_cloud_scheduler_job',
        ...attributes,
      },
    ]);
  });

  it.each([
    ['before the first deploy', ''],
    ['with data only', stateWith({ project: 'elsewhere' }, 'data')],
  ])('is empty %s', async (_, state) => {
    const { context, stack } = stubbed({ state });
    expect(await readOwnState(context, stack)).toEqual([]);
  });

  it('is refused when it is of another project', async () => {
    const { context, stack, folder } = stubbed({
      state: stateWith({ project: 'old-project', region: 'us-central1' }),
    });
    await expect(readOwnState(context, stack)).rejects.toThrow(
      'Nothing was changed: the state of validibot-dev is of old-project (us-central1), ' +
        'but the settings are of my-project (australia-southeast1).\n' +
        'google_cloud_scheduler_job.a is in the state, which is ' +
        `${folder}/terraform.validibot-dev.tfstate (set by TF_STATE_DIR).\n` +
        'Fix: export GCP_PROJECT_ID=old-project, or set TF_STATE_BUCKET, TF_CLOUD_ORGANIZATION or ' +
        'TF_STATE_DIR to where the state of my-project is',
    );
  });

  it('is refused when its jobs are in another region', async () => {
    const state = stateWith({ project: 'my-project', region: 'us-central1' });
    const { context, stack } = stubbed({ state });
    await expect(readOwnState(context, stack)).rejects.toThrow(
      'Fix: export GCP_REGION=us-central1',
    );
  });

  it('is refused when its jobs are of another app', async () => {
    const { context, stack } = stubbed({ state: stateWith({ ...LOCATION, name: 'other-a-dev' }) });
    await expect(readOwnState(context, stack)).rejects.toThrow(
      /^Nothing was changed: the state of validibot-dev is of the app other, but the settings are of the app validibot\.\nother-a-dev is in the state, .*\nFix: export GCP_APP_NAME=other$/,
    );
  });

  it('is not quoted when it cannot be read', async () => {
    const { context, stack } = stubbed({ state: '{"resources": "secret"}' });
    await expect(readOwnState(context, stack)).rejects.toThrow(
      /^terraform state pull gave no state of format 4\.$/,
    );
  });
});

describe('an unsaved state', () => {
  const LEAVE = `echo 'Error: Failed to persist state to backend' >&2; touch errored.tfstate; exit 1`;

  it('is named where terraform left it, and refuses the next command', async () => {
    const { context, stack, folder } = stubbed({ command: LEAVE });
    const unsaved = `${folder}/errored.tfstate`;
    const state = `${folder}/terraform.validibot-dev.tfstate`;
    const said = `The state is ${state} (set by TF_STATE_DIR).\nFix: `;
    const saved = `${said}mv ${unsaved} ${state}`;
    const applied = applyPlan(context, stack, 'plan');
    await expect(applied).rejects.toThrow('Error: Failed to persist state to backend');
    await expect(applied).rejects.toThrow(
      `an apply of validibot-dev could not save its state, so terraform left it in ${folder}/errored.tfstate.\n${saved}`,
    );
    await expect(readOwnState(context, stack)).rejects.toThrow(saved);
    // What a full disk left of it is kept.
    fs.writeFileSync(state, '{');
    await expect(readOwnState(context, stack)).rejects.toThrow(
      `${said}mv ${state} ${state}.before, then mv ${unsaved} ${state}`,
    );
  });
});

describe('the place of the state', () => {
  it.each([
    [
      {},
      `${path.resolve('terraform.validibot-dev.tfstate')} (no TF_STATE_BUCKET, TF_CLOUD_ORGANIZATION or TF_STATE_DIR is set)`,
    ],
    [{ TF_STATE_DIR: '/state' }, '/state/terraform.validibot-dev.tfstate (set by TF_STATE_DIR)'],
    [{ TF_STATE_BUCKET: 'my-bucket' }, 'gs://my-bucket/validibot-dev (set by TF_STATE_BUCKET)'],
    [
      { TF_CLOUD_ORGANIZATION: 'mine', TF_CLOUD_HOSTNAME: 'tfe.example.com' },
      'workspace validibot-dev of mine at tfe.example.com (set by TF_CLOUD_ORGANIZATION and TF_CLOUD_HOSTNAME)',
    ],
  ])('is named with its setting: %j', (env, expected) => {
    const context = { env, settings: { state: readState(env).settings } } as unknown as Context;
    expect(describeStateOf(context, { name: 'validibot-dev' })).toBe(expected);
  });

  it('is followed by the first six of many names', () => {
    const { context, stack } = stubbed();
    const existing = 'abcdefgh'.split('').map((name) => ({ name }));
    expect(notInState(context, stack, [], existing).what).toContain(
      ': a, b, c, d, e, f, and 2 more\n',
    );
    expect(notInState(context, stack, [], existing.slice(0, 6)).what).toContain(
      ': a, b, c, d, e, f\n',
    );
  });

  it('is suspected before an import is advised', () => {
    const { context, stack } = stubbed();
    const { what, message: fix } = notInState(context, stack, [], [{ name: 'validibot-a-dev' }]);
    expect(what).toContain('the state of validibot-dev is empty, but these exist in my-project');
    expect(fix.indexOf('TF_STATE_BUCKET')).toBeLessThan(fix.indexOf('import'));
    expect(fix).not.toContain('--apply');
  });
});

describe('a locked state', () => {
  // As terraform 1.11.4 prints it.
  const FAILURE = `
Error: Error acquiring the state lock

Error message: resource temporarily unavailable
Lock Info:
  ID:        1764123456789012
  Path:      gs://my-bucket/validibot-dev/default.tflock
  Operation: OperationTypeApply
  Who:       ann@laptop
  Version:   1.11.4
  Created:   2026-11-26 02:22:54.772205999 +0000 UTC
  Info:
`;
  const fixFor = (state: StateSettings, failure: string) => {
    const fix = lockFix(
      { settings: { state }, env: {} } as unknown as Context,
      { folder: '/out/validibot-dev', name: 'validibot-dev' },
      failure,
    );
    return fix && renderFix(fix);
  };
  const WAIT =
    'wait until ann@laptop has finished (apply since 2026-11-26 02:22:54.772205999 +0000 UTC), ' +
    'then run the same command again';

  it('names its holder, and when it is safe to unlock', () => {
    expect(fixFor({ kind: 'gcs', bucket: 'my-bucket' }, FAILURE)).toBe(
      `${WAIT}; only if that process no longer runs anywhere: ` +
        'terraform -chdir=/out/validibot-dev force-unlock 1764123456789012',
    );
  });

  it('is read inside a box as well', () => {
    const boxed = FAILURE.replace(/^/gm, '\u2502 ');
    expect(fixFor({ kind: 'gcs', bucket: 'b' }, boxed)).toContain('force-unlock 1764123456789012');
  });

  it('is only waited for when it is a file, which unlocks with its process', () => {
    expect(fixFor({ kind: 'local', directory: '/state' }, FAILURE)).toBe(WAIT);
  });

  it('without a holder is a state that cannot be read, or is not yours', () => {
    const failure = 'Error: Error acquiring the state lock\n\nUnsupported state file format';
    expect(fixFor({ kind: 'gcs', bucket: 'b' }, failure)).toMatch(
      /^check the state and your access to it: gs:\/\/b\/validibot-dev/,
    );
  });

  it('is no cause of other failures', () => {
    expect(fixFor({ kind: 'gcs', bucket: 'b' }, 'Error: no worker')).toBeUndefined();
  });
});
