// SPDX-License-Identifier: Apache-2.0
// A round without names and one with, from the lead's first page to what a respondent sees of it: made through the lead's pages, answered
// in twelve browsers as different as people's are, entered from paper, closed, counted, reported and given back.
import { Count, axe_faults, desk, lead, open_browser, page_patience, phone, sign_in_as, start_demonstration, too_wide, watch, zoomed } from "./browser.mjs";
import { Keyboard, Pointer } from "./hands.mjs";

const count = new Count();
const world = await start_demonstration();
const { base } = world;
const browser = await open_browser();

const sections = 6;
const narrow = { width: 320, height: 640 };
const touch = { hasTouch: true, isMobile: true };
const button = (tab, name) => tab.getByRole("button", { name, exact: true });
const link = (tab, name) => tab.getByRole("link", { name, exact: true });
// What looks like a button may be a link; to whoever presses it that is the same.
const act = (tab, name) => button(tab, name).or(link(tab, name));
const heading = (tab) => tab.locator("h1").innerText();
const words = (tab) => tab.locator("main").innerText();
const go_on = (tab) => button(tab, "Save and go on");

// ---- The lead

async function new_study(tab, name) {
  await tab.goto(`${base}/studies/new`);
  await tab.getByLabel("Name of the study").fill(name);
  await button(tab, "Start").click();
  await tab.waitForURL("**/studies/*-*");
  return new URL(tab.url()).pathname;
}

async function new_round(tab, name, mode) {
  const study = await new_study(tab, name);
  await act(tab, "Ask people").click();
  await tab.getByLabel("Willow Ward", { exact: true }).check();
  await tab.getByLabel(mode, { exact: true }).check();
  await button(tab, "Set up the round").click();
  await tab.waitForURL("**/rounds/1*");
  count.expect((await words(tab)).includes("Nobody has been asked yet"), `${name}: the round does not say what to do next`);
  return `${study}/rounds/1`;
}

const people = ["Ash", "Bell", "Cor", "Dee", "Elm", "Fay", "Gil", "Hal", "Ivy", "Jay", "Kit", "Lou"].map((first) => `${first} Larkmoor`);

async function add_people(tab) {
  await tab.goto(`${base}/participants/several`);
  await tab.getByLabel("Willow Ward", { exact: true }).check();
  await tab.getByLabel("People", { exact: true }).fill(people.map((name) => `${name}, colleague`).join("\n"));
  await button(tab, "Add to the list").click();
  await tab.waitForURL("**/participants?added=*");
}

// An address on paper is broken into pieces that can be typed.
async function shown_address(tab) {
  const address = tab.locator(".cairn-address").first();
  await address.waitFor();
  return (await address.innerText()).replace(/\s/g, "");
}

// Everybody's link, as the lead hands it over.
async function invite(tab, round) {
  await tab.goto(`${base}${round}/invitations/new`);
  await tab.getByLabel("Only some people", { exact: true }).check();
  for (const name of people) await tab.getByLabel(new RegExp(`^${name}`)).check();
  await button(tab, "Invite them").click();
  await tab.waitForURL("**/rounds/1#invited");
  const links = [];
  for (const name of people) {
    await tab.goto(base + round);
    await tab.getByRole("link", { name: new RegExp(`^${name}`) }).first().click();
    await tab.waitForURL("**/invitations/*");
    await tab.locator("main form button").first().click();
    links.push((await shown_address(tab)).match(/\/answer\/[a-z2-7]{32}/)[0]);
  }
  count.expect(new Set(links).size === people.length, "two people have one link");
  return links;
}

// ---- Answering

// A statement's two questions, by their names: what a screen reader says is the way in.
const radio = (tab, section, at, question, answer) => tab.getByRole("group", { name: new RegExp(`^${numbers[section - 1] + at}\\. `) }).getByRole("group", { name: question }).getByRole("radio", { name: answer, exact: true });
const numbers = [];
const here = /happening here/;
const matters = /important/;

// The numbers of the first statement of each section, as the form has them.
async function learn_numbers(tab, path) {
  for (let part = 1; part <= sections; part += 1) {
    await tab.goto(`${base}${path}/parts/${part}`);
    numbers.push(Number((await tab.locator("main fieldset > legend").first().innerText()).match(/^(\d+)\./)[1]));
  }
}

