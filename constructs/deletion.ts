import type { TerraformResource, TerraformResourceLifecycle } from 'cdktf';

/** What keeps a resource from being deleted. */
export interface DeletionProps {
  /**
   * Terraform's `prevent_destroy`: a plan that deletes or replaces the resource fails. It works with any
   * provider, but only while the resource is declared: one that is taken out of the code is deleted.
   *
   * @default false
   */
  readonly preventDestroy?: boolean;

  /**
   * The provider's `deletion_policy`. Terraform keeps it in the state, so `PREVENT` also protects a
   * resource that is no longer declared; but it fails the apply, not the plan: other changes may be
   * applied by then. `ABANDON` only removes the resource from the state. To end `PREVENT`, deploy
   * `DELETE`: without a value, the one in the state stays.
   *
   * Needs version 7.32 or newer of the google provider; older ones reject it.
   * Source: https://registry.terraform.io/providers/hashicorp/google/7.45.0/docs/resources/cloud_scheduler_job
   *
   * @default - not rendered; a new resource gets `DELETE`
   */
  readonly deletionPolicy?: 'DELETE' | 'PREVENT' | 'ABANDON';
}

/** The part of a resource's `lifecycle`; undefined by default, which renders nothing. */
export function deletionLifecycle({
  preventDestroy,
}: DeletionProps): Pick<TerraformResourceLifecycle, 'preventDestroy'> | undefined {
  return preventDestroy === true ? { preventDestroy } : undefined;
}

/** Renders `deletion_policy`, which the bindings do not have. */
export function addDeletionPolicy(
  resource: TerraformResource,
  { deletionPolicy }: DeletionProps,
): void {
  if (deletionPolicy !== undefined) resource.addOverride('deletion_policy', deletionPolicy);
}
