#!/usr/bin/env bash
# Looks for what is off in a stage, without changing anything: the plan's review and the doctor's
# findings as JSON, for report-morning.ts. What could not be looked at leaves no file, or an empty one.
#   check-stage.sh STAGE FOLDER
set -euo pipefail
cd "$(dirname "$0")/../.."

stage=$1
folder=$2
mkdir -p "$folder"

# Each ends with 1 when it found something; what it found is in the file.
for command in review doctor; do
  ci/workflows/with-token.sh node lib/launch/main.js ops/start.ts "$command" "$stage" --json \
    >"$folder/$stage.$command.json" || true
done
