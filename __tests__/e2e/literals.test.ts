import { App, Fn, LocalBackend, TerraformLocal, TerraformOutput, TerraformStack } from 'cdktf';
import fc from 'fast-check';
import path from 'node:path';
import { asArgument, asLiterals } from '../../constructs/literals';
import { temporaryFolder } from '../support/temporary-folder';
import { describeWithProvider, terraform } from '../support/terraform';

jest.setTimeout(120_000);

/** What a token stands for. */
const REFERRED = 'referred';

/** Text that is mostly what has a meaning in templates, and tokens between. */
const piece = fc.oneof(
  fc.constantFrom('$', '%', '{', '}', '${', '%{', '$${', '%%{', '"', '\\', '\n', '~', 'TfToken[0]'),
  fc.constantFrom('${var.x}', '%{ if true }', '${log.extracted_label.job}', 'a b', '😀', 'é'),
  fc.string({ unit: 'grapheme', maxLength: 3 }),
);
const part = fc.oneof({ weight: 4, arbitrary: piece }, { weight: 1, arbitrary: fc.constant(null) });
const texts = fc.array(fc.array(part, { maxLength: 8 }), { minLength: 400, maxLength: 400 });

describeWithProvider()('text in a configuration, read by the real terraform', () => {
  /** What terraform makes of texts, in which null is a token. */
  const evaluate = (given: readonly (readonly (string | null)[])[]): unknown => {
    const folder = temporaryFolder();
    const app = new App({ outdir: folder, stackTraces: false, skipValidation: true });
    const stack = new TerraformStack(app, 'texts');
    new LocalBackend(stack, { path: path.join(folder, 'state') });
    const token = new TerraformLocal(stack, 'local', REFERRED).asString;
    const values = given.map((parts) => parts.map((each) => each ?? token).join(''));
    new TerraformOutput(stack, 'nested', { value: asLiterals({ list: values }) });
    const encoded = values.map((value) => Fn.base64encode(asArgument(value)));
    new TerraformOutput(stack, 'encoded', { value: encoded });
    app.synth();
    const at = path.join(folder, 'stacks', 'texts');
    for (const args of [['init'], ['apply', '-auto-approve']]) {
      const { status, stdout, stderr } = terraform(at, {}, ...args, '-no-color', '-input=false');
      if (status !== 0) throw new Error(`${stdout}${stderr}`);
    }
    const outputs = JSON.parse(terraform(at, {}, 'output', '-json').stdout) as {
      readonly nested: { readonly value: { readonly list: readonly string[] } };
      readonly encoded: { readonly value: readonly string[] };
    };
    return {
      plain: outputs.nested.value.list,
      decoded: outputs.encoded.value.map((each) => Buffer.from(each, 'base64').toString()),
    };
  };

  it('stays as it was written, and tokens are what they refer to', () => {
    fc.assert(
      fc.property(texts, (given) => {
        const expected = given.map((parts) => parts.map((each) => each ?? REFERRED).join(''));
        expect(evaluate(given)).toEqual({
          plain: expected.map((text) => text.normalize('NFC')),
          decoded: expected.map((text) => text.normalize('NFC')),
        });
      }),
      // Shrinking takes minutes.
      { numRuns: 5, endOnFailure: true },
    );
  });
});
