import { OpsSandbox, namesInTable } from '../ops/support';
import { describeWithProvider } from '../support/terraform';

jest.setTimeout(180_000);

const HOSTILE =
  'x\u001B[2J\u001B]52;c;cm0gLXJmIC8=\u0007\rINJECTED\nINJECTED\n::set-output name=x::y\n##[error]\u202Ez\u009B1m';

describeWithProvider()('a live job whose description is hostile', () => {
  let sandbox: OpsSandbox;
  const [job = ''] = namesInTable('dev');
  beforeAll(async () => {
    sandbox = await OpsSandbox.start();
    await sandbox.deploy('dev');
    await sandbox.patchJob(job, { description: HOSTILE }, 'description');
  });
  afterAll(() => sandbox.close());

  // In this order: the import needs a state without the jobs, and takes the description back.
  it.each([
    ['import dev', 0],
    ['import dev --apply', 0],
    ['review dev', 0],
    ['setup dev', 0],
  ])('is only shown by %s', async (command, expected) => {
    if (command === 'review dev') {
      await sandbox.patchJob(job, { description: HOSTILE }, 'description');
    }
    const { status, stdout, stderr } = await sandbox.ops(...command.split(' '));
    const text = `${stdout}\n${stderr}`;
    // As text, or as code in Markdown.
    expect(text).toMatch(/\\u\{1b\}\[2J|&#92;u&#123;1b&#125;&#91;2J/);
    expect(text).not.toMatch(/[^\P{Cc}\t\n]|[\p{Cf}\p{Zl}\p{Zp}]/u);
    expect(text).not.toMatch(/^\s*(?:::|INJECTED)|##\w*\[/m);
    expect(status).toBe(expected);
  });
});