// What a screen reader is told about a section: every radio stands in a group for its question, and that in one for its statement.
async function check_tree(tab, who) {
  const faults = await tab.evaluate(() => {
    const name = (fieldset) => fieldset.querySelector(":scope > legend")?.innerText.trim() ?? "";
    return [...document.querySelectorAll("main input[type=radio]")]
      .filter((one) => {
        const question = one.closest("fieldset");
        const statement = question?.parentElement.closest("fieldset");
        return !question || !name(question).endsWith("?") || !statement || !/^\d+\. ./.test(name(statement)) || !one.labels[0]?.innerText.trim();
      })
      .map((one) => one.id);
  });
  count.expect(faults.length === 0, `${who}: radios without their statement and question: ${faults}`);
  const bar = tab.getByRole("progressbar");
  const told = (await bar.count()) ? await bar.first().evaluate((one) => one.getAttribute("aria-label") || document.getElementById(one.getAttribute("aria-labelledby"))?.innerText || one.getAttribute("aria-valuetext")) : (await tab.locator(".cairn-progress").innerText());
  count.expect(/Part \d of \d/.test(told ?? ""), `${who}: how far one is, is told as “${told}”`);
  count.expect((await tab.locator(".cairn-keeping[role=status]").count()) === 1, `${who}: nothing tells of saving`);
}

// With `looks`, every page is looked at with axe, on a phone and a desk.
async function look(tab, who, looks) {
  const over = await too_wide(tab);
  count.expect(over <= 0, `${who}, ${tab.url()}: ${over} pixels too wide`);
  if (!looks) return;
  const size = tab.viewportSize();
  for (const view of [phone, desk]) {
    await tab.setViewportSize(view);
    const faults = await axe_faults(tab);
    count.expect(faults.length === 0, `${who}, ${tab.url()} at ${view.width}: ${faults.join("; ")}`);
    count.expect((await too_wide(tab)) <= 0, `${who}, ${tab.url()} at ${view.width}: too wide`);
  }
  await tab.setViewportSize(size);
}

async function saved(tab) {
  await tab.locator(".cairn-keeping", { hasText: /^Saved$/ }).waitFor();
}

async function press(hand, tab, target, address) {
  await hand.press(target);
  await tab.waitForURL(address);
}

async function fill_section(hand, tab, part) {
  await hand.choose(radio(tab, part, 0, here, "Partly"));
  await hand.choose(radio(tab, part, 0, matters, "Extremely"));
  await hand.choose(radio(tab, part, 1, here, "No"));
}

async function choose_three(hand, tab, who, script) {
  const boxes = tab.getByRole("checkbox");
  for (const at of [0, 1, 2]) await hand.choose(boxes.nth(at));
  if (script) {
    count.expect(await boxes.nth(3).isDisabled(), `${who}: a fourth can be chosen`);
    count.expect((await tab.getByRole("status").allInnerTexts()).some((told) => told.startsWith("You have chosen 3 of 3")), `${who}: nothing tells that three are chosen`);
  } else {
    await boxes.nth(3).check();
    await go_on(tab).click();
    await tab.locator(".nhsuk-error-summary").waitFor();
    count.expect((await tab.title()).startsWith("Error: "), `${who}: a fourth is taken without script`);
    count.expect((await tab.getByRole("checkbox", { checked: true }).count()) === 4, `${who}: what was ticked is lost`);
    await tab.locator(".nhsuk-error-summary a").first().click();
    count.expect(await tab.evaluate(() => document.activeElement.name === "most_important"), `${who}: the error does not lead to the list`);
    await boxes.nth(3).uncheck();
  }
}

// From the first page to thanks. `way` may do something else in the middle of a section: it gives back the tab to go on in.
async function answer(hand, tab, who, path, { script = true, looks = false, way, after_start } = {}) {
  await tab.goto(base + path);
  if (hand.start) await hand.start();
  for (const told of ["Who is asking", "Why", "What happens next", "Who will see what", "fewer than five", "If you need help now"])
    count.expect((await words(tab)).includes(told), `${who}: the first page does not tell “${told}”`);
  await look(tab, who, looks);
  await press(hand, tab, act(tab, "Start"), "**/parts/1");
  if (after_start) await after_start(tab);
  for (let part = 1; part <= sections; part += 1) {
    await check_tree(tab, who);
    if (way && part === 3) tab = (await way(hand, tab, part)) ?? tab;
    await fill_section(hand, tab, part);
    if (script && part === 1) await saved(tab);
    await look(tab, who, looks && part < 3);
    await press(hand, tab, go_on(tab), part < sections ? `**/parts/${part + 1}` : "**/most-important");
  }
  await choose_three(hand, tab, who, script);
  await look(tab, who, looks);
  await press(hand, tab, go_on(tab), "**/why");
  await hand.choose(tab.getByRole("radio", { name: "It is hard", exact: true }));
  await hand.type(tab.getByLabel(/^Why does it matter to you/), `It takes long, says ${who}`);
  await look(tab, who, looks);
  await press(hand, tab, go_on(tab), "**/check");
  const told = await words(tab);
  count.expect(told.includes("2 of ") && told.includes("You wrote in one place."), `${who}: looking over does not show what was answered`);
  await look(tab, who, looks);
  await press(hand, tab, button(tab, "Send my answers"), "**/thanks/*");
  count.expect((await heading(tab)) === "Thank you" && (await words(tab)).includes("What comes next"), `${who}: no thanks`);
  await look(tab, who, looks);
  await tab.goto(base + path);
  count.expect((await words(tab)).includes("Your answers are sent"), `${who}: the link does not know that it was used`);
}

