import { parser } from '@prometheus-io/lezer-promql';
import { invalidArgument } from '../protocol/errors';
import type { Labels } from '../world/alert-policy';

type SyntaxNode = ReturnType<typeof parser.parse>['topNode'];

/** One time series of a result. */
export interface Sample {
  readonly labels: Labels;
  readonly value: number;
}

/** Selects series of a metric. */
export interface Selector {
  readonly metric: string;
  readonly labels: Labels;
}

/** How much each selected series grew between two instants, in milliseconds. */
export type Increase = (selector: Selector, from: number, to: number) => Sample[];

/** A query, ready to be evaluated at an instant. */
export interface Query {
  readonly metrics: readonly string[];
  evaluate(increase: Increase, at: number): Sample[];
}

type Evaluate = Query['evaluate'];

/**
 * Whether a query uses only metrics of Google's services, other than log-based ones, or none at all. The sandbox has no
 * data of them, so it stores such queries without evaluating them.
 */
export function isWithoutData(query: string): boolean {
  return (
    /\b[a-z0-9]+_googleapis_com:|^\s*vector\(/.test(query) &&
    !query.includes('logging_googleapis_com:user_')
  );
}

/**
 * Parses a PromQL query with Prometheus' own grammar. Supported are `increase` of a metric over a
 * range, `sum by`, `> number`, `unless`, and parentheses. Anything else is rejected, never ignored.
 *
 * @throws ApiError INVALID_ARGUMENT if the query is not PromQL or not supported
 */
export function parseQuery(text: string): Query {
  const metrics: string[] = [];
  const source = (node: SyntaxNode): string => text.slice(node.from, node.to);
  const unsupported = (node: SyntaxNode): Error =>
    invalidArgument(`The sandbox does not support ${JSON.stringify(source(node).slice(0, 60))}.`);

  function compile(node: SyntaxNode): Evaluate {
    switch (node.name) {
      case 'ParenExpr':
      case 'PromQL':
        return compile(onlyChild(node));
      case 'BinaryExpr':
        return binary(node);
      case 'AggregateExpr':
        return sumBy(node);
      case 'FunctionCall':
        return increaseOf(node);
      default:
        throw unsupported(node);
    }
  }

  function onlyChild(node: SyntaxNode): SyntaxNode {
    const [child, ...others] = childrenOf(node);
    if (child === undefined || others.length > 0) throw unsupported(node);
    return child;
  }

  function binary(node: SyntaxNode): Evaluate {
    const [left, operator, right, ...others] = childrenOf(node);
    if (!left || !operator || !right || others.length > 0) throw unsupported(node);
    const of = compile(left);
    if (operator.name === 'Gtr' && right.name === 'NumberDurationLiteral') {
      const limit = Number(source(right));
      if (Number.isNaN(limit)) throw unsupported(right);
      return (increase, at) => of(increase, at).filter(({ value }) => value > limit);
    }
    if (operator.name !== 'Unless') throw unsupported(node);
    const without = compile(right);
    return (increase, at) => {
      const kept = of(increase, at);
      if (kept.length === 0) return kept;
      const excluded = new Set(without(increase, at).map(({ labels }) => keyOf(labels)));
      return kept.filter(({ labels }) => !excluded.has(keyOf(labels)));
    };
  }

  function sumBy(node: SyntaxNode): Evaluate {
    const names = node.getChild('AggregateModifier')?.getChild('GroupingLabels');
    const isSumBy = node.getChild('AggregateOp')?.getChild('Sum') !== null;
    const isBy = node.getChild('AggregateModifier')?.getChild('By');
    const body = node.getChild('FunctionCallBody');
    if (!isSumBy || !isBy || !names || !body) throw unsupported(node);
    const by = names.getChildren('LabelName').map(source);
    const of = compile(onlyChild(body));
    const groupOf = memoize((labels: Labels): Labels =>
      Object.fromEntries(by.map((name) => [name, labels[name] ?? ''])),
    );
    return (increase, at) => {
      const sums = new Map<string, Sample>();
      for (const { labels, value } of of(increase, at)) {
        const kept = groupOf(labels);
        const sum = sums.get(keyOf(kept))?.value ?? 0;
        sums.set(keyOf(kept), { labels: kept, value: sum + value });
      }
      return [...sums.values()];
    };
  }

  function increaseOf(node: SyntaxNode): Evaluate {
    const isIncrease = node.getChild('FunctionIdentifier')?.getChild('Increase');
    const range = node.getChild('FunctionCallBody')?.getChild('MatrixSelector');
    const vector = range?.getChild('VectorSelector');
    const duration = range?.getChild('DurationExpr');
    const name = vector?.getChild('Identifier');
    if (!isIncrease || !vector || !duration || !name) throw unsupported(node);
    const seconds = /^(\d+)s$/.exec(source(duration))?.[1];
    if (seconds === undefined) throw unsupported(duration);
    const length = Number(seconds) * 1000;
    const selector = { metric: source(name), labels: matchersOf(vector) };
    metrics.push(selector.metric);
    return (increase, at) => increase(selector, at - length, at);
  }

  function matchersOf(vector: SyntaxNode): Labels {
    const matchers = vector.getChild('LabelMatchers');
    if (matchers === null) return {};
    return Object.fromEntries(
      childrenOf(matchers).map((matcher) => {
        const name = matcher.getChild('LabelName');
        const value = matcher.getChild('StringLiteral');
        if (!name || !value || !matcher.getChild('MatchOp')?.getChild('EqlSingle')) {
          throw unsupported(matcher);
        }
        return [source(name), source(value).slice(1, -1)];
      }),
    );
  }

  const tree = parser.parse(text);
  tree.iterate({
    enter: ({ type, from }) => {
      if (!type.isError) return;
      throw invalidArgument(
        `The PromQL query has a syntax error at ${JSON.stringify(text.slice(from, from + 20))}.`,
      );
    },
  });
  return { evaluate: compile(tree.topNode), metrics };
}

function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) children.push(child);
  return children;
}

const keyOf = memoize((labels: Labels) =>
  JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1))),
);

/** Caches a function's results: a series has the same labels at every evaluation. */
function memoize<T>(compute: (labels: Labels) => T): (labels: Labels) => T {
  const results = new WeakMap<Labels, T>();
  return (labels) => {
    const result = results.get(labels) ?? compute(labels);
    results.set(labels, result);
    return result;
  };
}
