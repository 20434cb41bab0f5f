#!/usr/bin/env bash
# Plans a stage, reviews the plan, and applies exactly that plan when it passes.
#   deploy-stage.sh STAGE [--allow-destroy]
set -euo pipefail
cd "$(dirname "$0")/../.."

stage=$1
shift
# A plan may hold a bearer token, so it is kept where only this user can read, and removed.
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
review=$folder/review.md
plan=$folder/plan

status=0
node lib/launch/main.js ops/start.ts review "$stage" --out "$plan" "$@" >"$review" || status=$?
cat "$review"
if [[ -n ${GITHUB_STEP_SUMMARY:-} ]]; then cat "$review" >>"$GITHUB_STEP_SUMMARY"; fi
if ((status != 0)); then
  echo "$stage is not deployed: its plan failed the review." >&2
  exit "$status"
fi

stack=${CDKTF_OUTDIR:-cdktf.out}/stacks/validibot-$stage
"${TERRAFORM_BINARY_NAME:-terraform}" -chdir="$stack" apply -input=false -no-color "$plan"
