import { TerraformElement, type App } from 'cdktf';

/**
 * Every mistake in the app, in all of its stacks, a line each with the path of its construct.
 *
 * CDKTF's elements are left out: what they validate is that a terraform binary of some version is
 * installed. Synthesizing needs none, and each stack states the version it needs.
 */
export function validateAll(app: App): string[] {
  return app.node
    .findAll()
    .filter((construct) => !TerraformElement.isTerraformElement(construct))
    .flatMap((construct) => {
      const where = construct.node.path || 'environment';
      return construct.node.validate().map((mistake) => `${where}: ${mistake}`);
    });
}
