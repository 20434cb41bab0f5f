import { TerraformElement, type App } from 'cdktf';

/**
 * Every mistake in the app, in all stacks: one line each, with the path of its construct.
 *
 * CDKTF's own elements are skipped: they validate that a terraform binary of some version is
 * installed. Synthesis needs none, and each stack states the version it requires.
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