// ---- What happens on the way

async function slowly(tab) {
  const session = await tab.context().newCDPSession(tab);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", { offline: false, latency: 400, downloadThroughput: 25000, uploadThroughput: 10000 });
}

// The network goes in the middle of a section and comes back: what was typed meanwhile arrives, and nobody goes on before it has.
async function away_and_back(hand, tab, part) {
  await tab.context().setOffline(true);
  await hand.choose(radio(tab, part, 2, here, "Yes"));
  await tab.locator(".cairn-keeping--waiting", { hasText: "Not saved yet" }).waitFor();
  await go_on(tab).click();
  count.expect(new URL(tab.url()).pathname.endsWith(`/parts/${part}`), "offline: one goes on before what was typed has arrived");
  count.expect(await radio(tab, part, 2, here, "Yes").isChecked(), "offline: what was typed is gone");
  await tab.context().setOffline(false);
  await saved(tab);
  await tab.reload();
  count.expect(await radio(tab, part, 2, here, "Yes").isChecked(), "offline: what was typed did not arrive");
}

// The server is killed while somebody types, and started again: what was typed waits on the page and arrives.
async function killed(hand, tab, part) {
  await world.kill();
  await radio(tab, part, 2, here, "Yes").check();
  await radio(tab, part, 3, matters, "Not very").check();
  await tab.locator(".cairn-keeping--waiting", { hasText: "Not saved yet" }).waitFor();
  await world.start_again();
  await saved(tab);
  await tab.reload();
  count.expect((await radio(tab, part, 2, here, "Yes").isChecked()) && (await radio(tab, part, 3, matters, "Not very").isChecked()), "killed: what was typed did not arrive");
}

// One link in two tabs: what the second saves takes nothing back of the first's.
async function two_tabs(hand, tab, part) {
  const other = await tab.context().newPage();
  other.setDefaultTimeout(page_patience);
  await other.goto(tab.url());
  await radio(tab, part, 2, here, "Yes").check();
  await saved(tab);
  await radio(other, part, 3, here, "No").check();
  await saved(other);
  await tab.reload();
  count.expect((await radio(tab, part, 2, here, "Yes").isChecked()) && (await radio(tab, part, 3, here, "No").isChecked()), "two tabs: one takes back what the other saved");
  await other.close();
}

// The same link opened on another device, where it was left.
async function another_device(hand, tab, part) {
  await radio(tab, part, 2, here, "Yes").check();
  await saved(tab);
  const path = new URL(tab.url()).pathname.replace(/\/parts.*/, "");
  const device = await browser.newContext({ viewport: desk });
  const other = await device.newPage();
  other.setDefaultTimeout(page_patience);
  await other.goto(base + path);
  count.expect((await words(other)).includes("still here"), "another device: the first page does not know that something was begun");
  await act(other, "Go on").click();
  count.expect(await radio(other, 1, 0, here, "Partly").isChecked(), "another device: the first answers are not there");
  await other.goto(`${base}${path}/parts/${part}`);
  count.expect(await radio(other, part, 2, here, "Yes").isChecked(), "another device: the last answer is not there");
  await device.close();
  await tab.reload();
}

// ---- Twelve browsers

