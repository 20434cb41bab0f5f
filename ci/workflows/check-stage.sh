#!/usr/bin/env bash
# Checks a stage without changing anything: writes the plan's review and the doctor's findings as JSON,
# for report-morning.ts, and the page of the stage for people. A check that failed to run leaves its error.
#   check-stage.sh STAGE FOLDER
set -euo pipefail
cd "$(dirname "$0")/../.."

stage=$1
folder=$2
mkdir -p "$folder"

# Each exits with 1 if it has findings, which are in its file.
for command in review doctor; do
  ci/workflows/with-token.sh node lib/launch/main.js ops/start.ts "$command" "$stage" --json \
    >"$folder/$stage.$command.json" || true
done
# It is only looked at: without it, the checks still count.
node lib/launch/main.js ops/start.ts page "$stage" --out "$folder/$stage.html" || true
