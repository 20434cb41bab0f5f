import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createApp } from '../../stages/app';
import { stackName } from '../../stages/naming';
import { STAGE_NAMES } from '../../stages/stages';
import { describeWithProvider, terraform } from '../support/terraform';

const SETTINGS: Readonly<Record<string, Record<string, string>>> = {
  'nothing set': {},
  'everything set, state in a bucket': {
    GCP_PROJECT_ID: 'example.com:my-project',
    GCP_REGION: 'europe-west12',
    GCP_APP_NAME: 'thirteenchars',
    GCP_SCHEDULER_TIMEZONE: 'UTC',
    TF_STATE_BUCKET: 'my-bucket',
  },
  'HCP Terraform, and every job imported': {
    TF_CLOUD_ORGANIZATION: 'my-organization',
    IMPORT_EXISTING: STAGE_NAMES.join(),
  },
};

describeWithProvider()('terraform validate, with the google provider', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'validate-'));
  afterAll(() => {
    fs.rmSync(folder, { recursive: true });
  });

  test.each(Object.entries(SETTINGS))(
    'every stack, %s',
    (name, env) => {
      const outdir = path.join(folder, name);
      createApp({ TF_STATE_DIR: folder, ...env }, outdir).synth();
      for (const stage of STAGE_NAMES) {
        const stack = path.join(outdir, 'stacks', stackName(stage));
        const init = terraform(stack, {}, 'init', '-backend=false', '-input=false', '-no-color');
        expect(init).toMatchObject({ status: 0 });
        expect(terraform(stack, {}, 'validate', '-no-color')).toEqual({
          status: 0,
          stdout: 'Success! The configuration is valid.\n\n',
          stderr: '',
        });
      }
    },
    120_000,
  );

  test('a project that is set nowhere fails the plan, and says both ways to set it', () => {
    const outdir = path.join(folder, 'no project');
    createApp({ TF_STATE_DIR: folder }, outdir).synth();
    const stack = path.join(outdir, 'stacks', stackName('dev'));
    terraform(stack, {}, 'init', '-input=false', '-no-color');
    const plan = terraform(stack, {}, 'plan', '-input=false', '-no-color');
    expect(plan.status).toBe(1);
    const message = plan.stderr.replace(/\s+/g, ' ');
    expect(message).toContain('project_id is empty or not a project id. Set GCP_PROJECT_ID');
    expect(message).toContain('TF_VAR_project_id');
  }, 60_000);
});
