import { pairEntries } from '../../../constructs/core/attempts';

const PREFIX = 'type.googleapis.com/google.cloud.scheduler.logging.Attempt';

interface Entry {
  readonly type: string;
  readonly id: number;
}

function pairsOf(...kinds: string[]): (number | undefined)[][] {
  const entries = kinds.map((kind, id): Entry => ({ type: PREFIX + kind, id }));
  return pairEntries(entries, ({ type }) => type).map(({ started, finished }) => [
    started?.id,
    finished?.id,
  ]);
}

it('pairs the end of each attempt with its start', () => {
  expect(pairsOf('Started', 'Finished', 'Started', 'Finished')).toEqual([
    [0, 1],
    [2, 3],
  ]);
});

it('lets the attempt that started first end first', () => {
  expect(pairsOf('Started', 'Started', 'Finished', 'Finished', 'Started')).toEqual([
    [0, 2],
    [1, 3],
    [4, undefined],
  ]);
});

it('keeps an end whose start was not read in its place', () => {
  expect(pairsOf('Finished', 'Started', 'Finished', 'Finished')).toEqual([
    [undefined, 0],
    [1, 2],
    [undefined, 3],
  ]);
});

it('passes over other entries', () => {
  expect(pairsOf('Created')).toEqual([]);
  expect(pairEntries([{ id: 1 }], () => undefined)).toEqual([]);
});
