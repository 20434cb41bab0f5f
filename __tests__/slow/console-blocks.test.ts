import fs from 'node:fs';
import path from 'node:path';
import { consoleBlocks, matches } from '../support/console-blocks';
import { markdownPages } from '../support/markdown-pages';
import { projectCopy } from '../support/project-copy';
import { startShell, type Shell } from '../support/shell';
import { describeWithProvider } from '../support/terraform';

/**
 * Runs the `console` blocks of each page in their order, in one shell in a copy of the project, and compares
 * what they print with what the page shows. A page that does not start a sandbox itself is run in one.
 */

jest.unmock('../../stages/jobs');
jest.unmock('../../stages/stages');

const SANDBOX = 'npm run sandbox -- exec -- bash';
const COMMAND_TIMEOUT = 120_000;

const pages = markdownPages()
  .map((page) => ({ page, text: fs.readFileSync(page, 'utf8') }))
  .map(({ page, text }) => ({ page, text, blocks: consoleBlocks(text) }))
  .filter(({ blocks }) => blocks.some(({ notRun }) => notRun === undefined));

describeWithProvider()('console blocks', () => {
  it.each(pages.map((page) => [path.relative(process.cwd(), page.page), page] as const))(
    'of %s print what it shows',
    async (_name, { text, blocks }) => {
      const root = projectCopy();
      const bin = path.join(root, 'node_modules', '.bin');
      const shell = startShell(
        root,
        { ...process.env, PATH: `${bin}:${process.env.PATH ?? ''}`, CHECKPOINT_DISABLE: '1' },
        COMMAND_TIMEOUT,
      );
      try {
        if (!text.includes(SANDBOX)) await shell.run(SANDBOX);
        const differences: string[] = [];
        for (const block of blocks) {
          if (block.notRun !== undefined) continue;
          for (const command of block.before) await succeed(shell, command);
          for (const { command, output } of block.commands) {
            // oxlint-disable-next-line no-await-in-loop -- in the page's order
            const ran = await shell.run(command);
            if (output.length === 0 ? ran.status === 0 : matches(output, ran.output)) continue;
            differences.push(
              `line ${block.line}: $ ${command}\n--- the page shows\n${output.join('\n')}\n` +
                `--- it printed (exit status ${ran.status})\n${ran.output}`,
            );
          }
        }
        expect(differences.join('\n\n')).toBe('');
      } finally {
        await shell.close();
      }
    },
    20 * 60_000,
  );
});

async function succeed(shell: Shell, command: string): Promise<void> {
  const { status, output } = await shell.run(command);
  if (status !== 0) throw new Error(`${command} exited with ${status}:\n${output}`);
}
