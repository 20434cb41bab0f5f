import { parseQuery, type Increase } from '../../../sandbox/monitoring/promql';

const MINUTE = 60_000;

/** Three series of one metric, each of which grows by one per minute. */
const increase: Increase = ({ metric, labels }, from, to) =>
  ['a', 'b', 'c']
    .map((job) => ({ labels: { job, region: 'r' }, value: (to - from) / MINUTE }))
    .filter(() => metric === 'runs')
    .filter((sample) => labels.job === undefined || labels.job === sample.labels.job);

function evaluate(query: string): Record<string, number> {
  const samples = parseQuery(query).evaluate(increase, 1000 * MINUTE);
  return Object.fromEntries(samples.map(({ labels, value }) => [JSON.stringify(labels), value]));
}

it('evaluates increase over a range, for the selected series', () => {
  expect(evaluate('increase(runs{job="b"}[120s])')).toEqual({ '{"job":"b","region":"r"}': 2 });
  expect(evaluate('increase(others[120s])')).toEqual({});
});

it('evaluates sum by labels', () => {
  expect(evaluate('sum by (region) (increase(runs[60s]))')).toEqual({ '{"region":"r"}': 3 });
});

it('evaluates comparisons and unless', () => {
  expect(evaluate('increase(runs[60s]) > 1')).toEqual({});
  const twoOfThree =
    'sum by (job) (increase(runs[60s])) > 0 unless sum by (job) (increase(runs{job="b"}[60s])) > 0';
  expect(evaluate(twoOfThree)).toEqual({ '{"job":"a"}': 1, '{"job":"c"}': 1 });
});

it('lists the metrics of a query', () => {
  expect(parseQuery('increase(a[1s]) unless increase(b[1s])').metrics).toEqual(['a', 'b']);
});

it.each([
  ['rate(runs[60s])', 'The sandbox does not support "rate(runs[60s])".'],
  ['increase(runs[1m])', 'The sandbox does not support "1m".'],
  ['increase(runs{job=~"a.*"}[60s])', 'The sandbox does not support "job=~\\"a.*\\"".'],
  [
    'max by (job) (increase(runs[60s]))',
    'The sandbox does not support "max by (job) (increase(runs[60s]))".',
  ],
  [
    'sum without (job) (increase(runs[60s]))',
    'The sandbox does not support "sum without (job) (increase(runs[60s]))".',
  ],
  [
    'increase(runs[60s]) and increase(runs[60s])',
    'The sandbox does not support "increase(runs[60s]) and increase(runs[60s])".',
  ],
  ['increase(runs[60s]) > bool 0', 'The sandbox does not support "increase(runs[60s]) > bool 0".'],
  ['increase(runs[60s', 'The PromQL query has a syntax error at "".'],
])('rejects %s', (query, message) => {
  expect(() => parseQuery(query)).toThrow(message);
});