const browsers = [
  { who: "a phone", options: { viewport: phone, ...touch }, looks: true },
  { who: "a narrow phone", options: { viewport: narrow, ...touch } },
  { who: "a desk", options: { viewport: desk }, way: killed, expected: ["ERR_CONNECTION_REFUSED", "ERR_CONNECTION_RESET", "ERR_EMPTY_RESPONSE"] },
  { who: "the keyboard alone", options: { viewport: desk }, hand: (tab) => new Keyboard(tab, count) },
  { who: "no script", options: { viewport: phone, javaScriptEnabled: false }, script: false },
  { who: "dark", options: { viewport: phone, colorScheme: "dark" }, looks: true },
  { who: "forced colours", options: { viewport: desk, forcedColors: "active" } },
  { who: "400 %", options: { viewport: zoomed } },
  { who: "a slow network", options: { viewport: phone, ...touch }, before: slowly },
  { who: "a broken network", options: { viewport: phone, ...touch }, way: away_and_back, expected: ["ERR_INTERNET_DISCONNECTED"] },
  { who: "two tabs", options: { viewport: desk }, way: two_tabs },
  { who: "two devices", options: { viewport: phone, ...touch }, way: another_device },
];

async function in_a_browser(one, path, name) {
  const who = `${name}, ${one.who}`;
  const context = await browser.newContext(one.options);
  const tab = await context.newPage();
  tab.setDefaultTimeout(page_patience);
  const reports = watch(tab, base, [422]);
  try {
    if (one.before) await one.before(tab);
    const hand = one.hand ? one.hand(tab) : new Pointer(tab);
    await answer(hand, tab, who, path, { script: one.script ?? true, looks: one.looks, way: one.way });
  } catch (error) {
    count.expect(false, `${who}, at ${tab.url()}: ${error.message}`);
  }
  const odd = reports.filter((said) => !(one.expected ?? []).some((wanted) => said.includes(wanted)));
  count.expect(odd.length === 0, `${who}: ${odd.join("; ")}`);
  await context.close();
}

// A form that is posted twice, as a second press or a page sent again: one person.
async function twice(path) {
  const context = await browser.newContext();
  const reply = await context.request.post(`${base}${path}/send`, { form: {}, headers: { "Sec-Fetch-Site": "same-origin" }, maxRedirects: 0 });
  count.expect(reply.status() === 303 && reply.headers()["location"].startsWith("/thanks/"), `sent once more: answered ${reply.status()}`);
  await context.close();
}

// ---- Paper

// The fast screen takes letters. Typed twice, the second time as a check; then it counts.
async function type_sheet(tab, second) {
  await tab.locator("input[name='1.1.a']").fill("y");
  await tab.locator("input[name='1.1.b']").fill("4");
  await tab.locator("input[name='2.1.a']").fill(second ? "n" : "p");
  const group = tab.locator("[name=stakeholder][value=coworker]");
  if (await group.count()) await group.check();
  else await tab.locator("select[name=stakeholder]").selectOption("coworker");
}

async function paper(tab, round) {
  await tab.goto(`${base}${round}/paper`);
  count.expect((await words(tab)).includes("1."), "paper: the form has no statements");
  await tab.goto(`${base}${round}/sheets/new`);
  await tab.locator("input[name=number]").fill("S1");
  await type_sheet(tab, false);
  await look(tab, "paper", true);
  await tab.locator("main form button[type=submit]").first().click();
  await tab.goto(`${base}${round}/sheets`);
  await look(tab, "sheets", true);
  await tab.locator("main a[href*='/sheets/']:not([href$='/new']):not([href$='/removal'])").first().click();
  await type_sheet(tab, true);
  await tab.locator("main form button[type=submit]").first().click();
  await tab.waitForLoadState();
  count.expect(/differ|otherwise|first time/i.test(await words(tab)), "paper: the second typing does not show what was typed in otherwise");
  await look(tab, "paper, differences", true);
  for (const one of await tab.locator("main form fieldset").all()) await one.locator("input[type=radio]").first().check();
  await tab.locator("main form button[type=submit]").first().click();
  await tab.goto(`${base}${round}/sheets`);
  count.expect((await words(tab)).includes("S1"), "paper: the sheet is not in the list");
}

// ---- Closing, and what came of it

