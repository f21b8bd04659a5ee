// Reads a JUnit file with junit-to-ctrf, checks the result with ctrf, and prints what they saw.
// Usage: node ctrf.cjs FILE (NODE_PATH names the node_modules of harness/testing/peers)
'use strict';
const {readFileSync, mkdtempSync, rmSync} = require('fs');
const {tmpdir} = require('os');
const {join} = require('path');
const {execFileSync} = require('child_process');
const ctrf = require('ctrf');

const folder = mkdtempSync(join(tmpdir(), 'conform-ctrf-'));
try {
  const cli = require.resolve('junit-to-ctrf/dist/cli.js');
  const converted = join(folder, 'report.json');
  execFileSync(process.execPath, [cli, process.argv[2], '-o', converted]);
  const report = JSON.parse(readFileSync(converted, 'utf8'));
  const checked = ctrf.validate(report);
  for (const {message, path} of checked.errors || []) console.log(`${path}: ${message}`);
  const {tests, passed, failed, skipped, other} = report.results.summary;
  console.log(`${tests} tests, ${passed} passed, ${failed} failed, ${skipped} skipped, ${other} other`);
  for (const test of report.results.tests) console.log(`${test.status} ${test.name}`);
  if (!checked.valid) process.exitCode = 1;
} finally {
  rmSync(folder, {recursive: true});
}
