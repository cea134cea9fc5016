// SPDX-License-Identifier: Apache-2.0
// Opens every page of the gallery in Chromium: axe (light and dark, phone and desk), no report of the content security policy, no request
// elsewhere, nothing wider than the window, and every target large enough. With pictures where a folder for them is given.
//
// Usage: node tests/browser/gallery.mjs PAGES ASSETS [PICTURES]
import { mkdirSync, readFileSync, readdirSync } from "node:fs";
import { createServer } from "node:http";
import { basename, extname, join } from "node:path";
import { Count, axe_faults, open_browser, too_wide, watch } from "./browser.mjs";

const [pages, assets, pictures] = process.argv.slice(2);
if (!pages || !assets) {
  console.error("Usage: node tests/browser/gallery.mjs PAGES ASSETS [PICTURES]");
  process.exit(2);
}
if (pictures) mkdirSync(pictures, { recursive: true });
const types = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2" };
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
  "form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

function serve() {
  const server = createServer((request, response) => {
    const name = basename(new URL(request.url, "http://localhost").pathname).replace(/\.[0-9a-f]{10}(?=\.)/, "");
    const folder = request.url.startsWith("/assets/") ? assets : pages;
    try {
      const bytes = readFileSync(join(folder, name));
      response.writeHead(200, { "content-type": types[extname(name)] ?? "application/octet-stream", "content-security-policy": policy });
      response.end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

// How long one step may take: a busy machine is no fault of a page.
const patience = 300_000;
const views = [
  { name: "phone", width: 390, height: 844 },
  { name: "desk", width: 1280, height: 900 },
  { name: "zoomed", width: 320, height: 700 },
];

const count = new Count();

// Runs in the page: interactive things under 44 pixels, but for links inside a sentence and what a larger label covers.
function smallTargets() {
  const small = [];
  for (const element of document.querySelectorAll("a, button, summary, select, input:not([type=hidden]), textarea")) {
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    if (box.width === 0 || style.visibility === "hidden" || element.classList.contains("nhsuk-skip-link")) continue;
    const inSentence = element.tagName === "A" && style.display === "inline";
    if (!inSentence && (box.height < 24 || (box.height < 43.5 && !element.closest("main li, dd, .cairn-breadcrumb, .cairn-sharing"))))
      small.push(`${element.tagName} "${(element.textContent || element.name || "").trim().slice(0, 30)}" ${Math.round(box.width)}x${Math.round(box.height)}`);
  }
  return small;
}

async function look(context, base, page, view, scheme) {
  const where = `${page} ${view.name} ${scheme}`;
  const tab = await context.newPage();
  tab.setDefaultTimeout(patience);
  const reports = watch(tab, base);
  await tab.goto(`${base}/${page}`);
  await tab.evaluate(() => document.fonts.ready);
  count.expect(reports.length === 0, `${where}: ${reports.join("; ")}`);
  const overflow = await too_wide(tab);
  count.expect(overflow <= 0, `${where}: ${overflow} pixels wider than the window`);
  const small = await tab.evaluate(smallTargets);
  count.expect(small.length === 0, `${where}: small targets: ${small.join(", ")}`);
  const broken = await axe_faults(tab);
  count.expect(broken.length === 0, `${where}: ${broken.join("; ")}`);
  if (pictures) await tab.screenshot({ path: join(pictures, `${page.replace(".html", "")}-${view.name}-${scheme}.png`), fullPage: true });
  await tab.close();
}

async function withoutScript(browser, base, page) {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: views[0] });
  const tab = await context.newPage();
  tab.setDefaultTimeout(patience);
  await tab.goto(`${base}/${page}`);
  const hidden = await tab.locator(".nhsuk-radios__conditional:visible, main h1:visible").count();
  count.expect(hidden > 0, `${page} without script: nothing to see`);
  await context.close();
}

const server = await serve();
const base = `http://127.0.0.1:${server.address().port}`;
const browser = await open_browser();
const names = readdirSync(pages).filter((name) => name.endsWith(".html")).sort();
try {
  for (const scheme of ["light", "dark"])
    for (const view of views) {
      const context = await browser.newContext({ viewport: { width: view.width, height: view.height }, colorScheme: scheme, bypassCSP: false });
      for (const page of names) await look(context, base, page, view, scheme);
      await context.close();
    }
  for (const page of names) await withoutScript(browser, base, page);
  if (pictures) {
    const context = await browser.newContext();
    const tab = await context.newPage();
    for (const page of names) {
      await tab.goto(`${base}/${page}`);
      await tab.pdf({ path: join(pictures, page.replace(".html", ".pdf")), preferCSSPageSize: true, printBackground: true });
    }
    const forced = await browser.newContext({ forcedColors: "active", viewport: { width: 1280, height: 900 } });
    for (const page of ["charts.html", "parts.html", "phone.html"]) {
      const one = await forced.newPage();
      await one.goto(`${base}/${page}`);
      await one.screenshot({ path: join(pictures, `${page.replace(".html", "")}-forced.png`), fullPage: true });
    }
  }
} finally {
  await browser.close();
  server.close();
}
count.finish();
