import fs from 'node:fs';
import path from 'node:path';
import { createApp } from '../../stages/app';
import { stackName } from '../../stages/naming';
import { STAGE_NAMES } from '../../stages/stages';
import { GOOGLE_PROVIDER } from '../../stages/versions';
import { EVERY_BRANCH } from '../support/settings';
import { temporaryFolder } from '../support/temporary-folder';
import { describeWithProvider, runIn, terraform, type Command } from '../support/terraform';
import { GOOGLE_6, pinGoogle } from './pin';

jest.mock('../../stages/versions', () => ({
  ...jest.requireActual<object>('../../stages/versions'),
}));

/** The provider that the stacks pin, and the one that they can go back to. */
const PINNED = GOOGLE_PROVIDER;
const WITH: readonly (readonly [Command, string])[] = [
  ['terraform', PINNED],
  ['terraform', GOOGLE_6],
  ['tofu', PINNED],
];

for (const [command, version] of WITH) {
  describeWithProvider(command, version)(`${command} validate, with google ${version}`, () => {
    // All stacks need the same provider, so it is installed once.
    const TF_DATA_DIR = temporaryFolder();
    const lock = path.join(TF_DATA_DIR, 'lock');
    beforeAll(() => {
      pinGoogle(version);
    });
    afterAll(() => {
      pinGoogle(PINNED);
    });

    it.each(Object.entries(EVERY_BRANCH))(
      'every stack, %s',
      (_, env) => {
        const outdir = temporaryFolder();
        createApp(env, outdir).synth();
        for (const stage of STAGE_NAMES) {
          const stack = path.join(outdir, 'stacks', stackName(stage));
          const run = (...args: string[]) =>
            runIn(stack, command, [...args, '-no-color'], { TF_DATA_DIR });
          const locked = path.join(stack, '.terraform.lock.hcl');
          if (fs.existsSync(lock)) fs.copyFileSync(lock, locked);
          else {
            const init = run('init', '-backend=false', '-input=false');
            expect(init).toMatchObject({ status: 0 });
            expect(init.stdout).toContain(`- Installed hashicorp/google v${version} `);
            fs.copyFileSync(locked, lock);
          }
          expect(run('validate')).toMatchObject({
            status: 0,
            stdout: expect.stringMatching(/^Success! The configuration is valid\.\s+$/) as string,
            stderr: '',
          });
        }
      },
      120_000,
    );
  });
}

describeWithProvider()('a project that is set nowhere', () => {
  it('fails the plan, and says both ways to set it', () => {
    const outdir = temporaryFolder();
    createApp({ TF_STATE_DIR: outdir }, outdir).synth();
    const stack = path.join(outdir, 'stacks', stackName('dev'));
    terraform(stack, {}, 'init', '-input=false', '-no-color');
    const plan = terraform(stack, {}, 'plan', '-input=false', '-no-color');
    expect(plan.status).toBe(1);
    const message = plan.stderr.replace(/\s+/g, ' ');
    expect(message).toContain('project_id is empty or not a project id. Fix: set GCP_PROJECT_ID');
    expect(message).toContain('TF_VAR_project_id');
  }, 60_000);
});
