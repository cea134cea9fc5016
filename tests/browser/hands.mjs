// SPDX-License-Identifier: Apache-2.0
// Two ways to work a page: by pointing, and by the keyboard alone, where every step of the way must show where one is.

export class Pointer {
  constructor(tab) {
    this.tab = tab;
  }
  async press(target) {
    await target.first().click();
  }
  async choose(target) {
    await target.first().check();
  }
  async type(target, words) {
    await target.first().fill(words);
  }
  async start() {}
}

// Runs in the page: what has the focus, and whether an eye would find it.
function focused() {
  const element = document.activeElement;
  if (!element || element === document.body) return { name: "", visible: true, inside: true };
  const marks = [getComputedStyle(element)];
  const label = element.id && document.querySelector(`label[for="${CSS.escape(element.id)}"]`);
  if (label) marks.push(getComputedStyle(label), getComputedStyle(label, "::before"));
  const visible = marks.some((style) => (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none");
  const box = (label && element.matches("[type=radio], [type=checkbox]") ? label : element).getBoundingClientRect();
  return {
    name: `${element.tagName} ${(element.textContent || element.name || element.id).trim().slice(0, 40)}`,
    visible,
    inside: box.bottom > 0 && box.top < innerHeight && box.width > 0,
  };
}

export class Keyboard {
  constructor(tab, count) {
    this.tab = tab;
    this.count = count;
    this.steps = 0;
  }

  // The first Tab on a page must reach the link that skips to its main part.
  async start() {
    await this.tab.keyboard.press("Tab");
    const link = this.tab.locator(".nhsuk-skip-link");
    const here = await link.evaluate((element) => element === document.activeElement && element.getBoundingClientRect().left >= 0);
    this.count.expect(here, `${this.tab.url()}: the first Tab does not show the link to the main part`);
    await this.tab.keyboard.press("Enter");
    const inside = await this.tab.evaluate(() => location.hash === "#maincontent" && Boolean(document.getElementById("maincontent")));
    this.count.expect(inside, `${this.tab.url()}: the link to the main part leads nowhere`);
  }

  // Goes on with Tab until the target has the focus. Twice round without it, and it cannot be reached.
  async reach(target) {
    const wanted = target.first();
    await wanted.waitFor();
    const is_there = () => wanted.evaluate((element) => element === document.activeElement);
    if (await is_there()) return;
    for (let rounds = 0, step = 0; rounds < 2 && step < 600; ++step) {
      await this.tab.keyboard.press("Tab");
      const { name, visible, inside } = await this.tab.evaluate(focused);
      this.steps += 1;
      if (!name) rounds += 1;
      if (!visible || !inside) this.count.expect(false, `${this.tab.url()}: no sign of the focus on ${name}${inside ? "" : ", which is out of sight"}`);
      if (await is_there()) return;
    }
    throw new Error(`${this.tab.url()}: Tab never reaches ${wanted}`);
  }

  async press(target) {
    await this.reach(target);
    await this.tab.keyboard.press("Enter");
  }

  // A group of radios is one stop of Tab; the arrows move within it, as browsers have it. Each checkbox is a stop.
  async choose(target) {
    const wanted = target.first();
    await wanted.waitFor();
    if (await wanted.evaluate((element) => element.type === "checkbox")) {
      await this.reach(wanted);
      return this.tab.keyboard.press("Space");
    }
    const first = await wanted.evaluate((element) => {
      const group = [...document.getElementsByName(element.name)];
      return (group.find((one) => one.checked) ?? group[0]).id;
    });
    await this.reach(this.tab.locator(`[id="${first}"]`));
    if (await wanted.evaluate((element) => element === document.activeElement)) return this.tab.keyboard.press("Space");
    for (let step = 0; step < 30 && !(await wanted.isChecked()); ++step) await this.tab.keyboard.press("ArrowDown");
  }

  async type(target, words) {
    await this.reach(target);
    await this.tab.keyboard.press("Control+A");
    await this.tab.keyboard.press("Delete");
    await this.tab.keyboard.type(words);
  }
}
