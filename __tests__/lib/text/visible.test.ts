import fc from 'fast-check';
import { safeJson, visible, visibleLines, withoutCommands } from '../../../lib/text/visible';

it.each([
  ['\u001B[2J\u001B[H', String.raw`\u{1b}[2J\u{1b}[H`],
  ['\u001B]52;c;cm0gLXJm\u0007', String.raw`\u{1b}]52;c;cm0gLXJm\u{7}`],
  ['\u009B31m', String.raw`\u{9b}31m`],
  ['a\rb', String.raw`a\u{d}b`],
  ['a\nb\tc', String.raw`a\nb\u{9}c`],
  ['abc\u202Edcba', String.raw`abc\u{202e}dcba`],
  ['a\u2028b\u2029c', String.raw`a\u{2028}b\u{2029}c`],
  ['\u200B\uFEFF\u00AD\u{E0041}', String.raw`\u{200b}\u{feff}\u{ad}\u{e0041}`],
  ['Überprüfung 日本 🎉', 'Überprüfung 日本 🎉'],
])('shows %j on one line as %s', (value, shown) => {
  expect(visible(value)).toBe(shown);
});

it('keeps the line breaks and tabs of text', () => {
  expect(visibleLines('a\tb\r\nc\rd')).toBe(String.raw`a	b
c\u{d}d`);
});

it.each([
  ['::set-output name=x::y', String.raw`\::set-output name=x::y`],
  ['a\n  ::error::x', 'a\n  \\::error::x'],
  ['\u3000::warning::x', '\u3000\\::warning::x'],
  ['a ##[add-path]/tmp', String.raw`a ##\[add-path]/tmp`],
  ['##vso[task.setvariable variable=x]y', String.raw`##\vso[task.setvariable variable=x]y`],
  ['std::string, a ::b, ## Heading', 'std::string, a ::b, ## Heading'],
])('%j is no command to the runner of a workflow', (text, shown) => {
  expect(withoutCommands(text)).toBe(shown);
});

it('writes JSON without invisible characters and commands, and with the same meaning', () => {
  const value = { text: '\u009B2J\u202E\u2028\u{E0041} ##[error]x ##vso[a]\u001B[2J' };
  const json = safeJson(value);
  expect(json).not.toMatch(/[^\P{C}\n]|\p{Zl}|\p{Zp}|##\w*\[/u);
  expect(JSON.parse(json)).toEqual(value);
});

it('never lets any text act', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(withoutCommands(visibleLines(text))).not.toMatch(
        /[\p{Cf}\p{Zl}\p{Zp}]|[^\P{Cc}\t\n]/u,
      );
      expect(visible(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      const json = safeJson([text]);
      expect(json).not.toMatch(/[\p{Cf}\p{Zl}\p{Zp}]|[^\P{Cc}\n]/u);
      expect(JSON.parse(json)).toEqual([text]);
    }),
  );
});
