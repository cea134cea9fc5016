// SPDX-License-Identifier: Apache-2.0
// The way from the first page to a printed site report, without a manual: by pointing, without script, and by the keyboard alone. Then what
// goes wrong on the way: forms sent empty, and files of answers that cannot be taken.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Count, desk, file_patience, lead, open_browser, page_patience, phone, sign_in_as, start_demonstration, watch } from "./browser.mjs";
import { Keyboard, Pointer } from "./hands.mjs";

const count = new Count();
const world = await start_demonstration();
const { base } = world;
const browser = await open_browser();

const heading = (tab) => tab.locator("h1").innerText();
const button = (tab, name) => tab.getByRole("button", { name, exact: true });
const link = (tab, name) => tab.getByRole("link", { name, exact: true });
// What looks like a button may be a link; to whoever presses it that is the same.
const act = (tab, name) => button(tab, name).or(link(tab, name));

async function follow(hand, tab, target, address) {
  await hand.press(target);
  await tab.waitForURL(address);
}

async function arrive(hand, tab, who) {
  await tab.goto(base + "/");
  await tab.waitForURL("**/sign-in**");
  await hand.start();
  await follow(hand, tab, button(tab, lead), "**/today");
  count.expect(/^Good (morning|afternoon|evening), Robin$/.test(await heading(tab)), `${who}: Today greets with “${await heading(tab)}”`);
  count.expect((await tab.locator("main").innerText()).includes("waiting for you"), `${who}: Today does not say what waits`);
}

async function compare(hand, tab, who) {
  await follow(hand, tab, link(tab, "Learn"), "**/studies");
  await follow(hand, tab, link(tab, "How peer support is settling in"), "**/studies/*");
  await follow(hand, tab, act(tab, "See what they say"), "**/rounds/2/compare");
  count.expect((await tab.locator("main svg[role=img]").count()) > 0, `${who}: the comparison has no picture`);
  for (const [view, title] of [["All statements", "All statements"], ["Where groups differ", "Where groups differ"], ["Beside the 2014 study", ""], ["What has changed", ""]]) {
    await follow(hand, tab, link(tab, view), "**/compare?view=*");
    count.expect((await heading(tab)).includes(title), `${who}: “${view}” is headed “${await heading(tab)}”`);
  }
  await follow(hand, tab, link(tab, "All statements"), "**/compare?view=statements*");
  for (const [axis, group] of [["Employer", "Charity"], ["Kind of service", "NHS"], ["Where the work is done", "nity"], ["Part in it", "Peer workers"], ["Site", "Willow Ward"]]) {
    await choose_axis(hand, tab, axis);
    const shown = await tab.locator("main table").first().innerText();
    count.expect(shown.includes(group), `${who}: compared by “${axis}”, the table has no “${group}”`);
  }
  await follow(hand, tab, tab.locator("main table a").first(), "**/items/*");
  count.expect(/^\d\.\d /.test(await heading(tab)), `${who}: the page of a statement is headed “${await heading(tab)}”`);
}

async function choose_axis(hand, tab, axis) {
  const one = link(tab, axis);
  if ((await one.count()) === 0) return; // it is the one that is chosen
  await follow(hand, tab, one, /by=/);
}

