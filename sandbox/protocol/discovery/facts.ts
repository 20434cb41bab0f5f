import type { ApiFacts } from './discovery';

/** Made by `npm run discovery` from Google's discovery documents of these revisions. */
export const FACTS: Readonly<Record<string, ApiFacts>> = {
  'cloudscheduler.v1': {
    revision: '20261106',
    methods: [
      'DELETE v1/projects/{}/locations/{}/jobs/{} -> Empty ?',
      'DELETE v1/projects/{}/locations/{}/operations/{} -> Empty ?',
      'GET v1/projects/{}/locations -> ListLocationsResponse ? extraLocationTypes filter pageSize pageToken',
      'GET v1/projects/{}/locations/{} -> Location ?',
      'GET v1/projects/{}/locations/{}/cmekConfig -> CmekConfig ?',
      'GET v1/projects/{}/locations/{}/jobs -> ListJobsResponse ? pageSize pageToken',
      'GET v1/projects/{}/locations/{}/jobs/{} -> Job ?',
      'GET v1/projects/{}/locations/{}/operations -> ListOperationsResponse ? filter pageSize pageToken returnPartialSuccess',
      'GET v1/projects/{}/locations/{}/operations/{} -> Operation ?',
      'PATCH v1/projects/{}/locations/{}/cmekConfig -> Operation ? updateMask',
      'PATCH v1/projects/{}/locations/{}/jobs/{} -> Job ? updateMask',
      'POST v1/projects/{}/locations/{}/jobs -> Job ?',
      'POST v1/projects/{}/locations/{}/jobs/{}:pause -> Job ?',
      'POST v1/projects/{}/locations/{}/jobs/{}:resume -> Job ?',
      'POST v1/projects/{}/locations/{}/jobs/{}:run -> Job ?',
      'POST v1/projects/{}/locations/{}/operations/{}:cancel -> Empty ?',
    ],
    schemas: {
      AppEngineHttpTarget:
        'appEngineRouting:AppEngineRouting body:string/byte headers:{string} httpMethod:HTTP_METHOD_UNSPECIFIED|POST|GET|HEAD|PUT|DELETE|PATCH|OPTIONS relativeUri:string',
      AppEngineRouting: 'host:string instance:string service:string version:string',
      CmekConfig: 'kmsKeyName:string name:string',
      Empty: '',
      HttpTarget:
        'body:string/byte headers:{string} httpMethod:HTTP_METHOD_UNSPECIFIED|POST|GET|HEAD|PUT|DELETE|PATCH|OPTIONS oauthToken:OAuthToken oidcToken:OidcToken uri:string',
      Job: 'appEngineHttpTarget:AppEngineHttpTarget attemptDeadline:string/google-duration description:string httpTarget:HttpTarget lastAttemptTime:string/google-datetime name:string pubsubTarget:PubsubTarget retryConfig:RetryConfig satisfiesPzs:boolean schedule:string scheduleTime:string/google-datetime state:STATE_UNSPECIFIED|ENABLED|PAUSED|DISABLED|UPDATE_FAILED status:Status timeZone:string userUpdateTime:string/google-datetime',
      ListJobsResponse: 'jobs:[Job] nextPageToken:string',
      ListLocationsResponse: 'locations:[Location] nextPageToken:string',
      ListOperationsResponse: 'nextPageToken:string operations:[Operation] unreachable:[string]',
      Location: 'displayName:string labels:{string} locationId:string metadata:{any} name:string',
      OAuthToken: 'scope:string serviceAccountEmail:string',
      OidcToken: 'audience:string serviceAccountEmail:string',
      Operation: 'done:boolean error:Status metadata:{any} name:string response:{any}',
      PubsubTarget: 'attributes:{string} data:string/byte topicName:string',
      RetryConfig:
        'maxBackoffDuration:string/google-duration maxDoublings:integer/int32 maxRetryDuration:string/google-duration minBackoffDuration:string/google-duration retryCount:integer/int32',
      Status: 'code:integer/int32 details:[{any}] message:string',
    },
  },
  'cloudscheduler.v1beta1': {
    revision: '20261106',
    methods: [
      'DELETE v1beta1/projects/{}/locations/{}/jobs/{} -> Empty ? legacyAppEngineCron',
      'DELETE v1beta1/projects/{}/locations/{}/operations/{} -> Empty ?',
      'GET v1beta1/projects/{}/locations -> ListLocationsResponse ? extraLocationTypes filter pageSize pageToken',
      'GET v1beta1/projects/{}/locations/{} -> Location ?',
      'GET v1beta1/projects/{}/locations/{}/jobs -> ListJobsResponse ? filter legacyAppEngineCron pageSize pageToken',
      'GET v1beta1/projects/{}/locations/{}/jobs/{} -> Job ?',
      'GET v1beta1/projects/{}/locations/{}/operations -> ListOperationsResponse ? filter pageSize pageToken returnPartialSuccess',
      'GET v1beta1/projects/{}/locations/{}/operations/{} -> Operation ?',
      'PATCH v1beta1/projects/{}/locations/{}/jobs/{} -> Job ? updateMask',
      'POST v1beta1/projects/{}/locations/{}/jobs -> Job ?',
      'POST v1beta1/projects/{}/locations/{}/jobs/{}:pause -> Job ?',
      'POST v1beta1/projects/{}/locations/{}/jobs/{}:resume -> Job ?',
      'POST v1beta1/projects/{}/locations/{}/jobs/{}:run -> Job ?',
      'POST v1beta1/projects/{}/locations/{}/operations/{}:cancel -> Empty ?',
    ],
    schemas: {
      AppEngineHttpTarget:
        'appEngineRouting:AppEngineRouting body:string/byte headers:{string} httpMethod:HTTP_METHOD_UNSPECIFIED|POST|GET|HEAD|PUT|DELETE|PATCH|OPTIONS relativeUri:string',
      AppEngineRouting: 'host:string instance:string service:string version:string',
      Empty: '',
      HttpTarget:
        'body:string/byte headers:{string} httpMethod:HTTP_METHOD_UNSPECIFIED|POST|GET|HEAD|PUT|DELETE|PATCH|OPTIONS oauthToken:OAuthToken oidcToken:OidcToken uri:string',
      Job: 'appEngineHttpTarget:AppEngineHttpTarget attemptDeadline:string/google-duration description:string httpTarget:HttpTarget lastAttemptTime:string/google-datetime legacyAppEngineCron:boolean name:string pubsubTarget:PubsubTarget retryConfig:RetryConfig satisfiesPzs:boolean schedule:string scheduleTime:string/google-datetime state:STATE_UNSPECIFIED|ENABLED|PAUSED|DISABLED|UPDATE_FAILED status:Status timeZone:string userUpdateTime:string/google-datetime',
      ListJobsResponse: 'jobs:[Job] nextPageToken:string',
      ListLocationsResponse: 'locations:[Location] nextPageToken:string',
      ListOperationsResponse: 'nextPageToken:string operations:[Operation] unreachable:[string]',
      Location: 'displayName:string labels:{string} locationId:string metadata:{any} name:string',
      OAuthToken: 'scope:string serviceAccountEmail:string',
      OidcToken: 'audience:string serviceAccountEmail:string',
      Operation: 'done:boolean error:Status metadata:{any} name:string response:{any}',
      PubsubTarget: 'attributes:{string} data:string/byte topicName:string',
      RetryConfig:
        'maxBackoffDuration:string/google-duration maxDoublings:integer/int32 maxRetryDuration:string/google-duration minBackoffDuration:string/google-duration retryCount:integer/int32',
      Status: 'code:integer/int32 details:[{any}] message:string',
    },
  },
  'compute.v1': {
    revision: '20261106',
    methods: ['GET compute/v1/projects/{} -> Project ?'],
    schemas: {
      Metadata: 'fingerprint:string/byte items:[object] kind:string',
      Project:
        'cloudArmorTier:CA_ENTERPRISE_ANNUAL|CA_ENTERPRISE_PAYGO|CA_STANDARD commonInstanceMetadata:Metadata creationTimestamp:string defaultNetworkTier:FIXED_STANDARD|PREMIUM|STANDARD|STANDARD_OVERRIDES_FIXED_STANDARD defaultServiceAccount:string description:string enabledFeatures:[string] id:string/uint64 kind:string name:string quotas:[Quota] selfLink:string usageExportLocation:UsageExportLocation vmDnsSetting:GLOBAL_DEFAULT|UNSPECIFIED_VM_DNS_SETTING|ZONAL_DEFAULT|ZONAL_ONLY xpnProjectStatus:HOST|UNSPECIFIED_XPN_PROJECT_STATUS',
      Quota:
        'limit:number/double metric:A2_CPUS|AFFINITY_GROUPS|AUTOSCALERS|BACKEND_BUCKETS|BACKEND_SERVICES|C2D_CPUS|C2_CPUS|C3_CPUS|COMMITMENTS|COMMITTED_A2_CPUS|COMMITTED_C2D_CPUS|COMMITTED_C2_CPUS|COMMITTED_C3_CPUS|COMMITTED_CPUS|COMMITTED_E2_CPUS|COMMITTED_LICENSES|COMMITTED_LOCAL_SSD_TOTAL_GB|COMMITTED_M3_CPUS|COMMITTED_MEMORY_OPTIMIZED_CPUS|COMMITTED_N2A_CPUS|COMMITTED_N2D_CPUS|COMMITTED_N2_CPUS|COMMITTED_NVIDIA_A100_80GB_GPUS|COMMITTED_NVIDIA_A100_GPUS|COMMITTED_NVIDIA_H100_GPUS|COMMITTED_NVIDIA_K80_GPUS|COMMITTED_NVIDIA_L4_GPUS|COMMITTED_NVIDIA_P100_GPUS|COMMITTED_NVIDIA_P4_GPUS|COMMITTED_NVIDIA_T4_GPUS|COMMITTED_NVIDIA_V100_GPUS|COMMITTED_T2A_CPUS|COMMITTED_T2D_CPUS|COMMITTED_Z3_CPUS|CPUS|CPUS_ALL_REGIONS|DISKS_TOTAL_GB|E2_CPUS|EXTERNAL_MANAGED_FORWARDING_RULES|EXTERNAL_NETWORK_LB_FORWARDING_RULES|EXTERNAL_PROTOCOL_FORWARDING_RULES|EXTERNAL_VPN_GATEWAYS|FIREWALLS|FORWARDING_RULES|GLOBAL_EXTERNAL_MANAGED_BACKEND_SERVICES|GLOBAL_EXTERNAL_MANAGED_FORWARDING_RULES|GLOBAL_EXTERNAL_PROXY_LB_BACKEND_SERVICES|GLOBAL_INTERNAL_ADDRESSES|GLOBAL_INTERNAL_MANAGED_BACKEND_SERVICES|GLOBAL_INTERNAL_TRAFFIC_DIRECTOR_BACKEND_SERVICES|GPUS_ALL_REGIONS|HDB_TOTAL_GB|HDB_TOTAL_IOPS|HDB_TOTAL_THROUGHPUT|HEALTH_CHECKS|IMAGES|INSTANCES|INSTANCE_GROUPS|INSTANCE_GROUP_MANAGERS|INSTANCE_TEMPLATES|INTERCONNECTS|INTERCONNECT_ATTACHMENTS_PER_REGION|INTERCONNECT_ATTACHMENTS_TOTAL_MBPS|INTERCONNECT_TOTAL_GBPS|INTERNAL_ADDRESSES|INTERNAL_TRAFFIC_DIRECTOR_FORWARDING_RULES|IN_PLACE_SNAPSHOTS|IN_USE_ADDRESSES|IN_USE_BACKUP_SCHEDULES|IN_USE_SNAPSHOT_SCHEDULES|LOCAL_SSD_TOTAL_GB|M1_CPUS|M2_CPUS|M3_CPUS|MACHINE_IMAGES|N2A_CPUS|N2D_CPUS|N2_CPUS|NETWORKS|NETWORK_ATTACHMENTS|NETWORK_ENDPOINT_GROUPS|NETWORK_FIREWALL_POLICIES|NET_LB_SECURITY_POLICIES_PER_REGION|NET_LB_SECURITY_POLICY_RULES_PER_REGION|NET_LB_SECURITY_POLICY_RULE_ATTRIBUTES_PER_REGION|NODE_GROUPS|NODE_TEMPLATES|NVIDIA_A100_80GB_GPUS|NVIDIA_A100_GPUS|NVIDIA_K80_GPUS|NVIDIA_L4_GPUS|NVIDIA_P100_GPUS|NVIDIA_P100_VWS_GPUS|NVIDIA_P4_GPUS|NVIDIA_P4_VWS_GPUS|NVIDIA_T4_GPUS|NVIDIA_T4_VWS_GPUS|NVIDIA_V100_GPUS|PACKET_MIRRORINGS|PD_EXTREME_TOTAL_PROVISIONED_IOPS|PREEMPTIBLE_CPUS|PREEMPTIBLE_LOCAL_SSD_GB|PREEMPTIBLE_NVIDIA_A100_80GB_GPUS|PREEMPTIBLE_NVIDIA_A100_GPUS|PREEMPTIBLE_NVIDIA_H100_GPUS|PREEMPTIBLE_NVIDIA_K80_GPUS|PREEMPTIBLE_NVIDIA_L4_GPUS|PREEMPTIBLE_NVIDIA_P100_GPUS|PREEMPTIBLE_NVIDIA_P100_VWS_GPUS|PREEMPTIBLE_NVIDIA_P4_GPUS|PREEMPTIBLE_NVIDIA_P4_VWS_GPUS|PREEMPTIBLE_NVIDIA_T4_GPUS|PREEMPTIBLE_NVIDIA_T4_VWS_GPUS|PREEMPTIBLE_NVIDIA_V100_GPUS|PREEMPTIBLE_TPU_LITE_DEVICE_V5|PREEMPTIBLE_TPU_LITE_PODSLICE_V5|PREEMPTIBLE_TPU_PODSLICE_V4|PSC_ILB_CONSUMER_FORWARDING_RULES_PER_PRODUCER_NETWORK|PSC_INTERNAL_LB_FORWARDING_RULES|PUBLIC_ADVERTISED_PREFIXES|PUBLIC_DELEGATED_PREFIXES|REGIONAL_AUTOSCALERS|REGIONAL_EXTERNAL_MANAGED_BACKEND_SERVICES|REGIONAL_EXTERNAL_NETWORK_LB_BACKEND_SERVICES|REGIONAL_INSTANCE_GROUP_MANAGERS|REGIONAL_INTERNAL_LB_BACKEND_SERVICES|REGIONAL_INTERNAL_MANAGED_BACKEND_SERVICES|REGIONAL_INTERNAL_TRAFFIC_DIRECTOR_BACKEND_SERVICES|RESERVATIONS|RESOURCE_POLICIES|ROUTERS|ROUTES|SECURITY_POLICIES|SECURITY_POLICIES_PER_REGION|SECURITY_POLICY_ADVANCED_RULES_PER_REGION|SECURITY_POLICY_CEVAL_RULES|SECURITY_POLICY_RULES|SECURITY_POLICY_RULES_PER_REGION|SERVICE_ATTACHMENTS|SNAPSHOTS|SSD_TOTAL_GB|SSL_CERTIFICATES|SSL_POLICIES|STATIC_ADDRESSES|STATIC_BYOIP_ADDRESSES|STATIC_EXTERNAL_IPV6_ADDRESS_RANGES|SUBNETWORKS|T2A_CPUS|T2D_CPUS|TARGET_HTTPS_PROXIES|TARGET_HTTP_PROXIES|TARGET_INSTANCES|TARGET_POOLS|TARGET_SSL_PROXIES|TARGET_TCP_PROXIES|TARGET_VPN_GATEWAYS|TPU_LITE_DEVICE_V5|TPU_LITE_PODSLICE_V5|TPU_PODSLICE_V4|URL_MAPS|VARIABLE_IPV6_PUBLIC_DELEGATED_PREFIXES|VPN_GATEWAYS|VPN_TUNNELS|XPN_SERVICE_PROJECTS owner:string usage:number/double',
      UsageExportLocation: 'bucketName:string reportNamePrefix:string',
    },
  },
  'run.v1': {
    revision: '20261031',
    methods: [
      'GET v1/projects/{}/locations/{}/services/{}:getIamPolicy -> Policy ? options.requestedPolicyVersion',
      'POST v1/projects/{}/locations/{}/services/{}:setIamPolicy -> Policy ?',
      'POST v1/projects/{}/locations/{}/services/{}:testIamPermissions -> TestIamPermissionsResponse ?',
    ],
    schemas: {
      AuditConfig: 'auditLogConfigs:[AuditLogConfig] service:string',
      AuditLogConfig:
        'exemptedMembers:[string] logType:LOG_TYPE_UNSPECIFIED|ADMIN_READ|DATA_WRITE|DATA_READ',
      Binding: 'condition:Expr members:[string] role:string',
      Expr: 'description:string expression:string location:string title:string',
      Policy:
        'auditConfigs:[AuditConfig] bindings:[Binding] etag:string/byte version:integer/int32',
      TestIamPermissionsResponse: 'permissions:[string]',
    },
  },
  'run.v2': {
    revision: '20261031',
    methods: [
      'DELETE v2/projects/{}/locations/{}/services/{} -> GoogleLongrunningOperation ? etag validateOnly',
      'GET v2/projects/{}/locations/{}/services -> GoogleCloudRunV2ListServicesResponse ? pageSize pageToken showDeleted',
      'GET v2/projects/{}/locations/{}/services/{} -> GoogleCloudRunV2Service ?',
      'GET v2/projects/{}/locations/{}/services/{}:getIamPolicy -> GoogleIamV1Policy ? options.requestedPolicyVersion',
      'PATCH v2/projects/{}/locations/{}/services/{} -> GoogleLongrunningOperation ? allowMissing forceNewRevision updateMask validateOnly',
      'POST v2/projects/{}/locations/{}/services -> GoogleLongrunningOperation ? serviceId validateOnly',
      'POST v2/projects/{}/locations/{}/services/{}:setIamPolicy -> GoogleIamV1Policy ?',
      'POST v2/projects/{}/locations/{}/services/{}:testIamPermissions -> GoogleIamV1TestIamPermissionsResponse ?',
    ],
    schemas: {
      GoogleCloudRunV2AmbientNetworking:
        'ambientScope:AMBIENT_SCOPE_UNSPECIFIED|AMBIENT_SCOPE_REGIONAL|AMBIENT_SCOPE_GLOBAL enabled:boolean',
      GoogleCloudRunV2BinaryAuthorization:
        'breakglassJustification:string policy:string useDefault:boolean',
      GoogleCloudRunV2BuildConfig:
        'baseImage:string enableAutomaticUpdates:boolean environmentVariables:{string} functionTarget:string imageUri:string name:string serviceAccount:string sourceLocation:string workerPool:string',
      GoogleCloudRunV2BuildConfiguration:
        'buildpacksBuild:GoogleCloudRunV2BuildConfigurationBuildpacksBuild dockerBuild:GoogleCloudRunV2BuildConfigurationDockerBuild imageRepositoryUri:string serviceAccount:string tags:[string] workerConfiguration:GoogleCloudRunV2WorkerConfiguration',
      GoogleCloudRunV2BuildConfigurationBuildpacksBuild:
        'buildBaseImageUri:string cacheImageUri:string environmentVariables:{string}',
      GoogleCloudRunV2BuildConfigurationDockerBuild: '',
      GoogleCloudRunV2BuildInfo: 'functionTarget:string sourceLocation:string',
      GoogleCloudRunV2CloudBuildWorkerConfiguration: 'machineType:string workerPool:string',
      GoogleCloudRunV2CloudSqlInstance: 'instances:[string]',
      GoogleCloudRunV2CloudStorageSource: 'bucket:string generation:string/int64 object:string',
      GoogleCloudRunV2Condition:
        'executionReason:EXECUTION_REASON_UNDEFINED|JOB_STATUS_SERVICE_POLLING_ERROR|NON_ZERO_EXIT_CODE|CANCELLED|CANCELLING|DELETED|DELAYED_START_PENDING|DELAYED_EXECUTION_EXCEEDING_DURATION_LIMIT instanceReason:INSTANCE_REASON_UNSPECIFIED|INSTANCE_DELETED|INSTANCE_STOPPED|INSTANCE_STOPPING|INSTANCE_NON_ZERO_EXIT_CODE lastTransitionTime:string/google-datetime message:string reason:COMMON_REASON_UNDEFINED|UNKNOWN|REVISION_FAILED|PROGRESS_DEADLINE_EXCEEDED|CONTAINER_MISSING|CONTAINER_PERMISSION_DENIED|CONTAINER_IMAGE_UNAUTHORIZED|CONTAINER_IMAGE_AUTHORIZATION_CHECK_FAILED|ENCRYPTION_KEY_PERMISSION_DENIED|ENCRYPTION_KEY_CHECK_FAILED|SECRETS_ACCESS_CHECK_FAILED|WAITING_FOR_OPERATION|IMMEDIATE_RETRY|POSTPONED_RETRY|INTERNAL|VPC_NETWORK_NOT_FOUND revisionReason:REVISION_REASON_UNDEFINED|PENDING|RESERVE|RETIRED|RETIRING|RECREATING|HEALTH_CHECK_CONTAINER_ERROR|CUSTOMIZED_PATH_RESPONSE_PENDING|MIN_INSTANCES_NOT_PROVISIONED|ACTIVE_REVISION_LIMIT_REACHED|NO_DEPLOYMENT|HEALTH_CHECK_SKIPPED|MIN_INSTANCES_WARMING severity:SEVERITY_UNSPECIFIED|ERROR|WARNING|INFO state:STATE_UNSPECIFIED|CONDITION_PENDING|CONDITION_RECONCILING|CONDITION_FAILED|CONDITION_SUCCEEDED type:string',
      GoogleCloudRunV2Container:
        'args:[string] baseImageUri:string buildConfig:GoogleCloudRunV2BuildConfiguration buildInfo:GoogleCloudRunV2BuildInfo command:[string] dependsOn:[string] env:[GoogleCloudRunV2EnvVar] image:string livenessProbe:GoogleCloudRunV2Probe name:string ports:[GoogleCloudRunV2ContainerPort] readinessProbe:GoogleCloudRunV2Probe resources:GoogleCloudRunV2ResourceRequirements sandboxLauncher:boolean sourceCode:GoogleCloudRunV2SourceCode startupProbe:GoogleCloudRunV2Probe volumeMounts:[GoogleCloudRunV2VolumeMount] workingDir:string',
      GoogleCloudRunV2ContainerPort: 'containerPort:integer/int32 name:string',
      GoogleCloudRunV2EmptyDirVolumeSource:
        'medium:MEDIUM_UNSPECIFIED|MEMORY|DISK sizeLimit:string',
      GoogleCloudRunV2EnvVar: 'name:string value:string valueSource:GoogleCloudRunV2EnvVarSource',
      GoogleCloudRunV2EnvVarSource: 'secretKeyRef:GoogleCloudRunV2SecretKeySelector',
      GoogleCloudRunV2FilestoreVolumeSource: 'volume:string',
      GoogleCloudRunV2GCSVolumeSource: 'bucket:string mountOptions:[string] readOnly:boolean',
      GoogleCloudRunV2GRPCAction: 'port:integer/int32 service:string',
      GoogleCloudRunV2HTTPGetAction:
        'httpHeaders:[GoogleCloudRunV2HTTPHeader] path:string port:integer/int32',
      GoogleCloudRunV2HTTPHeader: 'name:string value:string',
      GoogleCloudRunV2InlinedSource: 'sources:[GoogleCloudRunV2SourceFile]',
      GoogleCloudRunV2ListServicesResponse:
        'nextPageToken:string services:[GoogleCloudRunV2Service] unreachable:[string]',
      GoogleCloudRunV2MultiRegionSettings: 'multiRegionId:string regions:[string]',
      GoogleCloudRunV2NFSVolumeSource: 'path:string readOnly:boolean server:string',
      GoogleCloudRunV2NetworkInterface: 'network:string subnetwork:string tags:[string]',
      GoogleCloudRunV2NodeSelector: 'accelerator:string',
      GoogleCloudRunV2Probe:
        'failureThreshold:integer/int32 grpc:GoogleCloudRunV2GRPCAction httpGet:GoogleCloudRunV2HTTPGetAction initialDelaySeconds:integer/int32 periodSeconds:integer/int32 tcpSocket:GoogleCloudRunV2TCPSocketAction timeoutSeconds:integer/int32',
      GoogleCloudRunV2ResourceRequirements:
        'cpuIdle:boolean limits:{string} startupCpuBoost:boolean',
      GoogleCloudRunV2RevisionScaling:
        'concurrencyUtilization:number/float cpuUtilization:number/float maxInstanceCount:integer/int32 minInstanceCount:integer/int32',
      GoogleCloudRunV2RevisionTemplate:
        'ambientNetworking:GoogleCloudRunV2AmbientNetworking annotations:{string} client:string clientVersion:string containers:[GoogleCloudRunV2Container] encryptionKey:string encryptionKeyRevocationAction:ENCRYPTION_KEY_REVOCATION_ACTION_UNSPECIFIED|PREVENT_NEW|SHUTDOWN encryptionKeyShutdownDuration:string/google-duration executionEnvironment:EXECUTION_ENVIRONMENT_UNSPECIFIED|EXECUTION_ENVIRONMENT_GEN1|EXECUTION_ENVIRONMENT_GEN2 gpuZonalRedundancyDisabled:boolean healthCheckDisabled:boolean labels:{string} maxInstanceRequestConcurrency:integer/int32 nodeSelector:GoogleCloudRunV2NodeSelector revision:string sandboxes:GoogleCloudRunV2SandboxConfiguration scaling:GoogleCloudRunV2RevisionScaling serviceAccount:string serviceMesh:GoogleCloudRunV2ServiceMesh sessionAffinity:boolean timeout:string/google-duration volumes:[GoogleCloudRunV2Volume] vpcAccess:GoogleCloudRunV2VpcAccess workloadIdentityConfig:GoogleCloudRunV2WorkloadIdentityConfig',
      GoogleCloudRunV2SandboxConfiguration: 'templates:[GoogleCloudRunV2SandboxTemplate]',
      GoogleCloudRunV2SandboxTemplate:
        'args:[string] command:[string] env:[GoogleCloudRunV2EnvVar] image:string name:string volumeMounts:[GoogleCloudRunV2VolumeMount] workingDir:string',
      GoogleCloudRunV2SecretKeySelector: 'secret:string version:string',
      GoogleCloudRunV2SecretVolumeSource:
        'defaultMode:integer/int32 items:[GoogleCloudRunV2VersionToPath] secret:string',
      GoogleCloudRunV2Service:
        'annotations:{string} binaryAuthorization:GoogleCloudRunV2BinaryAuthorization buildConfig:GoogleCloudRunV2BuildConfig client:string clientVersion:string conditions:[GoogleCloudRunV2Condition] createTime:string/google-datetime creator:string customAudiences:[string] defaultUriDisabled:boolean deleteTime:string/google-datetime description:string etag:string expireTime:string/google-datetime functionalType:FUNCTIONAL_TYPE_UNSPECIFIED|FUNCTIONAL_TYPE_AGENT|FUNCTIONAL_TYPE_MCP_SERVER generation:string/int64 iapEnabled:boolean ingress:INGRESS_TRAFFIC_UNSPECIFIED|INGRESS_TRAFFIC_ALL|INGRESS_TRAFFIC_INTERNAL_ONLY|INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER|INGRESS_TRAFFIC_NONE invokerIamDisabled:boolean labels:{string} lastModifier:string latestCreatedRevision:string latestReadyRevision:string launchStage:LAUNCH_STAGE_UNSPECIFIED|UNIMPLEMENTED|PRELAUNCH|EARLY_ACCESS|ALPHA|BETA|GA|DEPRECATED multiRegionSettings:GoogleCloudRunV2MultiRegionSettings name:string observedGeneration:string/int64 reconciling:boolean satisfiesPzs:boolean scaling:GoogleCloudRunV2ServiceScaling sshEnabled:boolean template:GoogleCloudRunV2RevisionTemplate terminalCondition:GoogleCloudRunV2Condition threatDetectionEnabled:boolean traffic:[GoogleCloudRunV2TrafficTarget] trafficStatuses:[GoogleCloudRunV2TrafficTargetStatus] uid:string updateTime:string/google-datetime uri:string urls:[string]',
      GoogleCloudRunV2ServiceMesh: 'mesh:string',
      GoogleCloudRunV2ServiceScaling:
        'manualInstanceCount:integer/int32 maxInstanceCount:integer/int32 minInstanceCount:integer/int32 scalingMode:SCALING_MODE_UNSPECIFIED|AUTOMATIC|MANUAL',
      GoogleCloudRunV2SourceCode:
        'cloudStorageSource:GoogleCloudRunV2CloudStorageSource inlinedSource:GoogleCloudRunV2InlinedSource',
      GoogleCloudRunV2SourceFile: 'content:string filename:string',
      GoogleCloudRunV2TCPSocketAction: 'port:integer/int32',
      GoogleCloudRunV2TrafficTarget:
        'percent:integer/int32 revision:string tag:string type:TRAFFIC_TARGET_ALLOCATION_TYPE_UNSPECIFIED|TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST|TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION',
      GoogleCloudRunV2TrafficTargetStatus:
        'percent:integer/int32 revision:string tag:string type:TRAFFIC_TARGET_ALLOCATION_TYPE_UNSPECIFIED|TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST|TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION uri:string',
      GoogleCloudRunV2VersionToPath: 'mode:integer/int32 path:string version:string',
      GoogleCloudRunV2Volume:
        'cloudSqlInstance:GoogleCloudRunV2CloudSqlInstance emptyDir:GoogleCloudRunV2EmptyDirVolumeSource filestore:GoogleCloudRunV2FilestoreVolumeSource gcs:GoogleCloudRunV2GCSVolumeSource name:string nfs:GoogleCloudRunV2NFSVolumeSource secret:GoogleCloudRunV2SecretVolumeSource',
      GoogleCloudRunV2VolumeMount: 'mountPath:string name:string subPath:string',
      GoogleCloudRunV2VpcAccess:
        'connector:string egress:VPC_EGRESS_UNSPECIFIED|ALL_TRAFFIC|PRIVATE_RANGES_ONLY networkInterfaces:[GoogleCloudRunV2NetworkInterface]',
      GoogleCloudRunV2WorkerConfiguration:
        'cloudBuildWorkerConfiguration:GoogleCloudRunV2CloudBuildWorkerConfiguration',
      GoogleCloudRunV2WorkloadIdentityConfig:
        'identity:string identityCertificateEnabled:boolean identityType:IDENTITY_TYPE_UNSPECIFIED|IDENTITY_TYPE_SERVICE_ACCOUNT|IDENTITY_TYPE_AGENT_IDENTITY',
      GoogleIamV1AuditConfig: 'auditLogConfigs:[GoogleIamV1AuditLogConfig] service:string',
      GoogleIamV1AuditLogConfig:
        'exemptedMembers:[string] logType:LOG_TYPE_UNSPECIFIED|ADMIN_READ|DATA_WRITE|DATA_READ',
      GoogleIamV1Binding: 'condition:GoogleTypeExpr members:[string] role:string',
      GoogleIamV1Policy:
        'auditConfigs:[GoogleIamV1AuditConfig] bindings:[GoogleIamV1Binding] etag:string/byte version:integer/int32',
      GoogleIamV1TestIamPermissionsResponse: 'permissions:[string]',
      GoogleLongrunningOperation:
        'done:boolean error:GoogleRpcStatus metadata:{any} name:string response:{any}',
      GoogleRpcStatus: 'code:integer/int32 details:[{any}] message:string',
      GoogleTypeExpr: 'description:string expression:string location:string title:string',
    },
  },
  'iam.v1': {
    revision: '20261023',
    methods: [
      'DELETE v1/projects/{}/serviceAccounts/{} -> Empty ?',
      'GET v1/projects/{}/serviceAccounts -> ListServiceAccountsResponse ? pageSize pageToken',
      'GET v1/projects/{}/serviceAccounts/{} -> ServiceAccount ?',
      'PATCH v1/projects/{}/serviceAccounts/{} -> ServiceAccount ? updateMask',
      'POST v1/projects/{}/serviceAccounts -> ServiceAccount ?',
      'POST v1/projects/{}/serviceAccounts/{}:disable -> Empty ?',
      'POST v1/projects/{}/serviceAccounts/{}:enable -> Empty ?',
      'POST v1/projects/{}/serviceAccounts/{}:getIamPolicy -> Policy ? options.requestedPolicyVersion',
      'POST v1/projects/{}/serviceAccounts/{}:setIamPolicy -> Policy ?',
      'POST v1/projects/{}/serviceAccounts/{}:testIamPermissions -> TestIamPermissionsResponse ?',
      'PUT v1/projects/{}/serviceAccounts/{} -> ServiceAccount ?',
    ],
    schemas: {
      AuditConfig: 'auditLogConfigs:[AuditLogConfig] service:string',
      AuditLogConfig:
        'exemptedMembers:[string] logType:LOG_TYPE_UNSPECIFIED|ADMIN_READ|DATA_WRITE|DATA_READ',
      Binding: 'condition:Expr members:[string] role:string',
      Empty: '',
      Expr: 'description:string expression:string location:string title:string',
      ListServiceAccountsResponse: 'accounts:[ServiceAccount] nextPageToken:string',
      Policy:
        'auditConfigs:[AuditConfig] bindings:[Binding] etag:string/byte version:integer/int32',
      ServiceAccount:
        'description:string disabled:boolean displayName:string email:string etag:string/byte name:string oauth2ClientId:string projectId:string uniqueId:string',
      TestIamPermissionsResponse: 'permissions:[string]',
    },
  },
  'serviceusage.v1': {
    revision: '20260921',
    methods: [
      'GET v1/operations/{} -> Operation ?',
      'GET v1/{}/{}/services -> ListServicesResponse ? filter pageSize pageToken',
      'GET v1/{}/{}/services/{} -> GoogleApiServiceusageV1Service ?',
      'POST v1/{}/{}/services/{}:disable -> Operation ?',
      'POST v1/{}/{}/services/{}:enable -> Operation ?',
      'POST v1/{}/{}/services:batchEnable -> Operation ?',
    ],
    schemas: {
      Api: 'edition:string methods:[Method] mixins:[Mixin] name:string options:[Option] sourceContext:SourceContext syntax:SYNTAX_PROTO2|SYNTAX_PROTO3|SYNTAX_EDITIONS version:string',
      AuthProvider:
        'audiences:string authorizationUrl:string id:string issuer:string jwksUri:string jwtLocations:[JwtLocation]',
      AuthRequirement: 'audiences:string providerId:string',
      Authentication: 'providers:[AuthProvider] rules:[AuthenticationRule]',
      AuthenticationRule:
        'allowWithoutCredential:boolean oauth:OAuthRequirements requirements:[AuthRequirement] selector:string',
      Documentation:
        'additionalIamInfo:string documentationRootUrl:string overview:string pages:[Page] rules:[DocumentationRule] sectionOverrides:[Page] serviceRootUrl:string summary:string',
      DocumentationRule:
        'deprecationDescription:string description:string disableReplacementWords:string selector:string',
      Endpoint: 'aliases:[string] allowCors:boolean name:string target:string',
      GoogleApiServiceusageV1Service:
        'config:GoogleApiServiceusageV1ServiceConfig name:string parent:string state:STATE_UNSPECIFIED|DISABLED|ENABLED',
      GoogleApiServiceusageV1ServiceConfig:
        'apis:[Api] authentication:Authentication documentation:Documentation endpoints:[Endpoint] monitoredResources:[MonitoredResourceDescriptor] monitoring:Monitoring name:string quota:Quota title:string usage:Usage',
      JwtLocation: 'cookie:string header:string query:string valuePrefix:string',
      LabelDescriptor: 'description:string key:string valueType:STRING|BOOL|INT64',
      ListServicesResponse: 'nextPageToken:string services:[GoogleApiServiceusageV1Service]',
      Method:
        'edition:string name:string options:[Option] requestStreaming:boolean requestTypeUrl:string responseStreaming:boolean responseTypeUrl:string syntax:SYNTAX_PROTO2|SYNTAX_PROTO3|SYNTAX_EDITIONS',
      MetricRule:
        'agenticMetricCosts:{string/int64} metricCosts:{string/int64} nonagenticMetricCosts:{string/int64} selector:string',
      Mixin: 'name:string root:string',
      MonitoredResourceDescriptor:
        'description:string displayName:string labels:[LabelDescriptor] launchStage:LAUNCH_STAGE_UNSPECIFIED|UNIMPLEMENTED|PRELAUNCH|EARLY_ACCESS|ALPHA|BETA|GA|DEPRECATED name:string type:string',
      Monitoring:
        'consumerDestinations:[MonitoringDestination] producerDestinations:[MonitoringDestination]',
      MonitoringDestination: 'metrics:[string] monitoredResource:string',
      OAuthRequirements: 'canonicalScopes:string',
      Operation: 'done:boolean error:Status metadata:{any} name:string response:{any}',
      Option: 'name:string value:{any}',
      Page: 'content:string name:string subpages:[Page]',
      Quota: 'limits:[QuotaLimit] metricRules:[MetricRule]',
      QuotaLimit:
        'defaultLimit:string/int64 description:string displayName:string duration:string freeTier:string/int64 maxLimit:string/int64 metric:string name:string trafficSource:TRAFFIC_SOURCE_UNSPECIFIED|TRAFFIC_SOURCE_NONAGENTIC|TRAFFIC_SOURCE_AGENTIC unit:string values:{string/int64}',
      SourceContext: 'fileName:string',
      Status: 'code:integer/int32 details:[{any}] message:string',
      Usage: 'producerNotificationChannel:string requirements:[string] rules:[UsageRule]',
      UsageRule: 'allowUnregisteredCalls:boolean selector:string skipServiceControl:boolean',
    },
  },
  'cloudresourcemanager.v1': {
    revision: '20261107',
    methods: [
      'GET v1/projects -> ListProjectsResponse ? filter pageSize pageToken',
      'GET v1/projects/{} -> Project ?',
      'POST v1/projects/{}:getIamPolicy -> Policy ?',
      'POST v1/projects/{}:setIamPolicy -> Policy ?',
      'POST v1/projects/{}:testIamPermissions -> TestIamPermissionsResponse ?',
    ],
    schemas: {
      AuditConfig: 'auditLogConfigs:[AuditLogConfig] service:string',
      AuditLogConfig:
        'exemptedMembers:[string] logType:LOG_TYPE_UNSPECIFIED|ADMIN_READ|DATA_WRITE|DATA_READ',
      Binding: 'condition:Expr members:[string] role:string',
      Expr: 'description:string expression:string location:string title:string',
      ListProjectsResponse: 'nextPageToken:string projects:[Project]',
      Policy:
        'auditConfigs:[AuditConfig] bindings:[Binding] etag:string/byte version:integer/int32',
      Project:
        'configuredCapabilities:[string] createTime:string/google-datetime isManagementProject:boolean labels:{string} lifecycleState:LIFECYCLE_STATE_UNSPECIFIED|ACTIVE|DELETE_REQUESTED|DELETE_IN_PROGRESS managementType:MANAGEMENT_TYPE_UNSPECIFIED|SELF_MANAGED|HUB name:string parent:ResourceId projectId:string projectNumber:string/int64 tags:{string}',
      ResourceId: 'id:string type:string',
      TestIamPermissionsResponse: 'permissions:[string]',
    },
  },
  'cloudresourcemanager.v3': {
    revision: '20261107',
    methods: [
      'GET v3/projects/{} -> Project ?',
      'GET v3/projects:search -> SearchProjectsResponse ? pageSize pageToken query',
      'POST v3/projects/{}:getIamPolicy -> Policy ?',
      'POST v3/projects/{}:setIamPolicy -> Policy ?',
      'POST v3/projects/{}:testIamPermissions -> TestIamPermissionsResponse ?',
    ],
    schemas: {
      AuditConfig: 'auditLogConfigs:[AuditLogConfig] service:string',
      AuditLogConfig:
        'exemptedMembers:[string] logType:LOG_TYPE_UNSPECIFIED|ADMIN_READ|DATA_WRITE|DATA_READ',
      Binding: 'condition:Expr members:[string] role:string',
      Expr: 'description:string expression:string location:string title:string',
      Policy:
        'auditConfigs:[AuditConfig] bindings:[Binding] etag:string/byte version:integer/int32',
      Project:
        'configuredCapabilities:[string] createTime:string/google-datetime deleteTime:string/google-datetime displayName:string etag:string isManagementProject:boolean labels:{string} managementType:MANAGEMENT_TYPE_UNSPECIFIED|SELF_MANAGED|HUB name:string parent:string projectId:string state:STATE_UNSPECIFIED|ACTIVE|DELETE_REQUESTED tags:{string} updateTime:string/google-datetime',
      SearchProjectsResponse: 'nextPageToken:string projects:[Project]',
      TestIamPermissionsResponse: 'permissions:[string]',
    },
  },
  'cloudbilling.v1': {
    revision: '20260901',
    methods: ['GET v1/projects/{}/billingInfo -> ProjectBillingInfo ?'],
    schemas: {
      ProjectBillingInfo:
        'billingAccountName:string billingEnabled:boolean name:string projectId:string',
    },
  },
  'logging.v2': {
    revision: '20260911',
    methods: [
      'DELETE v2/projects/{}/metrics/{} -> Empty ?',
      'GET v2/projects/{}/metrics -> ListLogMetricsResponse ? pageSize pageToken',
      'GET v2/projects/{}/metrics/{} -> LogMetric ?',
      'POST v2/entries:list -> ListLogEntriesResponse ?',
      'POST v2/entries:write -> WriteLogEntriesResponse ?',
      'POST v2/projects/{}/metrics -> LogMetric ?',
      'PUT v2/projects/{}/metrics/{} -> LogMetric ?',
    ],
    schemas: {
      AppHub: 'application:AppHubApplication service:AppHubService workload:AppHubWorkload',
      AppHubApplication: 'container:string id:string location:string',
      AppHubService: 'criticalityType:string environmentType:string id:string',
      AppHubWorkload: 'criticalityType:string environmentType:string id:string',
      BucketOptions: 'explicitBuckets:Explicit exponentialBuckets:Exponential linearBuckets:Linear',
      Empty: '',
      Explicit: 'bounds:[number/double]',
      Exponential: 'growthFactor:number/double numFiniteBuckets:integer/int32 scale:number/double',
      HttpRequest:
        'cacheFillBytes:string/int64 cacheHit:boolean cacheLookup:boolean cacheValidatedWithOriginServer:boolean latency:string/google-duration protocol:string referer:string remoteIp:string requestMethod:string requestSize:string/int64 requestUrl:string responseSize:string/int64 serverIp:string status:integer/int32 userAgent:string',
      LabelDescriptor: 'description:string key:string valueType:STRING|BOOL|INT64',
      Linear: 'numFiniteBuckets:integer/int32 offset:number/double width:number/double',
      ListLogEntriesResponse: 'entries:[LogEntry] nextPageToken:string',
      ListLogMetricsResponse: 'metrics:[LogMetric] nextPageToken:string',
      LogEntry:
        'apphub:AppHub apphubDestination:AppHub apphubSource:AppHub errorGroups:[LogErrorGroup] httpRequest:HttpRequest insertId:string jsonPayload:{any} labels:{string} logName:string metadata:MonitoredResourceMetadata operation:LogEntryOperation otel:{any} protoPayload:{any} receiveTimestamp:string/google-datetime resource:MonitoredResource severity:DEFAULT|DEBUG|INFO|NOTICE|WARNING|ERROR|CRITICAL|ALERT|EMERGENCY sourceLocation:LogEntrySourceLocation spanId:string split:LogSplit textPayload:string timestamp:string/google-datetime trace:string traceSampled:boolean',
      LogEntryOperation: 'first:boolean id:string last:boolean producer:string',
      LogEntrySourceLocation: 'file:string function:string line:string/int64',
      LogErrorGroup: 'id:string',
      LogMetric:
        'bucketName:string bucketOptions:BucketOptions createTime:string/google-datetime description:string disabled:boolean filter:string labelExtractors:{string} metricDescriptor:MetricDescriptor name:string resourceName:string updateTime:string/google-datetime valueExtractor:string version:V2|V1',
      LogSplit: 'index:integer/int32 totalSplits:integer/int32 uid:string',
      MetricDescriptor:
        'description:string displayName:string labels:[LabelDescriptor] launchStage:LAUNCH_STAGE_UNSPECIFIED|UNIMPLEMENTED|PRELAUNCH|EARLY_ACCESS|ALPHA|BETA|GA|DEPRECATED metadata:MetricDescriptorMetadata metricKind:METRIC_KIND_UNSPECIFIED|GAUGE|DELTA|CUMULATIVE monitoredResourceTypes:[string] name:string type:string unit:string valueType:VALUE_TYPE_UNSPECIFIED|BOOL|INT64|DOUBLE|STRING|DISTRIBUTION|MONEY',
      MetricDescriptorMetadata:
        'ingestDelay:string/google-duration launchStage:LAUNCH_STAGE_UNSPECIFIED|UNIMPLEMENTED|PRELAUNCH|EARLY_ACCESS|ALPHA|BETA|GA|DEPRECATED samplePeriod:string/google-duration timeSeriesResourceHierarchyLevel:[TIME_SERIES_RESOURCE_HIERARCHY_LEVEL_UNSPECIFIED|PROJECT|ORGANIZATION|FOLDER]',
      MonitoredResource: 'labels:{string} type:string',
      MonitoredResourceMetadata: 'systemLabels:{any} userLabels:{string}',
      WriteLogEntriesResponse: '',
    },
  },
  'monitoring.v3': {
    revision: '20260129',
    methods: [
      'DELETE v3/projects/{}/alertPolicies/{} -> Empty ?',
      'DELETE v3/projects/{}/notificationChannels/{} -> Empty ? force',
      'GET v3/projects/{}/alertPolicies -> ListAlertPoliciesResponse ? filter orderBy pageSize pageToken',
      'GET v3/projects/{}/alertPolicies/{} -> AlertPolicy ?',
      'GET v3/projects/{}/alerts -> ListAlertsResponse ? filter orderBy pageSize pageToken',
      'GET v3/projects/{}/alerts/{} -> Alert ?',
      'GET v3/projects/{}/notificationChannels -> ListNotificationChannelsResponse ? filter orderBy pageSize pageToken',
      'GET v3/projects/{}/notificationChannels/{} -> NotificationChannel ?',
      'GET v3/projects/{}/snoozes -> ListSnoozesResponse ? filter pageSize pageToken',
      'GET v3/projects/{}/snoozes/{} -> Snooze ?',
      'PATCH v3/projects/{}/alertPolicies/{} -> AlertPolicy ? updateMask',
      'PATCH v3/projects/{}/notificationChannels/{} -> NotificationChannel ? updateMask',
      'PATCH v3/projects/{}/snoozes/{} -> Snooze ? updateMask',
      'POST v3/projects/{}/alertPolicies -> AlertPolicy ?',
      'POST v3/projects/{}/notificationChannels -> NotificationChannel ?',
      'POST v3/projects/{}/snoozes -> Snooze ?',
    ],
    schemas: {
      Aggregation:
        'alignmentPeriod:string/google-duration crossSeriesReducer:REDUCE_NONE|REDUCE_MEAN|REDUCE_MIN|REDUCE_MAX|REDUCE_SUM|REDUCE_STDDEV|REDUCE_COUNT|REDUCE_COUNT_TRUE|REDUCE_COUNT_FALSE|REDUCE_FRACTION_TRUE|REDUCE_PERCENTILE_99|REDUCE_PERCENTILE_95|REDUCE_PERCENTILE_50|REDUCE_PERCENTILE_05 groupByFields:[string] perSeriesAligner:ALIGN_NONE|ALIGN_DELTA|ALIGN_RATE|ALIGN_INTERPOLATE|ALIGN_NEXT_OLDER|ALIGN_MIN|ALIGN_MAX|ALIGN_MEAN|ALIGN_COUNT|ALIGN_SUM|ALIGN_STDDEV|ALIGN_COUNT_TRUE|ALIGN_COUNT_FALSE|ALIGN_FRACTION_TRUE|ALIGN_PERCENTILE_99|ALIGN_PERCENTILE_95|ALIGN_PERCENTILE_50|ALIGN_PERCENTILE_05|ALIGN_PERCENT_CHANGE',
      Alert:
        'closeTime:string/google-datetime log:LogMetadata metadata:MonitoredResourceMetadata metric:Metric name:string openTime:string/google-datetime policy:PolicySnapshot resource:MonitoredResource state:STATE_UNSPECIFIED|OPEN|CLOSED',
      AlertPolicy:
        'alertStrategy:AlertStrategy combiner:COMBINE_UNSPECIFIED|AND|OR|AND_WITH_MATCHING_RESOURCE conditions:[Condition] creationRecord:MutationRecord displayName:string documentation:Documentation enabled:boolean mutationRecord:MutationRecord name:string notificationChannels:[string] severity:SEVERITY_UNSPECIFIED|CRITICAL|ERROR|WARNING userLabels:{string} validity:Status',
      AlertStrategy:
        'autoClose:string/google-duration notificationChannelStrategy:[NotificationChannelStrategy] notificationPrompts:[NOTIFICATION_PROMPT_UNSPECIFIED|OPENED|CLOSED] notificationRateLimit:NotificationRateLimit',
      BooleanTest: 'column:string',
      Condition:
        'conditionAbsent:MetricAbsence conditionMatchedLog:LogMatch conditionMonitoringQueryLanguage:MonitoringQueryLanguageCondition conditionPrometheusQueryLanguage:PrometheusQueryLanguageCondition conditionSql:SqlCondition conditionThreshold:MetricThreshold displayName:string name:string',
      Criteria: 'filter:string policies:[string]',
      Daily: 'executionTime:TimeOfDay periodicity:integer/int32',
      Documentation: 'content:string links:[Link] mimeType:string subject:string',
      Empty: '',
      ForecastOptions: 'forecastHorizon:string/google-duration',
      Hourly: 'minuteOffset:integer/int32 periodicity:integer/int32',
      Link: 'displayName:string url:string',
      ListAlertPoliciesResponse:
        'alertPolicies:[AlertPolicy] nextPageToken:string totalSize:integer/int32',
      ListAlertsResponse: 'alerts:[Alert] nextPageToken:string totalSize:integer/int32',
      ListNotificationChannelsResponse:
        'nextPageToken:string notificationChannels:[NotificationChannel] totalSize:integer/int32',
      ListSnoozesResponse: 'nextPageToken:string snoozes:[Snooze]',
      LogMatch: 'filter:string labelExtractors:{string}',
      LogMetadata: 'extractedLabels:{string}',
      Metric: 'labels:{string} type:string',
      MetricAbsence:
        'aggregations:[Aggregation] duration:string/google-duration filter:string trigger:Trigger',
      MetricThreshold:
        'aggregations:[Aggregation] comparison:COMPARISON_UNSPECIFIED|COMPARISON_GT|COMPARISON_GE|COMPARISON_LT|COMPARISON_LE|COMPARISON_EQ|COMPARISON_NE denominatorAggregations:[Aggregation] denominatorFilter:string duration:string/google-duration evaluationMissingData:EVALUATION_MISSING_DATA_UNSPECIFIED|EVALUATION_MISSING_DATA_INACTIVE|EVALUATION_MISSING_DATA_ACTIVE|EVALUATION_MISSING_DATA_NO_OP filter:string forecastOptions:ForecastOptions thresholdValue:number/double trigger:Trigger',
      Minutes: 'periodicity:integer/int32',
      MonitoredResource: 'labels:{string} type:string',
      MonitoredResourceMetadata: 'systemLabels:{any} userLabels:{string}',
      MonitoringQueryLanguageCondition:
        'duration:string/google-duration evaluationMissingData:EVALUATION_MISSING_DATA_UNSPECIFIED|EVALUATION_MISSING_DATA_INACTIVE|EVALUATION_MISSING_DATA_ACTIVE|EVALUATION_MISSING_DATA_NO_OP query:string trigger:Trigger',
      MutationRecord: 'mutateTime:string/google-datetime mutatedBy:string',
      NotificationChannel:
        'creationRecord:MutationRecord description:string displayName:string enabled:boolean labels:{string} mutationRecords:[MutationRecord] name:string type:string userLabels:{string} verificationStatus:VERIFICATION_STATUS_UNSPECIFIED|UNVERIFIED|VERIFIED',
      NotificationChannelStrategy:
        'notificationChannelNames:[string] renotifyInterval:string/google-duration',
      NotificationRateLimit: 'period:string/google-duration',
      PolicySnapshot:
        'displayName:string name:string severity:SEVERITY_UNSPECIFIED|CRITICAL|ERROR|WARNING userLabels:{string}',
      PrometheusQueryLanguageCondition:
        'alertRule:string disableMetricValidation:boolean duration:string/google-duration evaluationInterval:string/google-duration labels:{string} query:string ruleGroup:string',
      RowCountTest:
        'comparison:COMPARISON_UNSPECIFIED|COMPARISON_GT|COMPARISON_GE|COMPARISON_LT|COMPARISON_LE|COMPARISON_EQ|COMPARISON_NE threshold:string/int64',
      Snooze: 'criteria:Criteria displayName:string interval:TimeInterval name:string',
      SqlCondition:
        'booleanTest:BooleanTest daily:Daily hourly:Hourly minutes:Minutes query:string rowCountTest:RowCountTest',
      Status: 'code:integer/int32 details:[{any}] message:string',
      TimeInterval: 'endTime:string/google-datetime startTime:string/google-datetime',
      TimeOfDay:
        'hours:integer/int32 minutes:integer/int32 nanos:integer/int32 seconds:integer/int32',
      Trigger: 'count:integer/int32 percent:number/double',
    },
  },
  'pubsub.v1': {
    revision: '20261027',
    methods: [
      'DELETE v1/projects/{}/subscriptions/{} -> Empty ?',
      'DELETE v1/projects/{}/topics/{} -> Empty ?',
      'GET v1/projects/{}/subscriptions -> ListSubscriptionsResponse ? pageSize pageToken',
      'GET v1/projects/{}/subscriptions/{} -> Subscription ?',
      'GET v1/projects/{}/subscriptions/{}:getIamPolicy -> Policy ? options.requestedPolicyVersion',
      'GET v1/projects/{}/topics -> ListTopicsResponse ? pageSize pageToken',
      'GET v1/projects/{}/topics/{} -> Topic ?',
      'GET v1/projects/{}/topics/{}:getIamPolicy -> Policy ? options.requestedPolicyVersion',
      'PATCH v1/projects/{}/subscriptions/{} -> Subscription ? updateMask',
      'PATCH v1/projects/{}/topics/{} -> Topic ? updateMask',
      'POST v1/projects/{}/subscriptions/{}:modifyPushConfig -> Empty ?',
      'POST v1/projects/{}/subscriptions/{}:setIamPolicy -> Policy ?',
      'POST v1/projects/{}/subscriptions/{}:testIamPermissions -> TestIamPermissionsResponse ?',
      'POST v1/projects/{}/topics/{}:setIamPolicy -> Policy ?',
      'POST v1/projects/{}/topics/{}:testIamPermissions -> TestIamPermissionsResponse ?',
      'PUT v1/projects/{}/subscriptions/{} -> Subscription ?',
      'PUT v1/projects/{}/topics/{} -> Topic ?',
    ],
    schemas: {
      AIInference:
        'endpoint:string serviceAccountEmail:string unstructuredInference:UnstructuredInference',
      AnalyticsHubSubscriptionInfo: 'listing:string subscription:string',
      AvroConfig: 'useTopicSchema:boolean writeMetadata:boolean',
      AvroFormat: '',
      AwsKinesis:
        'awsRoleArn:string consumerArn:string gcpServiceAccount:string state:STATE_UNSPECIFIED|ACTIVE|KINESIS_PERMISSION_DENIED|PUBLISH_PERMISSION_DENIED|STREAM_NOT_FOUND|CONSUMER_NOT_FOUND|CONFLICTING_REGION_CONSTRAINTS streamArn:string',
      AwsMsk:
        'awsRoleArn:string clusterArn:string gcpServiceAccount:string state:STATE_UNSPECIFIED|ACTIVE|MSK_PERMISSION_DENIED|PUBLISH_PERMISSION_DENIED|CLUSTER_NOT_FOUND|TOPIC_NOT_FOUND|CONFLICTING_REGION_CONSTRAINTS topic:string',
      AzureEventHubs:
        'clientId:string eventHub:string gcpServiceAccount:string namespace:string resourceGroup:string state:STATE_UNSPECIFIED|ACTIVE|EVENT_HUBS_PERMISSION_DENIED|PUBLISH_PERMISSION_DENIED|NAMESPACE_NOT_FOUND|EVENT_HUB_NOT_FOUND|SUBSCRIPTION_NOT_FOUND|RESOURCE_GROUP_NOT_FOUND|CONFLICTING_REGION_CONSTRAINTS subscriptionId:string tenantId:string',
      BigQueryConfig:
        'dropUnknownFields:boolean serviceAccountEmail:string state:STATE_UNSPECIFIED|ACTIVE|PERMISSION_DENIED|NOT_FOUND|SCHEMA_MISMATCH|IN_TRANSIT_LOCATION_RESTRICTION|VERTEX_AI_LOCATION_RESTRICTION table:string useTableSchema:boolean useTopicSchema:boolean writeMetadata:boolean',
      BigtableConfig:
        'appProfileId:string columnFamilyMapping:ColumnFamilyMapping serviceAccountEmail:string state:STATE_UNSPECIFIED|ACTIVE|NOT_FOUND|APP_PROFILE_MISCONFIGURED|PERMISSION_DENIED|SCHEMA_MISMATCH|IN_TRANSIT_LOCATION_RESTRICTION|VERTEX_AI_LOCATION_RESTRICTION table:string writeMetadata:boolean',
      Binding: 'condition:Expr members:[string] role:string',
      CloudStorage:
        'avroFormat:AvroFormat bucket:string matchGlob:string minimumObjectCreateTime:string/google-datetime pubsubAvroFormat:PubSubAvroFormat state:STATE_UNSPECIFIED|ACTIVE|CLOUD_STORAGE_PERMISSION_DENIED|PUBLISH_PERMISSION_DENIED|BUCKET_NOT_FOUND|TOO_MANY_OBJECTS|CONFLICTING_REGION_CONSTRAINTS textFormat:TextFormat',
      CloudStorageConfig:
        'avroConfig:AvroConfig bucket:string filenameDatetimeFormat:string filenamePrefix:string filenameSuffix:string maxBytes:string/int64 maxDuration:string/google-duration maxMessages:string/int64 serviceAccountEmail:string state:STATE_UNSPECIFIED|ACTIVE|PERMISSION_DENIED|NOT_FOUND|IN_TRANSIT_LOCATION_RESTRICTION|SCHEMA_MISMATCH|VERTEX_AI_LOCATION_RESTRICTION textConfig:TextConfig',
      ColumnFamilyMapping: 'delimitedKey:DelimitedKey rowKeySchema:RowKeySchema',
      Compression:
        'compressionAlgorithm:COMPRESSION_ALGORITHM_UNSPECIFIED|ZLIB compressionMode:COMPRESSION_MODE_UNSPECIFIED|COMPRESS|DECOMPRESS',
      ConfluentCloud:
        'bootstrapServer:string clusterId:string gcpServiceAccount:string identityPoolId:string state:STATE_UNSPECIFIED|ACTIVE|CONFLUENT_CLOUD_PERMISSION_DENIED|PUBLISH_PERMISSION_DENIED|UNREACHABLE_BOOTSTRAP_SERVER|CLUSTER_NOT_FOUND|TOPIC_NOT_FOUND|CONFLICTING_REGION_CONSTRAINTS topic:string',
      DeadLetterPolicy: 'deadLetterTopic:string maxDeliveryAttempts:integer/int32',
      DelimitedKey: 'delimiter:string/byte keyFields:[string]',
      Empty: '',
      ExpirationPolicy: 'ttl:string/google-duration',
      Expr: 'description:string expression:string location:string title:string',
      IngestionDataSourceSettings:
        'awsKinesis:AwsKinesis awsMsk:AwsMsk azureEventHubs:AzureEventHubs cloudStorage:CloudStorage confluentCloud:ConfluentCloud platformLogsSettings:PlatformLogsSettings',
      JavaScriptUDF: 'code:string functionName:string',
      ListSubscriptionsResponse: 'nextPageToken:string subscriptions:[Subscription]',
      ListTopicsResponse: 'nextPageToken:string topics:[Topic]',
      MessageStoragePolicy: 'allowedPersistenceRegions:[string] enforceInTransit:boolean',
      MessageTransform:
        'aiInference:AIInference compression:Compression disabled:boolean enabled:boolean javascriptUdf:JavaScriptUDF',
      NoWrapper: 'writeMetadata:boolean',
      OidcToken: 'audience:string serviceAccountEmail:string',
      PlatformLogsSettings: 'severity:SEVERITY_UNSPECIFIED|DISABLED|DEBUG|INFO|WARNING|ERROR',
      Policy: 'bindings:[Binding] etag:string/byte version:integer/int32',
      PubSubAvroFormat: '',
      PubsubWrapper: '',
      PushConfig:
        'attributes:{string} noWrapper:NoWrapper oidcToken:OidcToken pubsubWrapper:PubsubWrapper pushEndpoint:string',
      RetryPolicy: 'maximumBackoff:string/google-duration minimumBackoff:string/google-duration',
      RowKeySchema: '',
      SchemaSettings:
        'encoding:ENCODING_UNSPECIFIED|JSON|BINARY firstRevisionId:string lastRevisionId:string schema:string',
      Subscription:
        'ackDeadlineSeconds:integer/int32 analyticsHubSubscriptionInfo:AnalyticsHubSubscriptionInfo bigqueryConfig:BigQueryConfig bigtableConfig:BigtableConfig cloudStorageConfig:CloudStorageConfig deadLetterPolicy:DeadLetterPolicy detached:boolean enableExactlyOnceDelivery:boolean enableMessageOrdering:boolean expirationPolicy:ExpirationPolicy filter:string labels:{string} messageRetentionDuration:string/google-duration messageTransforms:[MessageTransform] name:string pushConfig:PushConfig retainAckedMessages:boolean retryPolicy:RetryPolicy state:STATE_UNSPECIFIED|ACTIVE|RESOURCE_ERROR tags:{string} topic:string topicMessageRetentionDuration:string/google-duration',
      TestIamPermissionsResponse: 'permissions:[string]',
      TextConfig: '',
      TextFormat: 'delimiter:string',
      Topic:
        'ingestionDataSourceSettings:IngestionDataSourceSettings kmsKeyName:string labels:{string} messageRetentionDuration:string/google-duration messageStoragePolicy:MessageStoragePolicy messageTransforms:[MessageTransform] name:string satisfiesPzs:boolean schemaSettings:SchemaSettings state:STATE_UNSPECIFIED|ACTIVE|INGESTION_RESOURCE_ERROR tags:{string}',
      UnstructuredInference: 'parameters:{any}',
    },
  },
};
