// Opens the HTML reports of a passing, a failing and a mixed run in headless Chromium, as they are
// and as Jenkins serves them: text, landmarks, axe-core, a phone's width, paper.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {createServer} from 'node:http';
import {createRequire} from 'node:module';
import {join} from 'node:path';

const [peers, folder] = process.argv.slice(2);
const load = createRequire(join(peers, 'x.js'));
const {chromium} = load('playwright-core');
const axe = readFileSync(load.resolve('axe-core/axe.min.js'), 'utf8');
const jenkins = "sandbox; default-src 'none'; img-src 'self'; style-src 'self';";
const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/// What a stranger must read on each page, with its styles or without them.
const pages = [
  {path: 'passing/report.html',
   text: ['PASSED', 'MOCK RUN', 'Passed: the mock kept each of the 2 promises that were judged.',
          'It does not prove that the service keeps one promise', 'Nothing: no promise that was judged broke.',
          'The documented request is answered 204', 'No test may wait for an hour.']},
  {path: 'failing/report.html',
   text: ['FAILED', 'MOCK RUN', 'Failed: the mock broke 1 of the 2 promises judged; 1 of 2 tests failed.',
          'A successful call is answered 204 No Content.', 'status is 200, the contract promises 204',
          'cases/graph/beta/deviceManagement/windowsAutopilotSettings/sync/documented_request.yaml:12:11',
          'sync.response.204', 'edition 2019-01, Response, sentence bbfb6-130', '81ab',
          'curl -X POST -H "Authorization: Bearer $CONFORM_TOKEN_DELEGATED_WORK"']},
  {path: 'mixed/report.html',
   text: ['FAILED', 'It proves what https://graph.microsoft.com answered', 'INCONCLUSIVE', 'WARN', 'DEVIATION',
          'The run was ended early', 'shard 0 of 2', 'no token for application', '--gtest_filter=*sync*',
          'OVERDUE', 'A. Approver', '2026-10-01', 'the run was interrupted', 'not done: id was not captured',
          'throttled past the limit', '<script>alert(1)</script>', '\\u{202E}', '\\x00', 'd'.repeat(64)]},
  {path: 'index/report.html',
   text: ['FAILED', 'Each has a page of its own', 'status is 200, the contract promises 204']},
  {path: 'index/failures/1.html', text: ['FAIL', 'The whole report', 'sync.response.204']},
  {path: 'trend/report.html', folds: false,
   text: ['how tests stood over time', 'global at https://graph.example', 'things.sync, edition 2025-01',
          'was first judged in run', 'without_token', 'p50 20 ms, p95 40 ms']},
  {path: 'large/report.html', text: ['FAILED', '10 of 1,000 tests failed']},
];

