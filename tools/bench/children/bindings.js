// Loads the same modules of cdktf and its provider as the stacks, and does nothing with them.
'use strict';
require('cdktf');
require('@cdktf/provider-google/lib/cloud-run-v2-service-iam-member');
require('@cdktf/provider-google/lib/cloud-scheduler-job');
require('@cdktf/provider-google/lib/data-google-cloud-run-v2-service');
require('@cdktf/provider-google/lib/data-google-service-account');
require('@cdktf/provider-google/lib/logging-metric');
require('@cdktf/provider-google/lib/monitoring-alert-policy');
require('@cdktf/provider-google/lib/monitoring-notification-channel');
require('@cdktf/provider-google/lib/project-service');
require('@cdktf/provider-google/lib/provider');
