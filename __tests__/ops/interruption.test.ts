import fs from 'node:fs';
import path from 'node:path';
import { Interruption } from '../../ops/interruption';
import { temporaryFolder } from '../support/temporary-folder';
import { OpsSandbox, runOps } from './support';

describe('without a held process', () => {
  it('asks to stop, and then ends', () => {
    const interruption = new Interruption();
    expect(interruption.request()).toBe('');
    expect(interruption.signal.aborted).toBe(true);
    expect(interruption.request()).toBeUndefined();
  });
});

describe('while terraform is held', () => {
  it('waits, explains, ends terraform, and then itself', () => {
    const interruption = new Interruption();
    interruption.hold('terraform');
    expect(interruption.isHolding).toBe(true);
    expect(interruption.request()).toBe(
      'Waiting for terraform to stop; it may be writing its state …',
    );
    expect(interruption.signal.aborted).toBe(true);
    expect(interruption.request()).toBe(
      'Still waiting for terraform: ending it now can lose its state. ' +
        'Press Ctrl-C once more to end it anyway.',
    );
    expect(interruption.forced.aborted).toBe(false);
    expect(interruption.request()).toBe(
      'Ending terraform at once. If it was writing its state: docs/recovering-state.md.',
    );
    expect(interruption.forced.aborted).toBe(true);
    expect(interruption.request()).toBeUndefined();
  });

  it('ends at the next request once terraform has ended', () => {
    const interruption = new Interruption();
    const release = interruption.hold('terraform');
    interruption.request();
    release();
    expect(interruption.isHolding).toBe(false);
    expect(interruption.request()).toBeUndefined();
  });
});

it('exits with 130 at last, although terraform does not end', async () => {
  const sandbox = await OpsSandbox.start();
  const folder = temporaryFolder();
  const binary = path.join(folder, 'terraform');
  const pid = path.join(folder, 'pid');
  const stub = `#!/bin/sh\nmkdir -p .terraform\n[ "$1" = plan ] || exit 0\ntrap '' INT\necho $$ >${pid}\nexec sleep 60\n`;
  fs.writeFileSync(binary, stub, { mode: 0o755 });
  const env = { ...sandbox.env, TERRAFORM_BINARY_NAME: binary, TF_DATA_DIR: '.terraform' };
  const PRESS_AFTER = ['Planning', 'Waiting for', 'Still waiting', 'Ending terraform'];

  const { status } = await runOps(env, ['setup', 'dev'], (child) => {
    child.stderr?.on('data', (text: string) => {
      if (text.includes(PRESS_AFTER[0] ?? '-')) {
        PRESS_AFTER.shift();
        // Terraform must have begun to ignore it.
        const press = setInterval(() => {
          if (!fs.existsSync(pid)) return;
          clearInterval(press);
          child.kill('SIGINT');
        }, 20);
      }
    });
  });

  process.kill(Number(fs.readFileSync(pid, 'utf8')), 'SIGKILL');
  await sandbox.close();
  expect(PRESS_AFTER).toEqual([]);
  expect(status).toBe(130);
});
