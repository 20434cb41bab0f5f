import * as z from 'zod/mini';
import type { Context } from '../../context';
import type { Stack } from '../stack';
import { hcpApi } from './api';
import { hostOf } from './host';
import { parse } from './run';

const schema = z.object({
  data: z.object({ attributes: z.object({ 'execution-mode': z.optional(z.string()) }) }),
});

/**
 * Whether terraform plans a stack in HCP Terraform rather than on this machine: a workspace with
 * execution mode Local only stores the state.
 */
export async function runsInHcpTerraform(context: Context, { name }: Stack): Promise<boolean> {
  const { env, settings, signal } = context;
  if (settings.state.kind !== 'cloud' || env.TF_FORCE_LOCAL_BACKEND) return false;
  const resource = `organizations/${settings.state.organization}/workspaces/${name}`;
  const reply = await hcpApi(context, hostOf(context)).get(resource, signal);
  // Terraform has the better error if the workspace does not exist.
  if (reply.kind !== 'json') return true;
  return parse(schema, reply.value, resource).data.attributes['execution-mode'] !== 'local';
}
