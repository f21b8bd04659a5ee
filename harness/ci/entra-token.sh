#!/bin/sh
# Exchanges the assertion on standard input for an access token of Microsoft Graph and prints that
# token alone: workload identity federation (RFC 7523, section 2.2), so no secret is kept anywhere.
#   AZURE_TENANT_ID, AZURE_CLIENT_ID    of the app registration
#   ENTRA_AUTHORITY, GRAPH_AUDIENCE     of another cloud than the global one
# Ends with 3 where it gets none: that says nothing of the service under test.
set -eu

authority=${ENTRA_AUTHORITY:-https://login.microsoftonline.com}
audience=${GRAPH_AUDIENCE:-https://graph.microsoft.com}

# The value of a text member of a flat JSON object.
member() { sed -n "s/.*\"$1\" *: *\"\\([^\"]*\\)\".*/\\1/p"; }

answer=$(curl -sS --max-time 60 \
  --data-urlencode 'grant_type=client_credentials' \
  --data-urlencode "client_id=$AZURE_CLIENT_ID" \
  --data-urlencode "scope=$audience/.default" \
  --data-urlencode 'client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer' \
  --data-urlencode client_assertion@- \
  "$authority/$AZURE_TENANT_ID/oauth2/v2.0/token") || exit 3
token=$(printf '%s' "$answer" | member access_token)
if [ -z "$token" ]; then
  echo "no token from $authority: $(printf '%s' "$answer" | member error_description)" >&2
  exit 3
fi
printf '%s\n' "$token"
