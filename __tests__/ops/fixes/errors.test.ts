import fs from 'node:fs';
import path from 'node:path';
import { markdownTable } from '../../../lib/markdown-table';
import { ROOT } from '../support';
import { ERROR_PROOFS, type ErrorProof } from './error-proofs';
import { namedFixes } from './named-fixes';

const PAGE = path.join(ROOT, 'docs', 'fixes.md');

const fixes = namedFixes();

const keyed = Object.entries(ERROR_PROOFS).flatMap(([file, proofs]) =>
  Object.keys(proofs).map((text) => `${file}: ${text}`),
);

const proofs = Object.values(ERROR_PROOFS).flatMap((each) => Object.values(each));

it('every fix that a command names has a test that carries it out, or a reason', () => {
  expect(keyed.sort()).toEqual(fixes.map(({ file, text }) => `${file}: ${text}`).sort());
  const without = proofs.filter(({ tests = [], notCarriedOut }) => !tests.length && !notCarriedOut);
  expect(without).toEqual([]);
});

it.each([...new Set(proofs.flatMap(({ tests = [] }) => tests))])('there is the test %s', (test) => {
  const [, file = '', title = ''] = /^(\S+): (.*)$/.exec(test) ?? [];
  const source = fs.readFileSync(path.join(ROOT, '__tests__', file), 'utf8');
  expect(source.replaceAll(/['"`]/g, '')).toContain(title.replaceAll(/['"`]/g, ''));
});

it('docs/fixes.md lists every fix, and how it is tested', () => {
  const text = page();
  const { snapshotState } = expect.getState() as unknown as {
    snapshotState: { _updateSnapshot: string };
  };
  const { _updateSnapshot: update } = snapshotState;
  if (update === 'all') fs.writeFileSync(PAGE, text);
  // Fix: npm run accept:findings
  expect(unaligned(fs.readFileSync(PAGE, 'utf8'))).toBe(unaligned(text));
});

function page(): string {
  const rows = fixes.map(({ file, text }) => {
    const proof = ERROR_PROOFS[file]?.[text] ?? { when: '' };
    return [proof.when, `\`${text}\``, `\`${file}\``, testedBy(proof)];
  });
  return `# What commands say, and how each fix is tested

Written by \`npm run accept:findings\` from the sources; a test fails when a fix has no test and no reason, or when this
page is out of date. Words in capitals stand for what only a run knows. What the doctor finds is in
[findings.md](findings.md).

${markdownTable(['When', 'Fix', 'Named in', 'Carried out by'], rows)}
`;
}

function testedBy({ tests = [], notCarriedOut }: ErrorProof): string {
  const files = [...new Set(tests.map((test) => `\`${test.slice(0, test.indexOf(':'))}\``))];
  return [...files, ...(notCarriedOut === undefined ? [] : [`not: ${notCarriedOut}`])].join(', ');
}

/** Without the padding that oxfmt gives tables. */
function unaligned(text: string): string {
  return text.replace(/ +/g, ' ').replace(/-{2,}/g, '--');
}
