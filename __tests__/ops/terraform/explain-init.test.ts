import { Failed } from '../../../ops/errors';
import { renderFix } from '../../../ops/fixes/render';
import { explainInit } from '../../../ops/terraform/explain-init';

function fixOf(what: string): string | undefined {
  const error = explainInit(new Failed(what), { root: '.', env: {} }, { name: 'a', folder: '.' });
  return error instanceof Failed && error.fix !== undefined ? renderFix(error.fix) : undefined;
}

it('asks to sign in again when HCP Terraform rejects the token', () => {
  const said = `Error: Failed to read organization "mine" at host app.terraform.io

Encountered an unexpected error while reading the organization settings:
unauthorized`;
  expect(fixOf(said)).toBe('terraform login app.terraform.io, or set TF_TOKEN_app_terraform_io');
});

it('names no fix for an error that it does not know', () => {
  expect(fixOf('Error: Unsupported Terraform Core version')).toBeUndefined();
});
