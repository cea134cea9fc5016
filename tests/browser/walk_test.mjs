// SPDX-License-Identifier: Apache-2.0
// Asks for every page that a visitor, a lead and an administrator can reach from the first one, by its links; opens some of each kind in a
// window of 320 pixels (which is also a desk at 400 %), and looks at one of each kind with axe, on a phone and a desk, light and dark, with
// everything opened.
import { Count, administrator, axe_faults, desk, file_patience, lead, open_browser, phone, sign_in_as, start_demonstration, too_wide, watch, zoomed } from "./browser.mjs";

const count = new Count();

// What can be said of a page from its document alone.
function facts() {
  const missing = [...document.querySelectorAll("a[href^='#']")].map((a) => a.getAttribute("href").slice(1)).filter((id) => id && !document.getElementById(id));
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  return {
    headings: document.querySelectorAll("h1").length,
    title: document.title,
    language: document.documentElement.lang,
    keys: document.documentElement.innerText.match(/\[[a-z_]+\.[a-z_.]+\]/g) ?? [],
    holes: document.body.innerText.match(/\{[a-z_:]+\}/g) ?? [],
    missing,
    twice: ids.filter((id, at) => ids.indexOf(id) !== at),
    styled: document.querySelectorAll("main [style], main script:not([src])").length,
    links: [...document.querySelectorAll("a[href]")].map((a) => a.href),
  };
}

// The kind of a page: its address without what names one thing, and with the view that is chosen.
function kind_of(path) {
  const address = new URL(path, "http://localhost");
  const view = address.searchParams.get("view") ?? "";
  const group = address.searchParams.has("group") ? "one group" : "";
  const page = address.pathname
    .replace(/^\/who-can-see\/[a-z_]+$/, "/who-can-see/{record}")
    .replace(/^\/policies\/about\/[a-z_]+$/, "/policies/about/{topic}");
  return page.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "{id}").replace(/\/\d+(\.\d+)?(?=\/|$)/g, "/{n}") + ` ${view} ${group}`.trimEnd();
}

const is_file = (path) => /\.(csv|xlsx|pdf)$/.test(new URL(path, "http://localhost").pathname);

async function walk_one(tab, base, whom, path) {
  const where = `${whom} ${path}`;
  const reports = watch(tab, base);
  const reply = await tab.goto(base + path);
  count.expect(reply.status() === 200, `${where}: answers ${reply.status()}`);
  const found = await tab.evaluate(facts);
  count.expect(found.headings === 1, `${where}: ${found.headings} main headings`);
  count.expect(found.title.includes(" · ") && found.language === "en", `${where}: title “${found.title}”, language “${found.language}”`);
  const wrong = { "text keys": found.keys, "unfilled holes": found.holes, "links to nothing": found.missing, "ids twice": found.twice, said: reports };
  for (const [what, list] of Object.entries(wrong)) count.expect(list.length === 0, `${where}: ${what}: ${[...new Set(list)].join(", ")}`);
  count.expect(found.styled === 0, `${where}: a style or script within the page`);
  const over = await too_wide(tab);
  count.expect(over <= 0, `${where}: ${over} pixels wider than a window of 320`);
  tab.removeAllListeners();
  return { title: found.title, links: found.links };
}

// A page of a kind that has been opened often enough is only asked for.
const opened_of_a_kind = 5;

async function ask_one(context, base, whom, path) {
  const reply = await context.request.get(base + path, { timeout: file_patience });
  const text = await reply.text();
  count.expect(reply.status() === 200, `${whom} ${path}: answers ${reply.status()}`);
  const keys = text.match(/>[^<>]*\[[a-z_]+\.[a-z_.]+\]/g) ?? [];
  count.expect(keys.length === 0, `${whom} ${path}: text keys: ${keys.join(", ")}`);
  const links = [...text.matchAll(/<a [^>]*href="([^"]+)"/g)].map((found) => new URL(found[1].replaceAll("&amp;", "&"), base + path).href);
  return { title: "", links };
}

// Follows links until there is none that has not been walked. Returns one address for each kind of page.
async function walk(context, base, whom, starts) {
  const tab = await context.newPage();
  await tab.setViewportSize(zoomed);
  const waiting = [...starts];
  const walked = new Map();
  const files = new Set();
  const kinds = new Map();
  const opened = new Map();
  while (waiting.length > 0) {
    const path = waiting.shift();
    if (walked.has(path)) continue;
    const kind = kind_of(path);
    opened.set(kind, (opened.get(kind) ?? 0) + 1);
    const { title, links } = opened.get(kind) > opened_of_a_kind ? await ask_one(context, base, whom, path) : await walk_one(tab, base, whom, path);
    walked.set(path, title);
    if (!kinds.has(kind)) kinds.set(kind, path);
    for (const link of links.filter((one) => !/^(tel|sms):/.test(one))) {
      if (!count.expect(link.startsWith(base + "/"), `${whom} ${path}: a link to ${link}`)) continue;
      const to = link.slice(base.length).replace(/#.*/, "");
      if (is_file(to)) files.add(to);
      else if (to && !walked.has(to)) waiting.push(to);
    }
  }
  for (const file of files) {
    const reply = await context.request.get(base + file, { timeout: file_patience });
    const body = await reply.body();
    count.expect(reply.status() === 200 && body.length > 100, `${whom} ${file}: answers ${reply.status()} with ${body.length} bytes`);
    count.expect((reply.headers()["content-disposition"] ?? "").startsWith("attachment"), `${whom} ${file}: is no download`);
  }
  console.log(`${whom}: ${walked.size} pages of ${kinds.size} kinds, ${files.size} files`);
  await tab.close();
  return [...kinds.values()];
}

// axe, and the width, on one page as it comes and with all of it opened.
async function look(context, base, whom, path, expected = []) {
  const tab = await context.newPage();
  const reports = watch(tab, base, expected);
  await tab.goto(base + path);
  await tab.evaluate(() => document.fonts.ready);
  const { width } = tab.viewportSize();
  const where = `${whom} ${path} at ${width}`;
  const closed = await too_wide(tab);
  await tab.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
  const opened = await too_wide(tab);
  count.expect(closed <= 0 && opened <= 0, `${where}: ${Math.max(closed, opened)} pixels too wide`);
  const faults = await axe_faults(tab);
  count.expect(faults.length === 0, `${where}: ${faults.join("; ")}`);
  count.expect(reports.length === 0, `${where}: ${reports.join("; ")}`);
  await tab.close();
}

const views = [
  { viewport: phone, colorScheme: "light" },
  { viewport: desk, colorScheme: "light" },
  { viewport: desk, colorScheme: "dark" },
  { viewport: zoomed, colorScheme: "dark", forcedColors: "active" },
];

const world = await start_demonstration();
const browser = await open_browser();
try {
  for (const [whom, button, starts] of [
    ["visitor", null, ["/", "/sign-in"]],
    ["lead", lead, ["/"]],
    ["administrator", administrator, ["/"]],
  ]) {
    const context = await browser.newContext();
    const tab = await context.newPage();
    if (button) await sign_in_as(tab, world.base, button);
    await tab.close();
    const pages = await walk(context, world.base, whom, starts);
    const cookies = await context.storageState();
    await context.close();
    for (const view of views) {
      const one = await browser.newContext({ ...view, storageState: cookies });
      for (const path of pages) await look(one, world.base, whom, path);
      await look(one, world.base, whom, "/there-is-no-such-page", [404]);
      await one.close();
    }
  }
} finally {
  await browser.close();
  await world.stop();
}
count.finish();
