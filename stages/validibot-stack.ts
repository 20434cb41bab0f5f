import { CloudRunV2ServiceIamMember } from '@cdktf/provider-google/lib/cloud-run-v2-service-iam-member';
import { DataGoogleCloudRunV2Service } from '@cdktf/provider-google/lib/data-google-cloud-run-v2-service';
import { DataGoogleServiceAccount } from '@cdktf/provider-google/lib/data-google-service-account';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import {
  Annotations,
  Fn,
  TerraformOutput,
  TerraformResource,
  TerraformStack,
  TerraformVariable,
  Token,
} from 'cdktf';
import type { Construct } from 'constructs';
import { PROJECT_ID_PATTERN } from '../constructs/core/google-names';
import { describeMistake, type Mistake } from '../constructs/core/mistake';
import { ScheduledJob } from '../constructs/scheduled-job';
import { checkUri, originOf, withoutCredentials } from '../constructs/core/uri';
import { addAlerts } from './alerts';
import { deployWorkerRecipe, placeOfRecipe } from './app-recipes';
import { enableApi } from './enable-api';
import { addBackend } from './backend';
import { checkEndpoint } from './endpoint';
import { deletionProps, PROTECTED_OUTPUT } from './deletion';
import { jobProps } from './job-props';
import { serviceAccountId, stackName, workerServiceName } from './naming';
import type { Settings } from './settings';
import { jobsOfStage, type Stage, type StageName } from './stages';
import { GOOGLE_PROVIDER, REQUIRED_TERRAFORM } from './versions';

const PROJECT_ID_ERROR =
  'project_id is empty or not a project id. Fix: set GCP_PROJECT_ID before synth, or the Terraform ' +
  'variable project_id (TF_VAR_project_id, or a variable of the HCP Terraform workspace).';

/** One stage: its scheduled jobs, and what they need to call its worker. */
export class ValidibotStack extends TerraformStack {
  constructor(
    scope: Construct,
    private readonly stageName: StageName,
    stage: Stage,
    private readonly settings: Settings,
  ) {
    super(scope, stackName(stageName));
    const { region, state, imports } = settings;
    this.node.addValidation({ validate: () => checkWorkerUrl(stage).map(describeMistake) });
    this.addOverride('terraform.required_version', REQUIRED_TERRAFORM);
    // Instead of the version of the bindings, which will not be updated.
    this.addOverride('terraform.required_providers.google.version', GOOGLE_PROVIDER);
    addBackend(this, stackName(stageName), state);
    if (stageName === 'prod' && state.kind === 'local') this.warnOfLocalState(state.directory);

    const project = this.projectVariable();
    new GoogleProvider(this, 'google', {
      project,
      region,
      // It is on by default, and delays every plan of an unchanged stage by three seconds.
      batching: [{ enableBatching: false }],
    });
    const worker = this.worker(project);
    const account = this.serviceAccount(project);
    const api = enableApi(this, 'cloudscheduler');
    const invoker = new CloudRunV2ServiceIamMember(this, 'worker-invoker', {
      name: worker.name,
      location: worker.location,
      role: 'roles/run.invoker',
      member: account.member,
    });

    const workerUrl = stage.workerUrl ?? worker.uri;
    const place = { workerUrl, serviceAccountEmail: account.email };
    const jobs = jobsOfStage(stage).map((definition) => {
      const { task } = definition;
      const props = jobProps(settings, stageName, definition, place);
      const job = new ScheduledJob(this, task, {
        ...props,
        ...deletionProps(definition.deletionProtection),
        region,
        dependsOn: [api, invoker],
        importId: imports.get(stageName)?.has(task)
          ? `projects/${project}/locations/${region}/jobs/${props.jobName}`
          : undefined,
      });
      const mistakes = checkEndpoint(definition.endpoint).map((violation) =>
        describeMistake({ subject: 'endpoint', given: definition.endpoint, ...violation }),
      );
      job.node.addValidation({ validate: () => mistakes });
      return { definition, job };
    });
    addAlerts(this, stageName, stage, settings, jobs);

    new TerraformOutput(this, 'worker_url', { value: workerUrl });
    const ids = jobs.map(({ definition, job }) => [definition.task, job.id] as const);
    new TerraformOutput(this, 'job_ids', { value: Object.fromEntries(ids) });
    new TerraformOutput(this, 'console_url', {
      value: `https://console.cloud.google.com/cloudscheduler?project=${project}`,
    });
    this.addProtectedOutput();
  }

