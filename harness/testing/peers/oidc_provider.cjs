// An authorization server that others wrote, with what a peer puts in front of it.
// Usage: node oidc_provider.cjs CERTIFICATES, a folder with client.pem, the certificate that the two
// clients with a key are registered with. Prints its issuer, then serves until it is ended.
// In front of it stand: `interval` in answers of the device endpoint, which it leaves out; one
// slow_down before a device code's first poll; and GET /peer/approve?user_code=… or
// /peer/decline?…, which does at its pages what a person does.
'use strict';
const {createServer} = require('http');
const {createPublicKey} = require('crypto');
const {readFileSync} = require('fs');
const {join} = require('path');
const {pathToFileURL} = require('url');

// Only the issuer goes to standard output.
console.info = console.warn = console.error;

const kDeviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';

function clients(folder) {
  const pem = readFileSync(join(folder, 'client.pem'), 'utf8');
  const jwks = {keys: [createPublicKey(pem).export({format: 'jwk'})]};
  const application = {grant_types: ['client_credentials'], redirect_uris: [], response_types: []};
  const withKey = (alg) => ({
    ...application, client_id: `key-${alg}`, jwks, token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: alg});
  return [
    {client_id: 'device', token_endpoint_auth_method: 'none', application_type: 'native',
      grant_types: [kDeviceGrant, 'refresh_token'], redirect_uris: [], response_types: []},
    {...application, client_id: 'secret', client_secret: 'marked-client-secret',
      token_endpoint_auth_method: 'client_secret_post'},
    withKey('PS256'), withKey('RS256')];
}

const body = async (request) => {
  let text = '';
  for await (const part of request) text += part;
  return text;
};

// Walks through the provider's pages as a browser does, until one has no form left.
async function atThePages(issuer, userCode, decision) {
  const cookies = new Map();
  const open = async (address, form) => {
    for (;;) {
      const answer = await fetch(new URL(address, issuer), {
        method: form ? 'POST' : 'GET', redirect: 'manual', body: form && new URLSearchParams(form),
        headers: {cookie: [...cookies].map((pair) => pair.join('=')).join('; ')}});
      for (const line of answer.headers.getSetCookie()) {
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
        cookies.set(name, value);
      }
      if (answer.status !== 302 && answer.status !== 303) return answer.text();
      address = answer.headers.get('location');
      form = undefined;
    }
  };
  let page = await open(`/device?user_code=${encodeURIComponent(userCode)}`);
  for (let step = 0; step < 6; ++step) {
    const found = /<form[^>]*action="([^"]+)"/.exec(page);
    if (!found) return page;
    const form = {};
    for (const [tag] of page.matchAll(/<input[^>]*>/g)) {
      const [, name] = /name="([^"]+)"/.exec(tag) || [];
      if (name) form[name] = (/value="([^"]*)"/.exec(tag) || [, ''])[1];
    }
    if ('login' in form) Object.assign(form, {login: 'alice', password: 'any'});
    if (decision === 'decline' && /name="abort"/.test(page)) form.abort = 'yes';
    page = await open(found[1].replace(/&amp;/g, '&'), form);
    if (form.abort) return page;
  }
  return page;
}

async function main(folder) {
  const {Provider} = await import(pathToFileURL(require.resolve('oidc-provider')).href);
  const server = createServer();
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: clients(folder),
    features: {deviceFlow: {enabled: true}, clientCredentials: {enabled: true}},
    scopes: ['openid', 'offline_access', 'things'],
    rotateRefreshToken: true,
    ttl: {ClientCredentials: 600}});
  const serve = provider.callback();
  const slowed = new Set();
  server.on('request', async (request, response) => {
    const address = new URL(request.url, issuer);
    const tell = (status, text, type = 'text/plain') => {
      response.writeHead(status, {'Content-Type': type}).end(text);
    };
    if (address.pathname.startsWith('/peer/')) {
      const page = await atThePages(
        issuer, address.searchParams.get('user_code'), address.pathname.slice('/peer/'.length));
      return tell(200, page.replace(/<style.*<\/style>/s, '').replace(/<[^>]*>/g, ' '));
    }
    const isForm = request.method === 'POST' && /^\/(token|device\/auth)$/.test(address.pathname);
    if (!isForm) return serve(request, response);
    const text = await body(request);
    const form = new URLSearchParams(text);
    if (form.get('grant_type') === kDeviceGrant && !slowed.has(form.get('device_code'))) {
      slowed.add(form.get('device_code'));
      return tell(400, '{"error": "slow_down"}', 'application/json');
    }
    request.body = text;  // the provider takes what was read before it
    if (address.pathname === '/device/auth') {
      const end = response.end.bind(response);
      response.end = (content, ...more) => {
        const answer = JSON.parse(content);
        answer.interval = 2;
        const bytes = Buffer.from(JSON.stringify(answer));
        response.setHeader('Content-Length', bytes.length);
        return end(bytes, ...more);
      };
    }
    return serve(request, response);
  });
  console.log(issuer);
}

main(process.argv[2]);