// By the poster in the team room, begun before the round closes and sent after; who comes then finds it closed.
async function at_closing(tab, round) {
  await tab.goto(`${base}${round}/links`);
  await tab.getByLabel("How many answers may come by it?").fill("60");
  await button(tab, "Make the link").click();
  await tab.waitForURL("**/poster");
  const poster = (await shown_address(tab)).match(/\/join\/[a-z2-7]{32}/)[0];
  const context = await browser.newContext({ viewport: phone, ...touch });
  const visitor = await context.newPage();
  visitor.setDefaultTimeout(page_patience);
  await visitor.goto(base + poster);
  await look(visitor, "the poster's page", true);
  await button(visitor, "Start").click();
  await visitor.locator(".nhsuk-error-summary").waitFor();
  await visitor.getByLabel(/^Colleague in/).check();
  await visitor.waitForTimeout(2500); // a page sent back sooner was not read
  await button(visitor, "Start").click();
  await visitor.waitForURL("**/parts/1");
  await fill_section(new Pointer(visitor), visitor, 1);
  await saved(visitor);
  return async () => {
    await radio(visitor, 1, 2, here, "No").check();
    await saved(visitor);
    await visitor.goto(visitor.url().replace("/parts/1", "/check"));
    await button(visitor, "Send my answers").click();
    await visitor.waitForURL("**/thanks/*");
    count.expect((await heading(visitor)) === "Thank you", "closing time: who had begun cannot send");
    await visitor.goto(base + poster);
    count.expect((await words(visitor)).includes("closed"), "closing time: the poster's page does not say that it is over");
    await look(visitor, "the poster's page, closed", true);
    await context.close();
  };
}

async function close_and_count(tab, round, name, then) {
  await tab.goto(base + round);
  const before = await words(tab);
  count.expect(/Enough/.test(before), `${name}: twelve of five hoped for are not enough`);
  count.expect(!/\b1[23] (answers|have answered|people (have )?answered)/.test(before), `${name}: the page counts while people are asked`);
  await tab.goto(`${base}${round}/period`);
  await look(tab, `${name}, period`, true);
  await tab.locator("input[name=act][value=now]").check();
  await tab.locator("main form button[type=submit]").first().click();
  await tab.waitForURL("**/rounds/1");
  if (then) await then();
  await tab.goto(`${base}${round}/counting`);
  if (tab.url().endsWith("/counting")) {
    await look(tab, `${name}, counting`, true);
    await tab.locator("main form button[type=submit]").first().click();
    await tab.waitForURL("**/rounds/1");
  }
}

async function results(tab, round, name, respondent) {
  await tab.goto(`${base}${round}/compare`);
  count.expect(/1[234] people answered/.test(await words(tab)), `${name}: the comparison does not count everybody`);
  await tab.goto(`${base}${round.replace(/\/rounds.*/, "")}/report/new?round=1`);
  await tab.getByLabel("To win over senior people").check();
  await tab.getByLabel("Willow Ward", { exact: true }).check();
  await button(tab, "Make the report").click();
  await tab.waitForURL("**/reports/*");
  count.expect((await heading(tab)).includes("Willow Ward"), `${name}: no report`);
  await tab.goto(`${base}${round}/results`);
  await look(tab, `${name}, telling`, true);
  const tell = tab.locator("main form button[type=submit]");
  if (await tell.count()) await tell.first().click();

  const context = await browser.newContext({ viewport: phone, ...touch });
  const visitor = await context.newPage();
  visitor.setDefaultTimeout(page_patience);
  const reports = watch(visitor, base, []);
  await visitor.goto(base + respondent);
  await visitor.locator("main a[href^='/results/']").first().click();
  await visitor.waitForURL("**/results/*");
  count.expect((await words(visitor)).includes("Willow Ward"), `${name}: a respondent does not see what came of it`);
  await look(visitor, `${name}, what came of it`, true);
  count.expect(reports.length === 0, `${name}, what came of it: ${reports.join("; ")}`);
  await context.close();
}

// ---- All of it

const context = await browser.newContext({ viewport: desk });
const tab = await context.newPage();
tab.setDefaultTimeout(page_patience);
try {
  await sign_in_as(tab, base, lead);
  await add_people(tab);
  const rounds = [];
  for (const [name, mode] of [["Without names", "Without names"], ["With names", "With names behind the scenes"]]) {
    const round = await new_round(tab, name, mode);
    rounds.push({ name, round, links: await invite(tab, round) });
  }
  await learn_numbers(tab, rounds[0].links[0]);
  for (const { name, links } of rounds) for (const [at, one] of browsers.entries()) await in_a_browser(one, links[at], name);
  await twice(rounds[0].links[0]);
  await paper(tab, rounds[0].round);
  const late = await at_closing(tab, rounds[0].round);
  await close_and_count(tab, rounds[0].round, rounds[0].name, late);
  await close_and_count(tab, rounds[1].round, rounds[1].name);
  for (const { name, round, links } of rounds) await results(tab, round, name, links[0]);
} catch (error) {
  count.expect(false, `at ${tab.url()}: ${error.stack}`);
} finally {
  await browser.close();
  await world.stop();
}
count.finish();
