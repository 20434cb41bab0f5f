#!/usr/bin/env bash
# Looks for what is off in a stage, without changing anything: the plan's review and the doctor's
# findings as JSON, for report-morning.ts. What could not be looked at leaves no file, or an empty one.
#   check-stage.sh STAGE FOLDER
set -euo pipefail
cd "$(dirname "$0")/../.."

stage=$1
folder=$2
mkdir -p "$folder"

# Both end with 1 when they found something, and what they found is what is wanted.
node lib/launch/main.js ops/start.ts review "$stage" --json >"$folder/$stage.review.json" || true
node lib/launch/main.js ops/start.ts doctor "$stage" --json >"$folder/$stage.doctor.json" || true
