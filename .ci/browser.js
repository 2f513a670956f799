// Looks at each page as people do, and reports what is wrong with it.
"use strict";
const fs = require("fs");
const path = require("path");

const [tools, browserPath] = process.argv.slice(2);
const modules = path.resolve(tools, "node_modules");
const { chromium } = require(path.join(modules, "playwright-core"));
const axe = fs.readFileSync(path.join(modules, "axe-core", "axe.min.js"), "utf8");
const pages = path.resolve(tools, "pages");

const VIEWS = [
  { name: "wide", viewport: { width: 1280, height: 900 }, colorScheme: "light" },
  { name: "wide-dark", viewport: { width: 1280, height: 900 }, colorScheme: "dark" },
  { name: "narrow", viewport: { width: 320, height: 640 }, colorScheme: "light" },
];

async function look(browser, file, view, wrong) {
  // axe is a script of this test's own, which the policy of the page would rightly refuse.
  const context = await browser.newContext({ viewport: view.viewport, colorScheme: view.colorScheme, bypassCSP: true });
  const page = await context.newPage();
  const say = (what) => wrong.push(`${file} (${view.name}): ${what}`);
  page.on("console", (message) => say(`console: ${message.text()}`));
  page.on("pageerror", (error) => say(`error: ${error.message}`));
  page.on("request", (request) => request.url().startsWith("file:") || say(`asks for ${request.url()}`));
  await page.goto(`file://${path.join(pages, file)}`);
  await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (overflow > 0) say(`is ${overflow} pixels too wide`);
  if (await page.evaluate(() => window.pwned)) say("a name was run as a script");
  await page.addScriptTag({ content: axe });
  const result = await page.evaluate(() => window.axe.run());
  for (const violation of result.violations) {
    say(`${violation.id}: ${violation.help}: ${violation.nodes.map((node) => node.target.join(" ")).join(", ")}`);
  }
  await page.screenshot({ path: path.join(tools, `${path.basename(file, ".html")}-${view.name}.png`), fullPage: true });
  await context.close();
}

// The policy stands: with it, styles apply and no script runs.
async function keepPolicy(browser, file, wrong) {
  const page = await (await browser.newContext()).newPage();
  const say = (what) => wrong.push(`${file} (policy): ${what}`);
  page.on("console", (message) => say(`console: ${message.text()}`));
  await page.goto(`file://${path.join(pages, file)}`);
  const styled = await page.evaluate(() => getComputedStyle(document.querySelector(".card")).borderTopStyle);
  if (styled !== "solid") say("the style sheet was refused");
  const ran = await page.evaluate(() => window.pwned === 1);
  if (ran) say("a name was run as a script");
}

// All that can be opened can be reached with the keyboard.
async function useKeyboard(browser, file, wrong) {
  const page = await (await browser.newContext()).newPage();
  await page.goto(`file://${path.join(pages, file)}`);
  const count = await page.locator("summary").count();
  for (let opened = 0; opened < count; opened++) {
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
  }
  const open = await page.locator("details[open]").count();
  if (open !== count) wrong.push(`${file}: ${open} of ${count} settings could be opened with the keyboard`);
}

// On paper nothing can be opened: all settings are there.
async function print(browser, file, wrong) {
  const page = await (await browser.newContext()).newPage();
  await page.goto(`file://${path.join(pages, file)}`);
  await page.emulateMedia({ media: "print" });
  const hidden = await page.evaluate(() => {
    const shown = (row) => row.getClientRects().length > 0 && row.checkVisibility({ contentVisibilityAuto: true });
    return [...document.querySelectorAll("details dd")].filter((row) => !shown(row)).length;
  });
  if (hidden > 0) wrong.push(`${file} (print): ${hidden} settings are not shown`);
  await page.screenshot({ path: path.join(tools, `${path.basename(file, ".html")}-print.png`), fullPage: true });
}

(async () => {
  const browser = await chromium.launch({ executablePath: browserPath, args: ["--no-sandbox"] });
  const wrong = [];
  const files = fs.readdirSync(pages).filter((file) => file.endsWith(".html")).sort();
  for (const file of files) {
    for (const view of VIEWS) await look(browser, file, view, wrong);
    await keepPolicy(browser, file, wrong);
    await useKeyboard(browser, file, wrong);
    await print(browser, file, wrong);
  }
  await browser.close();
  console.log(`${files.length} pages, ${VIEWS.length} views each, axe, policy, keyboard and print: ${wrong.length} faults`);
  for (const fault of wrong) console.log(`  ${fault}`);
  process.exit(wrong.length === 0 && files.length > 0 ? 0 : 1);
})();