async function make_report(hand, tab, who) {
  await follow(hand, tab, link(tab, "How peer support is settling in"), "**/studies/*");
  await follow(hand, tab, act(tab, "Make a report"), "**/report/new*");
  await hand.choose(tab.getByLabel("To win over senior people"));
  await hand.choose(tab.getByLabel("Willow Ward", { exact: true }));
  await follow(hand, tab, button(tab, "Make the report"), "**/reports/*");
  count.expect((await heading(tab)).includes("Willow Ward"), `${who}: the report is headed “${await heading(tab)}”`);
  return tab.url().replace(/#.*/, "");
}

async function agree_a_step(hand, tab, who) {
  const words = `Show the ward team what we heard, ${who}`;
  await follow(hand, tab, act(tab, "Add a step"), "**/steps/new*");
  await hand.type(tab.getByLabel("What will be done?"), words);
  await hand.type(tab.getByLabel("Who will see to it?"), "Robin Marsh");
  const soon = new Date(Date.now() + 20 * 86400000);
  await hand.type(tab.getByLabel("Day", { exact: true }), String(soon.getDate()));
  await hand.type(tab.getByLabel("Month", { exact: true }), String(soon.getMonth() + 1));
  await hand.type(tab.getByLabel("Year", { exact: true }), String(soon.getFullYear()));
  await follow(hand, tab, button(tab, "Add it"), "**/reports/*#steps");
  count.expect((await tab.locator("main").innerText()).includes(words), `${who}: the step does not stand in the report`);
  await follow(hand, tab, link(tab, "Today"), "**/today");
  const row = tab.locator(".cairn-row").filter({ hasText: words });
  await hand.press(row.getByRole("button", { name: /^Tick it off/ }));
  const done = tab.locator("#done ~ .cairn-panel, #done ~ ul").filter({ hasText: words });
  await done.first().waitFor();
  count.expect((await row.getByRole("button", { name: /^Not done after all/ }).count()) === 1, `${who}: the step that was ticked off is not under what is done`);
}

async function answer(hand, tab, who, report) {
  await tab.goto(report);
  await hand.choose(tab.getByLabel("Yes", { exact: true }));
  await hand.press(button(tab, "Send"));
  await tab.getByText("You said this report was useful").waitFor();
  count.expect(true, `${who}: thanked`);
}

const pdf_words = (bytes) => execFileSync("pdftotext", ["-layout", "-", "-"], { input: bytes }).toString();

function check_paper(words, who) {
  const flat = words.replace(/\s+/g, " ");
  for (const wanted of ["Willow Ward: where peer support stands", "What to talk about first", "What is strong", "What this cannot tell you", "Next steps", "Larkmoor peer support"])
    count.expect(flat.includes(wanted), `${who}: the paper does not say “${wanted}”`);
  for (const chrome of ["Skip to what", "Sign out", "Tick it off", "Add a step", "Using this site", "This is a made-up programme. The people"])
    count.expect(!flat.includes(chrome), `${who}: “${chrome}” is printed`);
  const pages = words.split("\f").filter((page) => page.trim());
  pages.forEach((page, at) => count.expect(new RegExp(`\\b${at + 1}\\s*(/|of)\\s*${pages.length}\\b`).test(page), `${who}: page ${at + 1} of ${pages.length} has no number`));
}

async function print_and_take(hand, tab, who) {
  check_paper(pdf_words(await tab.pdf({ preferCSSPageSize: true })), `${who}, printed`);
  const starts = { PDF: "%PDF", Spreadsheet: "PK", "Numbers as CSV": "item,statement" };
  for (const [name, start] of Object.entries(starts)) {
    const waiting = tab.waitForEvent("download", { timeout: file_patience });
    await hand.press(act(tab, name));
    const bytes = readFileSync(await (await waiting).path());
    count.expect(bytes.toString("latin1").startsWith(start), `${who}: “${name}” gives something else`);
    if (name === "PDF") check_paper(pdf_words(bytes), `${who}, PDF`);
  }
}

async function leave(hand, tab, who) {
  await hand.press(tab.locator(".cairn-header__person summary"));
  await follow(hand, tab, button(tab, "Sign out"), "**/sign-in**");
  await tab.goto(base + "/today");
  count.expect(/\/sign-in|\/today/.test(tab.url()) && !(await tab.locator("main").innerText()).includes("waiting for you"), `${who}: Today is open after signing out`);
}

async function journey(who, options, hand_of) {
  const context = await browser.newContext({ viewport: phone, ...options });
  const tab = await context.newPage();
  const reports = watch(tab, base, [401, 403]);
  const hand = hand_of(tab);
  tab.setDefaultTimeout(page_patience);
  try {
    await arrive(hand, tab, who);
    await compare(hand, tab, who);
    const report = await make_report(hand, tab, who);
    await agree_a_step(hand, tab, who);
    await answer(hand, tab, who, report);
    await print_and_take(hand, tab, who);
    await leave(hand, tab, who);
  } catch (error) {
    count.expect(false, `${who}, at ${tab.url()}: ${error.message}`);
  }
  count.expect(reports.length === 0, `${who}: ${reports.join("; ")}`);
  console.log(`${who}: ${count.passed} passed, ${count.faults.length} failed so far${hand.steps ? `, ${hand.steps} steps of Tab` : ""}`);
  await context.close();
}

// ---- What goes wrong

// A form that came back names each fault above and beside its field, leads to the field, and has lost nothing that was typed.
async function came_back(tab, what, fields) {
  await tab.locator(".nhsuk-error-summary").waitFor();
  count.expect((await tab.title()).startsWith("Error: "), `${what}: the title is “${await tab.title()}”`);
  const links = await tab.locator(".nhsuk-error-summary a").all();
  count.expect(links.length > 0, `${what}: nothing leads to a field`);
  for (const one of links) {
    await one.click();
    const target = (await one.getAttribute("href")).slice(1);
    const at = await tab.evaluate(() => document.activeElement.id || document.activeElement.name);
    count.expect(at.startsWith(target), `${what}: the link to ${target} leads to “${at}”`);
  }
  count.expect((await tab.locator(".nhsuk-error-message:visible").count()) >= links.length, `${what}: no words beside the field`);
  for (const [label, value] of Object.entries(fields)) {
    const found = await tab.getByLabel(label, { exact: true }).inputValue();
    count.expect(found === value, `${what}: “${label}” came back as “${found}”`);
  }
}

async function empty_forms(tab, study, report) {
  for (const [path, send] of [
    ["/studies/new", "Start"],
    [`${study}/report/new`, "Make the report"],
    [`${report}/steps/new`, "Add it"],
    [report, "Send"],
    [`${study}/import`, "Check and bring in"],
    ["/structure/organisations/new", "Save"],
    ["/structure/services/new", "Save"],
  ]) {
    await tab.goto(base + path);
    await button(tab, send).click();
    await came_back(tab, `${path} sent empty`, {});
  }
  await tab.goto(`${base}${report}/steps/new`);
  await tab.getByLabel("What will be done?").fill("A first line\nand a second, with <b> & “quotes”");
  await tab.getByLabel("Day", { exact: true }).fill("31");
  await tab.getByLabel("Month", { exact: true }).fill("2");
  await tab.getByLabel("Year", { exact: true }).fill("2027");
  await button(tab, "Add it").click();
  await came_back(tab, "a step on 31 February", { "What will be done?": "A first line\nand a second, with <b> & “quotes”", Day: "31", Month: "2", Year: "2027" });
}

async function bad_sign_in() {
  const context = await browser.newContext({ viewport: phone });
  const tab = await context.newPage();
  await tab.goto(`${base}/sign-in`);
  await button(tab, "Sign in").click();
  await came_back(tab, "signing in with nothing", {});
  await tab.getByLabel("E-mail address").fill("robin@larkmoor.example");
  await tab.getByLabel("Password", { exact: true }).fill("not the password at all");
  await button(tab, "Sign in").click();
  await tab.locator(".nhsuk-error-summary").waitFor();
  count.expect((await tab.getByLabel("E-mail address").inputValue()) === "robin@larkmoor.example", "the address is lost with a wrong password");
  count.expect((await tab.getByLabel("Password", { exact: true }).inputValue()) === "", "a wrong password comes back");
  await context.close();
}

const good_file = "respondent,site,stakeholder,1.1.a,1.1.b,top3\n" + Array.from({ length: 8 }, (_, at) => `new-${at},Heather House,peer_worker,yes,4,1.1;2.1\n`).join("");
const bad_file = "respondent,site,1.1.a,1.1.b\nx-1,Heather House,perhaps,4\nx-2,Heather House,yes,9\n";

async function send_file(tab, study, name, bytes, act, round) {
  const path = join(world.folder, name);
  writeFileSync(path, bytes);
  await tab.goto(`${base}${study}/import`);
  await tab.getByLabel("The file").setInputFiles(path);
  await tab.getByLabel(round).check();
  await button(tab, act).click();
}

async function files(tab) {
  await tab.goto(`${base}/studies/new`);
  await tab.getByLabel("Name of the study").fill("Answers from a file");
  await button(tab, "Start").click();
  await tab.waitForURL("**/studies/*-*");
  const study = new URL(tab.url()).pathname;
  await send_file(tab, study, "bad.csv", bad_file, "Check and bring in", "Round 1, a new one");
  const table = await tab.locator("main table").innerText();
  count.expect(table.includes("perhaps") && table.includes("1.1.b"), "a bad file: its cells are not named");
  await came_back(tab, "a bad file", {});
  await send_file(tab, study, "noise.csv", Buffer.from([0xff, 0xfe, 0, 1, 2, 3]), "Check and bring in", "Round 1, a new one");
  count.expect((await tab.locator("main table").innerText()).includes("UTF-8"), "binary noise: no advice");
  await send_file(tab, study, "good.csv", good_file, "Only check", "Round 1, a new one");
  count.expect((await heading(tab)) === "The file is fine" && (await tab.locator("main").innerText()).includes("8 new people would be added"), "only checked: it does not say so");
  await tab.goto(base + study);
  count.expect((await tab.locator("main").innerText()).includes("no answers yet"), "only checked: something was kept");
  await send_file(tab, study, "good.csv", good_file, "Check and bring in", "Round 1, a new one");
  count.expect((await heading(tab)) === "The answers are in" && (await tab.locator("main").innerText()).includes("8 people were added to round 1"), "a good file: it does not say what came in");
  await act(tab, "See what they say").click();
  count.expect((await tab.locator("main").innerText()).includes("8 people answered"), "a good file: the comparison does not count it");
  await send_file(tab, study, "good.csv", good_file, "Check and bring in", "Round 1");
  count.expect((await tab.locator("main").innerText()).includes("8 people were there before"), "the same file again: it does not say that nothing changed");
}

async function what_goes_wrong(who, options) {
  await bad_sign_in();
  const context = await browser.newContext({ viewport: phone, ...options });
  const tab = await context.newPage();
  tab.setDefaultTimeout(page_patience);
  const reports = watch(tab, base, [400, 409, 422]);
  try {
    await sign_in_as(tab, base, lead);
    await tab.goto(`${base}/reports`);
    // The oldest is the one nobody has said anything about.
    const report = await tab.locator("main a[href^='/reports/']").last().getAttribute("href");
    await tab.goto(`${base}/studies`);
    const study = await link(tab, "How peer support is settling in").getAttribute("href");
    await empty_forms(tab, study, report);
    await files(tab);
  } catch (error) {
    count.expect(false, `${who}, at ${tab.url()}: ${error.message}`);
  }
  count.expect(reports.length === 0, `${who}: ${reports.join("; ")}`);
  await context.close();
}

// On paper nothing of the frame is left, in a picture as in words.
async function on_paper() {
  const context = await browser.newContext({ viewport: desk });
  const tab = await context.newPage();
  await sign_in_as(tab, base, lead);
  await tab.goto(`${base}/reports`);
  await tab.locator("main a[href^='/reports/']").first().click();
  await tab.emulateMedia({ media: "print" });
  for (const part of [".cairn-header", ".cairn-footer", ".cairn-demonstration", ".cairn-breadcrumb", ".nhsuk-skip-link", "main form", "main .nhsuk-button"])
    count.expect((await tab.locator(`${part}:visible`).count()) === 0, `on paper: ${part} can be seen`);
  count.expect((await tab.locator("main h1:visible, main svg:visible, main table:visible").count()) >= 3, "on paper: heading, picture or table is missing");
  await context.close();
}

try {
  await journey("by pointing", {}, (tab) => new Pointer(tab));
  await journey("without script", { javaScriptEnabled: false }, (tab) => new Pointer(tab));
  await journey("by keyboard", { viewport: desk }, (tab) => new Keyboard(tab, count));
  await what_goes_wrong("what goes wrong", {});
  await on_paper();
} finally {
  await browser.close();
  await world.stop();
}
count.finish();
