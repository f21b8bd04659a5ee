// Reads a HAR file with har-validator and prints what it holds, or what is wrong with it.
// Usage: node har.cjs FILE (NODE_PATH names the node_modules of harness/testing/peers)
'use strict';
const {readFileSync} = require('fs');
const validate = require('har-validator');

const har = JSON.parse(readFileSync(process.argv[2], 'utf8'));
validate.har(har).then(
    () => {
      const {version, creator, entries} = har.log;
      console.log(`HAR ${version} of ${creator.name}: ${entries.length} entries`);
      for (const {request, response} of entries) {
        console.log(`${request.method} ${request.url} ${response.status}`);
      }
    },
    (error) => {
      for (const {dataPath, message} of error.errors) console.log(`har${dataPath}: ${message}`);
      process.exitCode = 1;
    });
