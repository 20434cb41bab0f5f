import { suggest } from '../../../constructs/core/suggest';

const STAGES = ['dev', 'staging', 'prod'];

it.each([
  ['prd', 'prod'],
  ['stagign', 'staging'],
  ['PROD', 'prod'],
])('suggests the closest name for %s, in any case: %s', (word, expected) => {
  expect(suggest(word, STAGES)).toBe(expected);
});

it('allows two edits in a short word, and a third of the letters in a long one', () => {
  expect(suggest('abcd', ['abxy'])).toBe('abxy');
  expect(suggest('abcd', ['axyz'])).toBeUndefined();
  expect(suggest('abcdefghijkl', ['abcdefghwxyz'])).toBe('abcdefghwxyz');
  expect(suggest('abcdefghijkl', ['abcdefgvwxyz'])).toBeUndefined();
});

it.each([
  ['production', STAGES, 'prod'],
  ['PRODUCTION', ['Prod', 'dev'], 'Prod'],
  ['my-app-purge-dev', ['purge-dev', 'clear-dev'], 'purge-dev'],
  ['clear', ['validibot-purge', 'clear-sessions'], 'clear-sessions'],
])('suggests the only name that %s extends or is a part of', (word, names, expected) => {
  expect(suggest(word, names)).toBe(expected);
});

it('suggests the closest of several such names', () => {
  expect(suggest('prod', ['production', 'prod-b'])).toBe('prod-b');
  expect(suggest('prod', ['production', 'prod-at-night'])).toBeUndefined();
});

it('needs three letters for that, at the start or at the end', () => {
  expect(suggest('ab', ['abcdefgh'])).toBeUndefined();
  expect(suggest('xyz', ['abcxyzdef'])).toBeUndefined();
});

it.each([
  ['stg', STAGES, 'staging'],
  ['stg', ['staging', 'strategy'], undefined],
  ['gts', ['staging'], undefined],
  ['tgi', ['staging'], undefined],
])('of the abbreviation %s in %j suggests %s', (word, names, expected) => {
  expect(suggest(word, names)).toBe(expected);
});

it('suggests none without candidates', () => {
  expect(suggest('dev', [])).toBeUndefined();
});
