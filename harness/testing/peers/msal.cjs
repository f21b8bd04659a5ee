// Signs in at the mock of Entra with Microsoft's MSAL for Node, and prints what became of it.
// Usage: node msal.cjs ORDER, a JSON object: `origin`, `tenant`, `client`, `do` (`device`,
// `application`), and of `scope`, `person`, `decide`, `secret`, `certificate`, `key`, `thumbprint`
// what that needs.
'use strict';
const {readFileSync} = require('fs');
const {ConfidentialClientApplication, PublicClientApplication} = require('@azure/msal-node');

const order = JSON.parse(process.argv[2]);

function claimsOf(token) {
  return JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString());
}

function tell(what, result) {
  const {aud, idtyp, scp, roles, tid} = claimsOf(result.accessToken);
  const granted = scp || (roles ? 'roles' : 'no roles');
  const origin = result.fromCache ? 'from its cache' : 'from Entra';
  console.log(`${what} ${origin}: ${idtyp} ${granted} for ${aud} in ${tid}`);
}

// The person at the other device, who opens the page and sends its form.
async function decide({verificationUri, userCode}) {
  const form = new URLSearchParams({user_code: userCode, as: order.person, do: order.decide});
  const answer = await fetch(verificationUri, {method: 'POST', body: form});
  return `page: ${answer.status}`;
}

async function signInByDevice(auth) {
  const client = new PublicClientApplication({auth});
  const scopes = [order.scope];
  // MSAL asks for the token while the person decides: which of the two is answered first is chance.
  let page = 'page: never opened';
  const deviceCodeCallback = (code) => { page = decide(code); };
  let first;
  try {
    first = await client.acquireTokenByDeviceCode({scopes, deviceCodeCallback});
  } finally {
    console.log(await page);
  }
  tell('signed in', first);
  const {account} = first;
  console.log(`account: ${account.username} of ${account.tenantId}`);
  tell('silent', await client.acquireTokenSilent({scopes, account}));
  // Twice: the second goes by the token that the first was given.
  for (const what of ['renewed', 'renewed again']) {
    const renewed = await client.acquireTokenSilent({scopes, account, forceRefresh: true});
    tell(what, renewed);
    if (renewed.accessToken === first.accessToken) throw new Error('the same token came again');
  }
}

async function signInAsApplication(auth) {
  if (order.secret) auth.clientSecret = order.secret;
  if (order.key) {
    auth.clientCertificate = {
      thumbprintSha256: order.thumbprint, privateKey: readFileSync(order.key, 'utf8')};
  }
  const client = new ConfidentialClientApplication({auth});
  const wish = {scopes: [order.scope]};
  tell('signed in', await client.acquireTokenByClientCredential(wish));
  tell('again', await client.acquireTokenByClientCredential(wish));
  tell('renewed', await client.acquireTokenByClientCredential({...wish, skipCache: true}));
}

const auth = {
  clientId: order.client, authority: `${order.origin}/${order.tenant}`,
  knownAuthorities: [new URL(order.origin).host]};
(order.do === 'device' ? signInByDevice : signInAsApplication)(auth).catch((error) => {
  const [why] = /AADSTS\d+|authorization_declined/.exec(`${error.errorMessage} ${error.message}`) || [];
  console.log(`refused: ${error.errorCode || error.name}${why ? ' ' + why : ''}`);
  process.exitCode = 1;
});
