# Each recipe runs a command of ops/. `just --list` lists them; each has --help.
# Validibot's own recipes (gcp-deploy, gcp-deploy-all) are in its repository.

set positional-arguments

# Each recipe runs where it was called, so that the paths of its options are relative to that, and leaves
# the last line to the command.

ops := "node " + quote(justfile_directory() / "lib/launch/main.js") + " ops/start.ts"

# List the recipes
_default:
    @{{ quote(just_executable()) }} --list --unsorted --justfile {{ quote(justfile()) }}

# Deploy a stage: plan it, review the plan, apply it
[no-cd, no-exit-message]
gcp-scheduler-setup *args:
    @{{ ops }} setup "$@"

# List the jobs of all stages, or of one, and mark what is wrong with them
[no-cd, no-exit-message]
gcp-scheduler-list *args:
    @{{ ops }} list "$@"

# Run a job now and wait for its result
[no-cd, no-exit-message]
gcp-scheduler-run *args:
    @{{ ops }} run "$@"

# Pause a job; a run in progress continues
[no-cd, no-exit-message]
gcp-scheduler-pause *args:
    @{{ ops }} pause "$@"

# Resume a paused job
[no-cd, no-exit-message]
gcp-scheduler-resume *args:
    @{{ ops }} resume "$@"

# Pause all jobs of a stage
[no-cd, no-exit-message]
gcp-scheduler-pause-all *args:
    @{{ ops }} pause-all "$@"

# Resume the paused jobs of a stage
[no-cd, no-exit-message]
gcp-scheduler-resume-all *args:
    @{{ ops }} resume-all "$@"

# Delete a stage's jobs and alerts
[no-cd, no-exit-message]
gcp-scheduler-delete-all *args:
    @{{ ops }} delete-all "$@"

# Show jobs and alerts that Terraform does not manage; --apply imports them
[no-cd, no-exit-message]
gcp-scheduler-import *args:
    @{{ ops }} import "$@"

# Show upcoming runs, and how daylight saving affects them
[no-cd, no-exit-message]
gcp-scheduler-next *args:
    @{{ ops }} next "$@"

# Show a job's attempts, from Cloud Logging
[no-cd, no-exit-message]
gcp-scheduler-logs *args:
    @{{ ops }} logs "$@"

# Find what keeps jobs from running, and how to fix it; changes nothing
[no-cd, no-exit-message]
gcp-scheduler-doctor *args:
    @{{ ops }} doctor "$@"

# Compare the table of jobs with the app's own list of tasks
[no-cd, no-exit-message]
gcp-scheduler-tasks *args:
    @{{ ops }} tasks "$@"

# Review what a deploy would change; exit with 1 if the review fails
[no-cd, no-exit-message]
gcp-scheduler-review *args:
    @{{ ops }} review "$@"

# Write a page that shows the jobs: what ran, what runs next, what is wrong
[no-cd, no-exit-message]
gcp-scheduler-page *args:
    @{{ ops }} page "$@"

# Open the jobs in the Google Cloud console
[no-cd, no-exit-message]
gcp-console *args:
    @{{ ops }} console "$@"
