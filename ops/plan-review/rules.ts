import type { Action } from './actions';
import type { PlannedChange } from './changes';
import { plainText } from './phrase';
import { failingFindings, type Review } from './review';

/**
 * What a plan does besides deleting exactly these resources, one line each; empty if it does only
 * that. `review` must allow the findings of a deletion.
 */
export function beyondDeletion(review: Review, addresses: readonly string[]): string[] {
  const deleted = review.changes.filter(({ action }) => action === 'destroyed');
  return [
    ...failingFindings(review).map(({ message }) => plainText(message)),
    ...deviations(
      review.changes.filter(({ action }) => action !== 'destroyed'),
      deleted,
      addresses,
      'destroyed',
    ),
  ];
}

/** Actions after which a resource still exists and is still managed by Terraform. */
const KEEPING: readonly Action[] = ['created', 'changed', 'unchanged'];

/**
 * What a plan does besides importing exactly these resources, and creating or changing others, one
 * line each; empty if it does only that.
 */
export function beyondImport({ changes }: Review, addresses: readonly string[]): string[] {
  return deviations(
    changes.filter(({ action }) => !KEEPING.includes(action)),
    changes.filter(({ imported, action }) => imported && KEEPING.includes(action)),
    addresses,
    'imported',
  );
}

function deviations(
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
      .map((address) => `${address} would also be ${verb}`),
    ...expected
      .filter((address) => !addresses.includes(address))
      .map((address) => `${address} would not be ${verb}`),
  ];
}
