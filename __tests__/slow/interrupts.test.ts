import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { OpsSandbox, ROOT } from '../ops/support';
import { describeWithProvider } from '../support/terraform';
import { temporaryFolder } from '../support/temporary-folder';

jest.setTimeout(120_000);

/** Milliseconds after the deploy has begun, and how often Ctrl-C is pressed then. */
const TRIALS = [0, 150, 300, 500, 700, 900, 1200, 1600, 2000, 2500, 3000, 3500].map(
  (delay, trial) => [delay, 1 + (trial % 2)] as const,
);

describeWithProvider()('an apply that is interrupted', () => {
  let sandbox: OpsSandbox;
  beforeAll(async () => {
    sandbox = await OpsSandbox.start();
  });
  afterAll(() => sandbox.close());

  it.each(TRIALS)(
    'after %i ms, %i times, leaves a whole state and nothing else',
    async (delay, times) => {
      await sandbox.reset();
      const stateFolder = sandbox.env.TF_STATE_DIR ?? '';
      for (const file of fs.readdirSync(stateFolder)) fs.rmSync(path.join(stateFolder, file));
      const TMPDIR = temporaryFolder();
      // A process group of its own is what a terminal sends Ctrl-C to.
      const ops = spawn('node', ['lib/launch/main.js', 'ops/start.ts', 'setup', 'dev'], {
        cwd: ROOT,
        env: { ...sandbox.env, TMPDIR },
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let errors = '';
      const ended = new Promise<number | null>((resolve) => ops.on('close', resolve));
      await new Promise<void>((resolve) => {
        ops.stderr.setEncoding('utf8').on('data', (text: string) => {
          errors += text;
          if (errors.includes('Deploying ')) resolve();
        });
      });
      await sleep(delay);
      for (let press = 0; press < times; press += 1) {
        process.kill(-(ops.pid ?? 0), 'SIGINT');
        await sleep(100);
      }
      expect(await ended).toBe(130);
      expect(errors).toContain('Waiting for terraform to stop');
      expect(errors.includes('Still waiting for terraform')).toBe(times > 1);
      const isDeployed = errors.includes('Interrupted, but dev is deployed.');
      if (!isDeployed)
        expect(errors).toContain('Interrupted. Run the same command again to finish.');

      const state = path.join(stateFolder, 'terraform.validibot-dev.tfstate');
      // Nothing was written yet, or all of it.
      if (fs.existsSync(state)) {
        expect(JSON.parse(fs.readFileSync(state, 'utf8'))).toHaveProperty('resources');
      }
      const left = fs.readdirSync(stateFolder).filter((name) => name.includes('.lock.'));
      expect(left).toEqual([]);
      expect(fs.readdirSync(TMPDIR).filter((name) => name.startsWith('validibot-plan-'))).toEqual(
        [],
      );

      const again = await sandbox.ops('setup', 'dev');
      expect(again.status).toBe(0);
      if (isDeployed) expect(again.stdout).toContain('dev is up to date');
      expect(await sandbox.jobNames()).toHaveLength(6);
    },
  );
});
