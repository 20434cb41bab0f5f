#!/usr/bin/env bash
# Runs a command with TF_API_TOKEN under the name that terraform reads for the host of the state:
# TF_TOKEN_app_terraform_io, or TF_TOKEN_tfe_my__company_com for TF_CLOUD_HOSTNAME=tfe.my-company.com.
# No other step of a workflow sees the token, and no file holds it.
#   with-token.sh COMMAND [ARG...]
set -euo pipefail

if [[ -n ${TF_API_TOKEN:-} ]]; then
  host=${TF_CLOUD_HOSTNAME:-app.terraform.io}
  if [[ ! $host =~ ^[A-Za-z0-9.-]+$ ]]; then
    echo "TF_CLOUD_HOSTNAME is \"$host\": no variable can hold a token for it." >&2
    echo "Expected: a host name without a port, https:// or a path, such as tfe.example.com." >&2
    echo "Fix: correct it, or remove TF_API_TOKEN and keep the token in the runner's ~/.terraformrc." >&2
    exit 2
  fi
  host=${host//-/__}
  export "TF_TOKEN_${host//./_}=$TF_API_TOKEN"
fi
unset TF_API_TOKEN
exec "$@"
