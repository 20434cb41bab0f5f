import type { Inputs } from '../../../ci/access/inputs';
import { APP, PROJECT, REGION } from '../../ops/support';

const BOTH = {
  projectId: PROJECT,
  region: REGION,
  appName: APP,
  repository: 'acme/jobs',
  repositoryId: '42',
  hcpProject: 'Default Project',
};

/** The access script's inputs, with the state in a bucket. */
export const BUCKET_INPUTS: Inputs = { ...BOTH, state: { kind: 'gcs', bucket: 'my-bucket' } };

/** The same, with the state in HCP Terraform. */
export const HCP_INPUTS: Inputs = { ...BOTH, state: { kind: 'cloud', organization: 'my-org' } };