  /** The project: a variable, so that HCP Terraform can set it for each workspace. */
  private projectVariable(): string {
    const variable = new TerraformVariable(this, 'project_id', {
      type: 'string',
      description: 'Google Cloud project that Validibot runs in',
      default: this.settings.projectId,
    });
    variable.addValidation({
      condition: Fn.can(Fn.regex(PROJECT_ID_PATTERN, variable.stringValue)),
      errorMessage: PROJECT_ID_ERROR,
    });
    return variable.stringValue;
  }

  /**
   * The worker's service. If it does not exist, the plan fails with the provider's message; if it has
   * no URL, with this one.
   */
  private worker(project: string): DataGoogleCloudRunV2Service {
    const { region, appName } = this.settings;
    const name = workerServiceName(appName, this.stageName);
    const deploy = deployWorkerRecipe(this.stageName);
    return new DataGoogleCloudRunV2Service(this, 'worker', {
      name,
      location: region,
      lifecycle: {
        postcondition: [
          {
            condition: '${self.uri != null && self.uri != ""}',
            errorMessage:
              `Cloud Run service ${name} in ${region} of project ${project} has no URL: it has no ` +
              `ready revision. Fix: run ${deploy.words.join(' ')} (in ${placeOfRecipe(deploy)}).`,
          },
        ],
      },
    });
  }

  /**
   * The stage's account. It is read, never created: the worker runs as it too. By email, because the
   * provider does not know that the accounts of example.com:my-project are at
   * my-project.example.com.
   */
  private serviceAccount(project: string): DataGoogleServiceAccount {
    const id = serviceAccountId(this.settings.appName, this.stageName);
    const parts = Token.asList(Fn.reverse(Fn.split(':', project)));
    return new DataGoogleServiceAccount(this, 'scheduler', {
      accountId: `${id}@${Fn.join('.', parts)}.iam.gserviceaccount.com`,
    });
  }

  /** Lists the protected resources, all of them; there is no output if there are none. */
  private addProtectedOutput(): void {
    const value = this.node
      .findAll()
      .filter((each) => TerraformResource.isTerraformResource(each))
      .filter(({ lifecycle }) => lifecycle?.preventDestroy === true)
      .map((each) => `${each.terraformResourceType}.${each.friendlyUniqueId}`)
      .sort();
    if (value.length > 0) new TerraformOutput(this, PROTECTED_OUTPUT, { value });
  }

  private warnOfLocalState(directory: string): void {
    Annotations.of(this).addWarning(
      `the state of production is only on this machine, in ${directory}. ` +
        'Fix: set TF_CLOUD_ORGANIZATION or TF_STATE_BUCKET to share it.',
    );
  }
}

function checkWorkerUrl({ workerUrl }: Stage): Mistake[] {
  if (workerUrl === undefined) return [];
  const mistake = { subject: 'workerUrl', given: withoutCredentials(workerUrl) };
  const findings = checkUri(workerUrl).map((finding) => ({ ...mistake, ...finding }));
  if (findings.length > 0 || originOf(workerUrl) === workerUrl) return findings;
  return [
    {
      ...mistake,
      wrong: 'must be an origin, because the worker compares the whole audience',
      expected: 'scheme and host, in lower case, without a path or trailing slash',
      fix: `write ${originOf(workerUrl)}`,
    },
  ];
}
