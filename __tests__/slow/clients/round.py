import os, sys
from google.auth.credentials import AnonymousCredentials
from google.cloud import scheduler_v1
from google.protobuf import field_mask_pb2
from google.api_core.exceptions import NotFound

parent = f"projects/{os.environ['GCP_PROJECT_ID']}/locations/{os.environ['GCP_REGION']}"
client = scheduler_v1.CloudSchedulerClient(
    transport="rest",
    credentials=AnonymousCredentials(),
    client_options={"api_endpoint": os.environ["SANDBOX_URL"]},
)
name = f"{parent}/jobs/python"
Method = scheduler_v1.HttpMethod
State = scheduler_v1.Job.State
job = client.create_job(parent=parent, job={
    "name": name, "schedule": "0 2 * * *",
    "http_target": {"uri": "http://127.0.0.1:9/", "http_method": Method.PUT},
})
assert job.http_target.http_method == Method.PUT and job.state == State.ENABLED, job
assert client.get_job(name=name).name == name
assert [each.name for each in client.list_jobs(parent=parent)] == [name]
job.description = "changed"
changed = client.update_job(job=job, update_mask=field_mask_pb2.FieldMask(paths=["description"]))
assert changed.description == "changed", changed
assert client.pause_job(name=name).state == State.PAUSED
assert client.resume_job(name=name).state == State.ENABLED
assert client.run_job(name=name).name == name
client.delete_job(name=name)
try:
    client.get_job(name=name)
    sys.exit("the job was not deleted")
except NotFound:
    print("done")
