import { TerraformVariable } from 'cdktf';
import { FailedRunsAlert } from '../../constructs/failed-runs-alert';
import { configurationOf, emptyStack, jobWith, PROPS, rendered } from '../support/scheduled-job';

/** Text that Terraform would take for a template, and how it is escaped. */
const TEXT = '100% of ${var.x}, %{ if true }';
const ESCAPED = '100% of $${var.x}, %%{ if true }';

it('keeps every text of a job from being a template', () => {
  const job = rendered({
    description: TEXT,
    uri: 'https://worker.example.com/${var.x}/%{x}/',
    audience: '${var.x}',
    headers: { 'X-Text': TEXT },
  });

  expect(job).toMatchObject({
    description: ESCAPED,
    http_target: {
      uri: 'https://worker.example.com/$${var.x}/%%{x}/',
      headers: { 'X-Text': ESCAPED },
      oidc_token: { audience: '$${var.x}' },
    },
  });
});

it('keeps texts of an object without a prototype from being templates', () => {
  const headers = Object.assign(Object.create(null) as Record<string, string>, { 'X-Text': TEXT });

  expect(rendered({ headers })).toMatchObject({ http_target: { headers: { 'X-Text': ESCAPED } } });
});

it('keeps tokens, and text around them', () => {
  const job = rendered((stack) => {
    const url = new TerraformVariable(stack, 'url', {});
    return { description: `$${url.stringValue} ${TEXT}` };
  });

  expect(job).toMatchObject({
    description: '${"$"}${var.url} 100% of ${"$"}{var.x}, %%{ if true }',
  });
});

it('passes a body to base64encode without anything that has a meaning there', () => {
  const encoded = (text: string): string =>
    `base64decode("${Buffer.from(text).toString('base64')}")`;

  const job = rendered((stack) => {
    const id = new TerraformVariable(stack, 'id', {});
    return { body: `{"id": "${id.stringValue}", "text": "${TEXT}"}` };
  });

  expect(job).toMatchObject({
    http_target: {
      body: `\${base64encode(join("", [${encoded('{"id": "')}, var.id, ${encoded(`", "text": "${TEXT}"}`)}]))}`,
    },
  });
});

it('keeps the runbook and the channels of an alert from being templates', () => {
  const stack = emptyStack();
  new FailedRunsAlert(stack, 'failed', {
    jobs: [jobWith(PROPS, stack)],
    channels: ['projects/${x}/notificationChannels/1'],
    runbook: () => TEXT,
  });

  const policy = configurationOf(stack).resource?.google_monitoring_alert_policy?.failed;
  expect(policy).toMatchObject({
    notification_channels: ['projects/$${x}/notificationChannels/1'],
  });
  expect(JSON.stringify(policy?.documentation)).toContain(ESCAPED);
});
