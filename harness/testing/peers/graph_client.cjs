// Calls the mock of Graph with Microsoft's own client, signed in at the mock of Entra beside it,
// and prints what the client made of each answer.
// Usage: node graph_client.cjs ORIGIN TENANT
'use strict';
const {Client, GraphError, RetryHandler, RetryHandlerOptions} =
    require('@microsoft/microsoft-graph-client');

const [origin, tenant] = process.argv.slice(2);
const sync = '/deviceManagement/windowsAutopilotSettings/sync';
const id = 'c0f0a001-0000-4000-8000-000000000001';

async function post(path, fields) {
  const answer = await fetch(origin + path, {method: 'POST', body: new URLSearchParams(fields)});
  return answer.status === 204 ? undefined : answer.json();
}

async function control(path, content) {
  await fetch(`${origin}/.conform/${path}`, {method: 'POST', body: JSON.stringify(content)});
}

async function signIn(permission) {
  const endpoint = `/${tenant}/oauth2/v2.0`;
  const scope = `https://graph.microsoft.com/${permission}`;
  const {device_code, user_code} = await post(`${endpoint}/devicecode`, {client_id: id, scope});
  await control(`entra/device/${user_code}`, {do: 'approve', as: 'alice@conform.example'});
  const fields = {grant_type: 'device_code', client_id: id, device_code};
  return (await post(`${endpoint}/token`, fields)).access_token;
}

// The mock's own clock goes on too; and the client adds a random part of a second.
function tolerantly(seconds) {
  return seconds > 30 && seconds <= 61 ? 'within the last minute' : seconds;
}

// Sends the request as `token` and prints what came of it; retries only where told.
async function call(what, token, retries = 0) {
  const client = Client.init({
    baseUrl: origin, customHosts: new Set([new URL(origin).hostname]),
    authProvider: (done) => done(null, token)});
  const again = new RetryHandlerOptions(3, retries);
  try {
    const content = await client.api(sync).version('beta').middlewareOptions([again]).post();
    console.log(`${what}: no error, content ${content}`);
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    const after = error.headers.get('Retry-After');
    console.log(`${what}: ${error.statusCode} ${error.code}, ` +
                `request id ${error.requestId ? 'there' : 'missing'}` +
                (after ? `, Retry-After ${tolerantly(after)}` : ''));
  }
}

async function main() {
  const token = await signIn('DeviceManagementServiceConfig.ReadWrite.All');
  const minutes = (count) => control(`tenants/${tenant}/clock`, {advance_ms: count * 60000});
  await call('wrong token', 'not-a-token');
  await call('without permission', await signIn('User.Read'));
  await call('first', token);
  await call('while it is in progress', token);
  await minutes(9);
  await call('too soon', token);
  // The client's clock is the tenant's: what it waits for passes at once.
  RetryHandler.prototype.sleep = async (seconds) => {
    console.log(`waits ${tolerantly(seconds)}`);
    await control(`tenants/${tenant}/clock`, {advance_ms: seconds * 1000});
  };
  await call('patiently', token, 3);
}

main().catch((error) => {
  console.log(`${error.message}: ${error.cause ? error.cause.code : ''}`);
  process.exitCode = 1;
});
