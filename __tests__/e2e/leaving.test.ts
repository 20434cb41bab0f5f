import fs from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '../support/temporary-folder';
import { describeWithProvider, type Command } from '../support/terraform';
import { startCloud, type Ended } from './sandbox';

// Follows docs/leaving-cdktf.md: a stack's JSON still works without CDKTF.

jest.setTimeout(120_000);

const COMMANDS: readonly Command[] = ['terraform', 'tofu'];
const WORKER = 'validibot-worker-dev';

describeWithProvider()('the JSON of a deployed stage, in its own directory', () => {
  let cloud: Awaited<ReturnType<typeof startCloud>>;
  let json = '';
  beforeAll(async () => {
    cloud = await startCloud();
    await cloud.synth('dev');
    expect(await cloud.apply('dev')).toMatchObject({ status: 0 });
    const outdir = path.join(cloud.sandbox.directory, 'cdktf.out');
    json = fs.readFileSync(path.join(outdir, 'stacks', 'validibot-dev', 'cdk.tf.json'), 'utf8');
  });
  afterAll(() => cloud.close());

  for (const command of COMMANDS) {
    describeWithProvider(command)(`under ${command}`, () => {
      const folder = temporaryFolder();
      const run = (...args: string[]) =>
        cloud.run(command, [...args, '-no-color', '-input=false'], { cwd: folder });
      const plan = async (): Promise<Ended> => {
        const { status, output } = await run('plan', '-detailed-exitcode');
        return { status, output: output.replace(/[\s│]+/g, ' ') };
      };
      const copy = (content: string): void => {
        fs.writeFileSync(path.join(folder, 'cdk.tf.json'), content);
      };
      beforeAll(async () => {
        copy(json);
        expect(await run('init')).toMatchObject({ status: 0 });
      });

      it('has an empty plan', async () => {
        const { status, output } = await plan();
        expect(output).toContain('No changes. Your infrastructure matches the configuration.');
        expect(status).toBe(0);
      });

      it('is the configuration that is planned', async () => {
        copy(json.replace('"schedule": "0 2 * * *"', '"schedule": "30 2 * * *"'));
        const { status, output } = await plan();
        copy(json);
        expect(output).toContain('Plan: 0 to add, 1 to change, 0 to destroy.');
        expect(status).toBe(2);
      });

      it('still rejects a worker without a URL, with the same message', async () => {
        const { services } = cloud.sandbox.world;
        const worker = services.get(WORKER);
        if (!worker) throw new Error(`the sandbox has no ${WORKER}`);
        services.set(WORKER, { ...worker, urls: ['', ''] });
        const { status, output } = await plan();
        services.set(WORKER, worker);
        expect(output).toContain(
          `Cloud Run service ${WORKER} in australia-southeast1 of project validibot-sandbox ` +
            'has no URL: it has no ready revision.',
        );
        expect(status).toBe(1);
      });
    });
  }
});
