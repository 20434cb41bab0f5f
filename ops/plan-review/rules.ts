import type { Action } from './actions';
import type { PlannedChange } from './changes';
import { plainText } from './phrase';
import { failingFindings, type Review } from './review';

/**
 * What a plan does besides deleting exactly these resources, a line each; empty when it does just
 * that. `review` must allow what a deletion stops.
 */
export function beyondDeletion(review: Review, addresses: readonly string[]): string[] {
  const deleted = review.changes.filter(({ action }) => action === 'destroyed');
  return [
    ...failingFindings(review).map(({ message }) => plainText(message)),
    ...unlike(
      review.changes.filter(({ action }) => action !== 'destroyed'),
      deleted,
      addresses,
      'destroyed',
    ),
  ];
}

/** Actions after which a resource is still there, and still Terraform's. */
const KEEPING: readonly Action[] = ['created', 'changed', 'unchanged'];

/**
 * What a plan does besides importing exactly these resources, creating and changing others, a line
 * each; empty when it does just that.
 */
export function beyondImport({ changes }: Review, addresses: readonly string[]): string[] {
  return unlike(
    changes.filter(({ action }) => !KEEPING.includes(action)),
    changes.filter(({ imported, action }) => imported && KEEPING.includes(action)),
    addresses,
    'imported',
  );
}

function unlike(
  others: readonly PlannedChange[],
  done: readonly PlannedChange[],
  expected: readonly string[],
  verb: string,
): string[] {
  const addresses = done.map(({ address }) => address);
  return [
    ...others.map(({ address, action }) => `${address} would be ${action}`),
    ...addresses
      .filter((address) => !expected.includes(address))
      .map((address) => `${address} would be ${verb}, too`),
    ...expected
      .filter((address) => !addresses.includes(address))
      .map((address) => `${address} would not be ${verb}`),
  ];
}
