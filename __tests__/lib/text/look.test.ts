import { lookOf } from '../../../lib/text/look';

const TERMINAL = { isTTY: true, columns: 100, getColorDepth: () => 8 } as never;
const PIPE = {} as never;

it.each([
  ['a terminal', TERMINAL, {}, { colors: true, width: 100 }],
  ['NO_COLOR', TERMINAL, { NO_COLOR: '1' }, { colors: false, width: 100 }],
  ['an empty NO_COLOR', TERMINAL, { NO_COLOR: '' }, { colors: true, width: 100 }],
  ['TERM=dumb', TERMINAL, { TERM: 'dumb' }, { colors: false, width: 100 }],
  ['FORCE_COLOR=0', TERMINAL, { FORCE_COLOR: '0' }, { colors: false, width: 100 }],
  [
    'FORCE_COLOR and NO_COLOR',
    TERMINAL,
    { FORCE_COLOR: '1', NO_COLOR: '1' },
    { colors: true, width: 100 },
  ],
  ['a pipe', PIPE, {}, { colors: false }],
  ['a pipe with FORCE_COLOR', PIPE, { FORCE_COLOR: '1' }, { colors: true }],
])('%s', (_, stream, env, look) => {
  expect(lookOf(stream, env)).toEqual(look);
});

it('has no colors where the terminal has none', () => {
  const black = { isTTY: true, columns: 80, getColorDepth: () => 1 } as never;
  expect(lookOf(black, {})).toEqual({ colors: false, width: 80 });
});
