import { distance } from 'fastest-levenshtein';
import type { Violation } from './mistake';

/** The candidate closest to the word, or undefined when none is close. */
export function suggest(word: string, candidates: readonly string[]): string | undefined {
  const ranked = candidates
    .map((candidate) => ({
      candidate,
      edits: distance(word.toLowerCase(), candidate.toLowerCase()),
    }))
    .sort((a, b) => a.edits - b.edits);
  const best = ranked[0];
  return best && best.edits <= Math.max(2, word.length / 3) ? best.candidate : undefined;
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
