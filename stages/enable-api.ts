import { ProjectService } from '@cdktf/provider-google/lib/project-service';
import type { Construct } from 'constructs';
import { serviceOf, type StackApi } from './apis';

/** Enables an API in the project. Destroying the stack keeps it enabled: others may use it. */
export function enableApi(stack: Construct, api: StackApi): ProjectService {
  return new ProjectService(stack, `${api}-api`, {
    service: serviceOf(api),
    disableOnDestroy: false,
  });
}
