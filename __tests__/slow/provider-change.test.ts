import fs from 'node:fs';
import path from 'node:path';
import { runProcess } from '../../lib/run-process';
import { GOOGLE_PROVIDER } from '../../stages/versions';
import { OpsSandbox, PLACE } from '../ops/support';
import { projectCopy } from '../support/project-copy';
import { describeWithProvider } from '../support/terraform';
import { GOOGLE_6 } from '../e2e/pin';

// What operations do after the pin was changed, in either direction: nothing else is needed.

jest.setTimeout(180_000);

describeWithProvider('terraform', GOOGLE_6)(`setup, after google ${GOOGLE_6}`, () => {
  describeWithProvider()(`with google ${GOOGLE_PROVIDER}`, () => {
    const root = projectCopy();
    let sandbox: OpsSandbox;
    beforeAll(async () => {
      sandbox = await OpsSandbox.start((env, args) =>
        runProcess('node', ['lib/launch/main.js', 'ops/start.ts', ...args], { cwd: root, env }),
      );
    });
    afterAll(() => sandbox.close());

    function pin(version: string): void {
      const file = path.join(root, 'stages', 'versions.ts');
      const text = fs.readFileSync(file, 'utf8');
      fs.writeFileSync(file, text.replace(/(GOOGLE_PROVIDER) = '.*'/, `$1 = '${version}'`));
    }
    const setup = () => sandbox.ops('setup', 'dev');

    /** The files of the state's folder that hold a token. */
    function withTokens(): string[] {
      const folder = sandbox.env.TF_STATE_DIR ?? '';
      return fs
        .readdirSync(folder)
        .filter((name) =>
          fs.readFileSync(path.join(folder, name), 'utf8').includes('injected-on-read'),
        );
    }

    it('upgrades, and removes the tokens from the state and its backup without a change', async () => {
      pin(GOOGLE_6);
      await setup();
      // Terraform stores what it reads with the next change, and then keeps that as the backup.
      const [job = ''] = await sandbox.jobNames();
      for (const description of ['one', 'two']) {
        await sandbox.patchJob(job, { description }, 'description');
        expect((await setup()).status).toBe(0);
      }
      expect(withTokens()).toHaveLength(2);

      pin(GOOGLE_PROVIDER);
      const { stdout, stderr, status } = await setup();
      expect(stderr).toContain(
        `Initializing validibot-dev with google ${GOOGLE_PROVIDER} instead of ${GOOGLE_6} …\n`,
      );
      expect(stderr).toContain('Removing bearer tokens from the state of validibot-dev; ');
      expect(stdout).toBe(`dev is up to date in ${PLACE}.\n`);
      expect(status).toBe(0);
      expect(withTokens()).toEqual([]);
      expect((await setup()).stderr).not.toContain('tokens');
    });

    it('goes back', async () => {
      pin(GOOGLE_6);
      const { stdout, stderr } = await setup();
      expect(stderr).toContain(
        `Initializing validibot-dev with google ${GOOGLE_6} instead of ${GOOGLE_PROVIDER} …\n`,
      );
      expect(stdout).toBe(`dev is up to date in ${PLACE}.\n`);
    });

    it('upgrades with a change, which removes the tokens too', async () => {
      const [job = ''] = await sandbox.jobNames();
      await sandbox.patchJob(job, { description: 'three' }, 'description');
      await setup();
      expect(withTokens()).not.toEqual([]);
      await sandbox.patchJob(job, { description: 'four' }, 'description');
      pin(GOOGLE_PROVIDER);
      expect((await setup()).stdout).toBe(`dev is deployed to ${PLACE}.\n`);
      expect(withTokens()).toEqual([]);
    });
  });
});
