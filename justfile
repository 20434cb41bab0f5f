# Each recipe runs a command of ops/. `just --list` lists them; each has --help.
# Validibot's own recipes (gcp-deploy, gcp-deploy-all) are in its repository.

set positional-arguments

ops := "node " + quote(justfile_directory() / "lib/launch/main.js") + " ops/start.ts"

# List the recipes
_default:
    @just --list --unsorted --justfile {{ quote(justfile()) }}

# Deploy a stage: plan it, review the plan, apply it
gcp-scheduler-setup *args:
    @{{ ops }} setup "$@"

# List the jobs of all stages, or of one, and mark what is wrong with them
gcp-scheduler-list *args:
    @{{ ops }} list "$@"

# Run a job now and wait for its result
gcp-scheduler-run *args:
    @{{ ops }} run "$@"

# Pause a job; a run in progress continues
gcp-scheduler-pause *args:
    @{{ ops }} pause "$@"

# Resume a paused job
gcp-scheduler-resume *args:
    @{{ ops }} resume "$@"

# Pause all jobs of a stage
gcp-scheduler-pause-all *args:
    @{{ ops }} pause-all "$@"

# Resume the paused jobs of a stage
gcp-scheduler-resume-all *args:
    @{{ ops }} resume-all "$@"

# Delete a stage's jobs and alerts
gcp-scheduler-delete-all *args:
    @{{ ops }} delete-all "$@"

# Show jobs and alerts that Terraform does not manage; --apply imports them
gcp-scheduler-import *args:
    @{{ ops }} import "$@"

# Show upcoming runs, and how daylight saving affects them
gcp-scheduler-next *args:
    @{{ ops }} next "$@"

# Show a job's attempts, from Cloud Logging
gcp-scheduler-logs *args:
    @{{ ops }} logs "$@"

# Find what keeps a stage's jobs from running; changes nothing
gcp-scheduler-doctor *args:
    @{{ ops }} doctor "$@"

# Compare the table of jobs with the app's own list of tasks
gcp-scheduler-tasks *args:
    @{{ ops }} tasks "$@"

# Review what a deploy would change; exit with 1 if the review fails
gcp-scheduler-review *args:
    @{{ ops }} review "$@"

# Open the jobs in the Google Cloud console
gcp-console *args:
    @{{ ops }} console "$@"
