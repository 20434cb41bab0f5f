import type { DeletionProps } from '../constructs/deletion';
import { GOOGLE_PROVIDER, knowsDeletionPolicy } from './versions';

/**
 * How a resource is protected from deletion: `prevent_destroy` fails the plan while the resource is
 * declared. `deletion_policy`, where the pinned provider has it, also protects it from other tools and
 * from code in which it is missing.
 *
 * @param isProtected - `false` ends a protection that was deployed; without it, nothing is rendered
 */
export function deletionProps(isProtected: boolean | undefined): DeletionProps {
  if (isProtected === undefined) return {};
  return {
    preventDestroy: isProtected,
    ...(knowsDeletionPolicy(GOOGLE_PROVIDER) && {
      deletionPolicy: isProtected ? 'PREVENT' : 'DELETE',
    }),
  };
}

/**
 * The output that lists what a deploy protected, by Terraform address. `prevent_destroy` is in no
 * state, so without it nothing would tell that a resource which is no longer declared was protected.
 */
export const PROTECTED_OUTPUT = 'protected_resources';
