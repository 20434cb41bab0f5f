/** The methods of each API that the sandbox serves, by the ids of Google's discovery documents. */
export const SERVED: Readonly<Record<string, RegExp>> = {
  'cloudscheduler.v1': /./,
  'cloudscheduler.v1beta1': /./,
  'compute.v1': /^compute\.projects\.get$/,
  'run.v1': /^run\.projects\.locations\.services\.(getIamPolicy|setIamPolicy|testIamPermissions)$/,
  'run.v2':
    /^run\.projects\.locations\.services\.(get|list|create|patch|delete|getIamPolicy|setIamPolicy|testIamPermissions)$/,
  'iam.v1':
    /^iam\.projects\.serviceAccounts\.(get|list|create|patch|update|delete|enable|disable|getIamPolicy|setIamPolicy|testIamPermissions)$/,
  'serviceusage.v1':
    /^serviceusage\.(services\.(get|list|enable|disable|batchEnable)|operations\.get)$/,
  'cloudresourcemanager.v1':
    /^cloudresourcemanager\.projects\.(get|list|getIamPolicy|setIamPolicy|testIamPermissions)$/,
  'cloudresourcemanager.v3':
    /^cloudresourcemanager\.projects\.(get|search|getIamPolicy|setIamPolicy|testIamPermissions)$/,
  'cloudbilling.v1': /^cloudbilling\.projects\.getBillingInfo$/,
  'logging.v2': /^logging\.(entries\.(list|write)|projects\.metrics\..*)$/,
  'monitoring.v3':
    /^monitoring\.projects\.(alertPolicies|notificationChannels|snoozes|alerts)\.(get|list|create|patch|delete)$/,
  'pubsub.v1':
    /^pubsub\.projects\.((topics|subscriptions)\.(get|list|create|patch|delete|getIamPolicy|setIamPolicy|testIamPermissions)|subscriptions\.modifyPushConfig)$/,
};
