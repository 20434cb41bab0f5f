import { distance } from 'fastest-levenshtein';
import type { Violation } from './mistake';

/**
 * The candidate closest to the word, or undefined when none is close. One that the word abbreviates or
 * extends is: `prod` for `production`, `my-app-purge-dev` for `purge-dev`, `staging` for `stg`.
 */
export function suggest(word: string, candidates: readonly string[]): string | undefined {
  const extended = candidates.filter((candidate) =>
    isExtended(word.toLowerCase(), candidate.toLowerCase()),
  );
  if (extended.length === 1) return extended[0];
  const ranked = candidates
    .map((candidate) => ({
      candidate,
      edits: distance(word.toLowerCase(), candidate.toLowerCase()),
    }))
    .sort((a, b) => a.edits - b.edits);
  const best = ranked[0];
  if (best && best.edits <= Math.max(2, word.length / 3)) return best.candidate;
  const abbreviated = candidates.filter((candidate) => isAbbreviation(word, candidate));
  return abbreviated.length === 1 ? abbreviated[0] : undefined;
}

/** Whether a word has letters of the candidate, the first one and others in their order. */
function isAbbreviation(word: string, candidate: string): boolean {
  let rest = candidate.toLowerCase();
  if (word.length < 3 || rest[0] !== word[0]?.toLowerCase()) return false;
  for (const letter of word.toLowerCase().split('')) {
    const at = rest.indexOf(letter);
    if (at === -1) return false;
    rest = rest.slice(at + 1);
  }
  return true;
}

/** Whether one is the other and more, before or after it. */
function isExtended(word: string, candidate: string): boolean {
  const [short = '', long = ''] = [word, candidate].sort((a, b) => a.length - b.length);
  return short.length >= 3 && (long.startsWith(short) || long.endsWith(short));
}

/** The violation for an unknown name; its fix suggests the closest known one. */
export function unknownName(wrong: string, given: string, known: readonly string[]): Violation {
  const meant = suggest(given, known);
  return {
    wrong,
    expected: known.join(', '),
    fix: meant === undefined ? 'use one of these' : `use ${meant}`,
  };
}
