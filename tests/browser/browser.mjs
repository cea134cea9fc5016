// SPDX-License-Identifier: Apache-2.0
// What the tests in a browser share: a demonstration of one's own, Chromium, a count of what holds, and what must hold on every page.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

// How long to wait for a page, and for a file that another program makes, on a machine that has much else to do.
export const page_patience = 60000;
export const file_patience = 200000;

export const phone = { width: 390, height: 844 };
export const desk = { width: 1280, height: 900 };
export const zoomed = { width: 320, height: 256 }; // a window of 1280 by 1024 at 400 %

export function open_browser() {
  return chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
}

// Starts the program's demonstration in a folder of its own, on a port the machine chooses. `base` is its address; `stop` ends it and clears up;
// `kill` ends it as a crash would, and `start_again` starts it where it was.
export async function start_demonstration() {
  const program = process.env.CAIRN;
  if (!program) throw new Error("Set CAIRN to the program, for example build/release/cairn");
  const folder = mkdtempSync(join(tmpdir(), "cairn-browser-"));
  let server;
  let ended;
  let said = "";
  let complained = "";
  process.once("exit", () => server.kill("SIGTERM")); // however the test ends, it leaves no server behind
  const start = (port) => {
    said = "";
    server = spawn(program, ["demo", "--data", join(folder, "data"), "--port", port], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
    ended = new Promise((resolve) => server.once("exit", resolve));
    server.stderr.on("data", (bytes) => (complained = (complained + bytes).slice(-20000)));
    return new Promise((resolve) => {
      server.stdout.on("data", (bytes) => {
        said += bytes;
        const found = said.match(/http:\/\/localhost:\d+/);
        if (found) resolve(found[0]);
      });
      server.once("exit", () => resolve(null));
    });
  };
  const kill = async (signal = "SIGKILL") => {
    server.kill(signal);
    await ended;
  };
  const stop = async () => {
    await kill("SIGTERM");
    rmSync(folder, { recursive: true, force: true });
  };
  const base = await start("0");
  if (!base) {
    await stop();
    throw new Error(`the demonstration did not start: ${said}${complained}`);
  }
  return { base, folder, stop, kill, start_again: () => start(new URL(base).port) };
}

export class Count {
  passed = 0;
  faults = [];

  expect(holds, what) {
    if (holds) {
      this.passed += 1;
    } else {
      this.faults.push(what);
      console.error(`FAILED ${what}`);
    }
    return Boolean(holds);
  }

  // Says the closing line, and ends the process accordingly.
  finish() {
    console.log(`${this.passed} passed, ${this.faults.length} failed`);
    process.exit(this.faults.length || !this.passed ? 1 : 0);
  }
}

// Gathers what a page should never do: errors, reports of the content security policy, requests to anywhere else.
// Let go of an answer other than 200 where the test asks for one: `expected` holds its numbers.
export function watch(tab, base, expected = []) {
  const reports = [];
  tab.on("console", (message) => {
    const wanted = expected.some((status) => message.text().includes(`status of ${status}`));
    if (["error", "warning"].includes(message.type()) && !wanted) reports.push(message.text());
  });
  tab.on("pageerror", (error) => reports.push(error.message));
  tab.on("request", (request) => {
    if (!request.url().startsWith(base + "/") && !request.url().startsWith("data:")) reports.push(`asked ${request.url()}`);
  });
  return reports;
}

const axe = readFileSync(new URL("../../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

// What axe finds wrong, a line for each rule; empty where all is well.
export async function axe_faults(tab) {
  await tab.evaluate(axe);
  const found = await tab.evaluate((tags) => axe.run(document, { runOnly: tags }), rules);
  return found.violations.map(({ id, nodes }) => `axe ${id}: ${nodes.slice(0, 4).map((node) => `${node.target} ${node.failureSummary}`).join(" | ")}`);
}

// By how many pixels the page is wider than the window.
export function too_wide(tab) {
  return tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

export async function sign_in_as(tab, base, whom) {
  await tab.goto(`${base}/sign-in`);
  await tab.getByRole("button", { name: whom }).click();
  await tab.waitForURL((address) => address.pathname !== "/sign-in");
}
export const lead = "As the peer support lead";
export const administrator = "As the administrator";
