# Recipes over the operations in ops/, and nothing else: `just --list`, and each with --help.
# Validibot's own recipes (gcp-deploy, gcp-deploy-all) are in its repository.

set positional-arguments

ops := "node " + quote(justfile_directory() / "lib/launch/main.js") + " ops/start.ts"

# What there is
_default:
    @just --list --unsorted --justfile {{ quote(justfile()) }}

# Deploy a stage: make or update its jobs
gcp-scheduler-setup *args:
    @{{ ops }} setup "$@"

# List the jobs of all stages, or of one; --check exits with 1 when something is off
gcp-scheduler-list *args:
    @{{ ops }} list "$@"

# Run a job now and wait for its result
gcp-scheduler-run *args:
    @{{ ops }} run "$@"

# Pause a job
gcp-scheduler-pause *args:
    @{{ ops }} pause "$@"

# Resume a paused job
gcp-scheduler-resume *args:
    @{{ ops }} resume "$@"

# Pause every job of a stage; --record FILE keeps which were paused before
gcp-scheduler-pause-all *args:
    @{{ ops }} pause-all "$@"

# Resume the jobs of a stage; --record FILE restores what was
gcp-scheduler-resume-all *args:
    @{{ ops }} resume-all "$@"

# Delete the jobs of a stage, and nothing else
gcp-scheduler-delete-all *args:
    @{{ ops }} delete-all "$@"

# Take over jobs that exist and that terraform does not own; --apply does it
gcp-scheduler-import *args:
    @{{ ops }} import "$@"

# The coming runs, with what daylight saving does to them
gcp-scheduler-next *args:
    @{{ ops }} next "$@"

# A job's attempts, from Cloud Logging
gcp-scheduler-logs *args:
    @{{ ops }} logs "$@"

# Find what keeps a stage's jobs from running; changes nothing
gcp-scheduler-doctor *args:
    @{{ ops }} doctor "$@"

# Review a plan in words: plans the stage, or reads --plan FILE; 1 when it stops jobs
gcp-scheduler-review *args:
    @{{ ops }} review "$@"

# The console's page of the jobs
gcp-console *args:
    @{{ ops }} console "$@"