/// Serves the pages under /plain/, and under /jenkins/ with Jenkins' default policy.
function serve() {
  const server = createServer((request, response) => {
    const [, kind, ...rest] = request.url.split('/');
    const fields = {'Content-Type': 'text/html; charset=utf-8'};
    if (kind === 'jenkins') fields['Content-Security-Policy'] = jenkins;
    try {
      const bytes = readFileSync(join(folder, ...rest));
      response.writeHead(200, fields).end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

/// Opens a page; whatever it asks for besides itself is noted, and refused.
async function open(browser, address, settings) {
  const context = await browser.newContext(settings);
  const page = await context.newPage();
  const asked = [];
  await page.route('**', (route) => {
    const url = route.request().url();
    if (url === address) return route.continue();
    asked.push(url);
    return route.abort();
  });
  const troubles = [];
  page.on('console', (message) => troubles.push(message.text()));
  page.on('pageerror', (error) => troubles.push(String(error)));
  await page.goto(address);
  return {context, page, asked, troubles};
}

/// The text of a document as it is shown, folded parts too, by the browser's own inspection: a
/// sandboxed page runs no script, not even ours.
async function readText(page) {
  const session = await page.context().newCDPSession(page);
  const {documents, strings} = await session.send('DOMSnapshot.captureSnapshot', {computedStyles: []});
  const {nodeName, nodeValue, parentIndex} = documents[0].nodes;
  const hidden = new Set(['STYLE', 'SCRIPT', 'TITLE']);
  return nodeValue
      .map((value, i) => value < 0 || hidden.has(strings[nodeName[parentIndex[i]]]) ? '' : strings[value])
      .join('').replace(/\s+/g, ' ');
}

function demandText(text, wanted, what) {
  for (const piece of wanted) {
    assert.ok(text.includes(piece.replace(/\s+/g, ' ')), `${what}: the text lacks ${JSON.stringify(piece)}`);
  }
}

async function demandLandmarks(page, what) {
  for (const role of ['banner', 'main', 'contentinfo']) {
    assert.equal(await page.getByRole(role).count(), 1, `${what}: landmark ${role}`);
  }
  assert.equal(await page.getByRole('heading', {level: 1}).count(), 1, `${what}: one first heading`);
  assert.equal(await page.locator('script, [onload], [onclick], iframe, img, link').count(), 0,
               `${what}: markup that no report has`);
  const broken = await page.evaluate(() => [...document.querySelectorAll('a[href^="#"]')]
      .map((a) => a.getAttribute('href').slice(1)).filter((id) => !document.getElementById(id)));
  assert.deepEqual(broken, [], `${what}: links to nowhere`);
  const twice = await page.evaluate(() => {
    const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
    return ids.filter((id, i) => ids.indexOf(id) !== i);
  });
  assert.deepEqual(twice, [], `${what}: ids that stand twice`);
}

/// With everything unfolded, so that nothing hides.
async function demandAccess(page, what) {
  await page.evaluate(() => document.querySelectorAll('details').forEach((fold) => { fold.open = true; }));
  await page.evaluate(axe);
  const {violations} = await page.evaluate(
      (tags) => window.axe.run(document, {runOnly: tags, resultTypes: ['violations']}), wcag);
  const told = violations.map(({id, help, nodes}) => `${id}: ${help}: ${nodes[0].html.slice(0, 200)}`);
  assert.deepEqual(told, [], `${what}: axe-core`);
}

async function demandNoPageScroll(page, what) {
  const {scroll, width} = await page.evaluate(
      () => ({scroll: document.documentElement.scrollWidth, width: document.documentElement.clientWidth}));
  assert.ok(scroll <= width, `${what}: the page is ${scroll} pixels wide on a screen of ${width}`);
}

/// Its last columns are what a reader opens it for.
async function demandWholeCoverage(page, what) {
  const cut = await page.evaluate(() => [...document.querySelectorAll('#coverage .scroll')].filter(
      (region) => region.scrollWidth > region.clientWidth).length);
  assert.equal(cut, 0, `${what}: tables of the coverage that reach beyond the screen`);
}

async function checkPlain(browser, origin, {path, text}) {
  const large = path.startsWith('large/');
  for (const colorScheme of ['light', 'dark']) {
    const what = `${path}, ${colorScheme}`;
    const {context, page, asked, troubles} =
        await open(browser, `${origin}/plain/${path}`, {colorScheme});
    demandText(await readText(page), text, what);
    await demandLandmarks(page, what);
    if (!large) await demandAccess(page, what);
    assert.deepEqual(asked, [], `${what}: it asked for more than itself`);
    assert.deepEqual(troubles, [], `${what}: the browser complains`);
    await context.close();
  }
}

async function checkPhone(browser, origin, {path}) {
  const {context, page} = await open(browser, `${origin}/plain/${path}`,
                                     {viewport: {width: 360, height: 740}, isMobile: true});
  await demandNoPageScroll(page, `${path}, folded, on a phone`);
  await page.evaluate(() => document.querySelectorAll('details').forEach((fold) => { fold.open = true; }));
  await demandNoPageScroll(page, `${path}, unfolded, on a phone`);
  await demandWholeCoverage(page, `${path}, on a phone`);
  await context.close();
}

/// The first link of the page is the way past the opening, and every fold opens by the keyboard.
async function checkKeyboard(browser, origin, {path, folds = true}) {
  const {context, page} = await open(browser, `${origin}/plain/${path}`, {});
  await page.keyboard.press('Tab');
  const first = await page.evaluate(() => document.activeElement.getAttribute('href'));
  if (!path.includes('failures/')) assert.equal(first, '#main', `${path}: the first stop of the keyboard`);
  if (folds) {
    const fold = page.locator('details > summary').last();
    await fold.evaluate((summary) => summary.focus());
    await page.keyboard.press('Enter');
    assert.ok(await fold.evaluate((summary) => summary.parentElement.open), `${path}: Enter unfolds`);
  }
  await context.close();
}

async function checkJenkins(browser, origin, {path, text}) {
  const {context, page, asked} = await open(browser, `${origin}/jenkins/${path}`, {});
  demandText(await readText(page), text, `${path}, as Jenkins serves it`);
  assert.deepEqual(asked, [], `${path}: it asked for more than itself`);
  await context.close();
}

/// Nothing may stand beyond the paper's edge.
async function checkPaper(browser, origin, {path}) {
  const {context, page} = await open(browser, `${origin}/plain/${path}`,
                                     {viewport: {width: 688, height: 1000}});  // A4 less its margins
  await page.emulateMedia({media: 'print'});
  await demandNoPageScroll(page, `${path}, on paper`);
  const pdf = await page.pdf({preferCSSPageSize: true, printBackground: true});
  assert.equal(pdf.subarray(0, 5).toString(), '%PDF-', `${path}: a PDF`);
  await context.close();
}

const server = await serve();
const origin = `http://127.0.0.1:${server.address().port}`;
const browser = await chromium.launch({
  executablePath: process.env.CONFORM_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update',
         '--disable-sync', '--no-first-run'],
});
try {
  for (const page of pages) {
    await checkPlain(browser, origin, page);
    await checkPhone(browser, origin, page);
    await checkKeyboard(browser, origin, page);
    await checkJenkins(browser, origin, page);
    if (!page.path.startsWith('large/')) await checkPaper(browser, origin, page);
    console.log(`ok  ${page.path}`);
  }
  const large = readFileSync(join(folder, 'large/report.html')).length;
  assert.ok(large < 5_000_000, `1,000 tests make ${large} bytes`);
  console.log(`ok  1,000 tests make ${large} bytes`);
} finally {
  await browser.close();
  server.close();
}
