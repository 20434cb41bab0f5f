import type { JobDefinition } from '../../stages/jobs';

/** The project's line width, which its formatter keeps to. */
const WIDTH = 100;

export type EntryFields = Pick<JobDefinition, 'schedule' | 'endpoint' | 'purpose'>;

/** An entry for the table in stages/jobs.ts, formatted as that file is; any text is a literal in it. */
export function tableEntry(task: string, { schedule, endpoint, purpose }: EntryFields): string {
  const key = /^[a-z_$][\w$]*$/i.test(task) ? task : literal(task);
  const fields = [
    ['schedule', schedule],
    ['endpoint', endpoint],
    ['purpose', purpose],
  ].map(([name = '', value = '']) => {
    const line = `    ${name}: ${literal(value)},`;
    return line.length <= WIDTH ? line : `    ${name}:\n      ${literal(value)},`;
  });
  return [`  ${key}: {`, ...fields, '  },'].join('\n');
}

/** The same on one line. */
export function tableEntryInLine(
  task: string,
  { schedule, endpoint, purpose }: EntryFields,
): string {
  const fields = { schedule, endpoint, purpose };
  const texts = Object.entries(fields).map(([name, value]) => `${name}: ${literal(value)}`);
  return `${literal(task)}: { ${texts.join(', ')} }`;
}

/** `purge-expired-outputs` becomes `Purge expired outputs`. */
export function purposeOf(task: string): string {
  const words = task.replaceAll(/[-_]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A string literal of TypeScript without characters that a terminal would act on. */
function literal(text: string): string {
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, unicodeEscape);
  const quote = escaped.includes("'") && !escaped.includes('"') ? '"' : "'";
  return `${quote}${quote === "'" ? escaped.replaceAll("'", String.raw`\'`) : escaped}${quote}`;
}

function unicodeEscape(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
