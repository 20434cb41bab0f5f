import fs from 'node:fs';
import path from 'node:path';
import { PARENT } from '../sandbox/client';
import { describeWithProvider } from '../support/terraform';
import { startCloud } from './sandbox';

jest.setTimeout(180_000);

const ROOT = path.join(__dirname, '..', '..');

describeWithProvider()('npx cdktf deploy validibot-dev, in the sandbox', () => {
  let cloud: Awaited<ReturnType<typeof startCloud>>;

  beforeAll(async () => {
    cloud = await startCloud();
    // The command locks its providers, for which it wants the public registry without a lock file.
    await cloud.synth('dev');
  });
  afterAll(() => cloud.close());

  const cdktf = (command: string) =>
    cloud.run(
      'npx',
      [
        'cdktf',
        command,
        'validibot-dev',
        '--auto-approve',
        '-o',
        `${cloud.sandbox.directory}/cdktf.out`,
      ],
      { cwd: ROOT },
    );
  const jobs = (): string[] => [...cloud.sandbox.world.jobs.keys()];

  test('deploys six jobs, then changes nothing, and destroys them, beside a state that is not its own', async () => {
    // What a user has in the project's root, where the state is without a sandbox.
    const beside = path.join(ROOT, 'terraform.sandbox-test.tfstate');
    fs.writeFileSync(beside, 'untouched');
    const before = listing(ROOT);
    try {
      expect(await cdktf('deploy')).toMatchObject({ status: 0 });
      expect(jobs()).toHaveLength(6);
      const updated = [...cloud.sandbox.world.jobs.values()].map(
        ({ userUpdateTime }) => userUpdateTime,
      );

      const again = await cdktf('deploy');
      expect(again.output).toContain('No changes');
      expect(again.status).toBe(0);
      expect([...cloud.sandbox.world.jobs.values()].map((job) => job.userUpdateTime)).toEqual(
        updated,
      );

      const run = `/v1/${PARENT}/jobs/validibot-clear-sessions-dev:run`;
      await cloud.call('POST', run, {});
      await cloud.sandbox.context.clock.advance(1);
      expect(cloud.sandbox.world.log.at(-1)?.httpRequest).toEqual({ status: 200 });

      expect(await cdktf('destroy')).toMatchObject({ status: 0 });
      expect(jobs()).toEqual([]);
      expect(fs.readFileSync(beside, 'utf8')).toBe('untouched');
      expect(listing(ROOT)).toEqual(before);
    } finally {
      fs.rmSync(beside);
    }
  });
});

/** The state files of a folder, with the time of their last change. */
function listing(folder: string): string[] {
  return fs
    .readdirSync(folder)
    .filter((name) => name.includes('.tfstate'))
    .map((name) => `${name} ${fs.statSync(path.join(folder, name)).mtimeMs}`);
}
