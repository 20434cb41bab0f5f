import fs from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import * as builders from '../../../ops/fixes/fix';
import type { Fix } from '../../../ops/fixes/fix';
import { renderFix } from '../../../ops/fixes/render';
import { ROOT } from '../support';

/** A fix in the sources, with words in capitals for what only a run knows: `recipe('run', JOB)`. */
export interface NamedFix {
  readonly file: string;
  readonly text: string;
}

/** The findings of the doctor have a list of their own. */
const ELSEWHERE = [path.join('ops', 'checks'), path.join('ops', 'fixes')];

/** What builds steps of words; the rest builds fixes of fixes. */
const { AGAIN, either, inOrder, when, ...OF_WORDS } = builders;
const KNOWN: Readonly<Record<string, unknown>> = {
  AGAIN,
  ...mapped({ either, inOrder, when }, (value) =>
    typeof value === 'function' ? builders.manual(wordOf(value)) : value,
  ),
  ...mapped(OF_WORDS, wordOf),
};

type Build = (...args: unknown[]) => Fix;

function mapped(functions: object, argument: (value: unknown) => unknown) {
  return Object.fromEntries(
    Object.entries(functions).map(([name, build]) => [
      name,
      (...args: unknown[]) => (build as Build)(...args.map(argument)),
    ]),
  );
}

/** All fixes that commands name, by file and in the order of the files. */
export function namedFixes(): NamedFix[] {
  const fixes = ['ops', 'ci'].flatMap(sources).flatMap((file) => {
    const source = fs.readFileSync(path.join(ROOT, file), 'utf8').replaceAll(/^\s*\/\/.*$/gm, '');
    return shown(source).map((expression) => ({ file, text: textOf(expression, source) }));
  });
  return fixes.filter(
    ({ file, text }, at) =>
      fixes.findIndex((each) => each.file === file && each.text === text) === at,
  );
}

function sources(folder: string): string[] {
  return fs
    .readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => path.join(folder, file))
    .filter((file) => file.endsWith('.ts') && !ELSEWHERE.some((each) => file.startsWith(each)))
    .sort();
}

/** The calls that build a fix and are no part of another one. */
function shown(source: string): string[] {
  const used = importedFrom(source).filter((name) => name !== 'AGAIN');
  if (used.length === 0) return [];
  const calls = new RegExp(String.raw`(?<![\w.])(?:${used.join('|')})\(`, 'g');
  const found: { name: string; expression: string }[] = [];
  let end = 0;
  for (const { index, 0: text } of source.matchAll(calls)) {
    if (index < end) continue;
    end = endOfCall(source, index + text.length);
    const [, name = ''] = /const ([a-z]\w*) =\s*$/.exec(source.slice(0, index)) ?? [];
    found.push({ name, expression: source.slice(index, end) });
  }
  // What only other fixes name is shown with those.
  const named = (name: string, text: string): number =>
    name === '' ? 0 : text.split(new RegExp(String.raw`\b${name}\b`)).length - 1;
  return found
    .filter(({ name }) => {
      const inFixes = found.reduce((sum, each) => sum + named(name, each.expression), 0);
      // The definition is one more.
      return inFixes === 0 || named(name, source) > inFixes + 1;
    })
    .map(({ expression }) => expression);
}

/** What a source imports that builds fixes. */
function importedFrom(source: string): string[] {
  const [, imported = ''] = /import \{([^}]*)\} from '[^']*fixes\/fix'/.exec(source) ?? [];
  const names = imported.split(',').map((name) => name.trim());
  return names.filter((name) => Object.hasOwn(KNOWN, name));
}

/** Where the call ends whose opening parenthesis is before `from`; no text of a fix has an odd one. */
function endOfCall(source: string, from: number): number {
  let depth = 1;
  let at = from;
  for (; depth > 0 && at < source.length; at += 1) {
    if (source[at] === '(') depth += 1;
    if (source[at] === ')') depth -= 1;
  }
  return at;
}

/** A fix as people read it, where every name that is not known here stands for itself. */
function textOf(expression: string, source: string): string {
  const scope = new Proxy(
    {},
    {
      has: () => true,
      get: (_, name) => {
        if (typeof name === 'symbol') return undefined;
        if (importedFrom(source).includes(name)) return KNOWN[name];
        const [, constant] =
          new RegExp(`const ${name}(?:: \\w+)? =\\s*'([^']*)';`).exec(source) ?? [];
        if (constant !== undefined) return constant;
        const found = new RegExp(
          `const ${name}(?:: Fix)? =\\s*(\\([^=]*\\): Fix =>\\s*)?(?=\\w+\\()|function ${name}\\([^)]*\\): Fix (\\{)\\s*return (?=\\w+\\()`,
        ).exec(source);
        if (found === null) return placeholder(name);
        const start = found.index + found[0].length;
        const call = source.slice(start, endOfCall(source, source.indexOf('(', start) + 1));
        if (!Object.hasOwn(KNOWN, call.slice(0, call.indexOf('(')))) return placeholder(name);
        const isFunction = (found[1] ?? found[2]) !== undefined;
        return isFunction ? () => evaluate(call, scope) : evaluate(call, scope);
      },
    },
  );
  return renderFix(evaluate(expression, scope) as Fix);
}

/** A name's word, of which a spread has made a step. */
function wordOf(value: unknown): string {
  const word = value as string | (() => string) | { readonly what: string };
  return typeof word === 'object' ? word.what : String(word);
}

function evaluate(expression: string, scope: object): unknown {
  return vm.runInNewContext(expression, scope);
}

/** Stands for a value: `stack.stage` is STAGE. As a call or a list, it is a step of that name. */
function placeholder(name: string): unknown {
  const word = name.replaceAll(/([a-z])([A-Z])/g, '$1_$2').toUpperCase();
  const step = builders.manual(word);
  return new Proxy(() => word, {
    get: (_, key) => {
      if (key === Symbol.toPrimitive || key === 'toString') return () => word;
      if (key === Symbol.iterator) return step[Symbol.iterator].bind(step);
      return typeof key === 'symbol' ? undefined : placeholder(key);
    },
    apply: () => placeholder(name),
  });
}
