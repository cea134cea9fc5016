// SPDX-License-Identifier: Apache-2.0
// Builds build/assets from static/ and the packages of package.json. The same input gives the same bytes.
//
// Usage: node tools/assets.mjs   (tools/assets.sh fetches the packages first)
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync, transformSync } from "esbuild";
import * as sass from "sass";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const at = (...parts) => join(root, ...parts);
const targets = ["chrome100", "firefox100", "safari15.4"];
const fonts = "@fontsource/atkinson-hyperlegible-next";

// Files are put in place one by one and only where they differ, so that a build beside this one never meets half of them and has nothing
// to do again where nothing changed.
const made = new Set();
function put(name, content) {
  const path = at("build", "assets", name);
  const bytes = Buffer.from(content);
  made.add(name);
  mkdirSync(dirname(path), { recursive: true });
  if (existsSync(path) && readFileSync(path).equals(bytes)) return;
  writeFileSync(`${path}.part`, bytes);
  renameSync(`${path}.part`, path);
}

function sweep() {
  for (const name of readdirSync(at("build", "assets"))) if (!made.has(name)) rmSync(at("build", "assets", name), { recursive: true });
}

// The light values of static/_tokens.scss: "#faf8f3" -> "--paper".
function tokens(source) {
  const light = source.slice(source.indexOf(":root"), source.indexOf("@media"));
  const byValue = new Map();
  for (const [, name, value] of light.matchAll(/(--[a-z-]+): (#[0-9a-f]{6});/g)) {
    if (byValue.has(value)) throw new Error(`${name} and ${byValue.get(value)} have the same light value ${value}`);
    byValue.set(value, name);
  }
  return byValue;
}

// nhsuk-frontend's rules are made from fixed colours; ours change in the dark. Every colour that is one of ours becomes its token.
function withTokens(css, byValue) {
  return css
    .replace(/#[0-9a-f]{6}\b/gi, (colour) => (byValue.has(colour.toLowerCase()) ? `var(${byValue.get(colour.toLowerCase())})` : colour))
    .replace(/rgba\(250, 248, 243, [^)]*\)|rgb\(243 239 229 \/ [^)]*\)/g, "var(--hover)");
}

// The letters of English, and apart from them those that Welsh, Polish and others add: fetched only by a page that has some.
const alphabets = {
  latin: "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD",
  "latin-ext": "U+0100-0130,U+0132-0151,U+0154-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+1E00-1E9F,U+1EF2-1EFF,U+2C60-2C7F",
};
const weights = [400, 700];

function fontFaces() {
  let css = "";
  for (const [alphabet, range] of Object.entries(alphabets))
    for (const weight of weights)
      css += `@font-face{font-family:"Atkinson Hyperlegible Next";font-style:normal;font-weight:${weight};font-display:swap;` +
        `src:url("atkinson-${alphabet}-${weight}.woff2") format("woff2");unicode-range:${range}}`;
  return css;
}

function copyFonts() {
  for (const alphabet of Object.keys(alphabets))
    for (const weight of weights)
      put(
        `atkinson-${alphabet}-${weight}.woff2`,
        readFileSync(at("node_modules", fonts, "files", `atkinson-hyperlegible-next-${alphabet}-${weight}-normal.woff2`)),
      );
}

function styleSheet() {
  const byValue = tokens(readFileSync(at("static", "_tokens.scss"), "utf8"));
  const compile = (source) =>
    sass.compileString(source, { loadPaths: [at("static"), at("node_modules")], style: "expanded", quietDeps: true, logger: sass.Logger.silent }).css;
  const own = compile('@use "tokens";');
  const rules = withTokens(compile('@use "cairn";'), byValue);
  const css = transformSync(own + fontFaces() + rules, { loader: "css", minify: true, target: targets, legalComments: "none" }).code;
  refuse(css, /https?:\/\/(?!www\.w3\.org)/, "an address elsewhere");
  refuse(css, /frutiger/i, "a font only the NHS may use");
  refuse(css, /@import/, "an import");
  return css;
}

function refuse(text, pattern, what) {
  const found = text.match(pattern);
  if (found) throw new Error(`The style sheet holds ${what}: ${text.slice(Math.max(0, found.index - 80), found.index + 80)}`);
}

// What the packages ask to be handed on with their files.
function licences() {
  const text = (name, file) => `${name}\n\n${readFileSync(at("node_modules", name, file), "utf8").trim()}\n`;
  const nhsuk = readFileSync(at("node_modules", "nhsuk-frontend", "README.md"), "utf8").split("## Licence")[1].split("\n## ")[0].trim();
  return [`nhsuk-frontend\n\n${nhsuk}\n`, text("htmx.org", "LICENSE"), text(fonts, "LICENSE")].join("\n\n");
}

function main() {
  const css = styleSheet();
  put("cairn.css", css);
  const script = buildSync({
    entryPoints: [at("static", "cairn.js")],
    write: false,
    bundle: true,
    format: "esm",
    minify: true,
    target: targets,
    legalComments: "none",
    nodePaths: [at("node_modules")],
  });
  put("cairn.js", script.outputFiles[0].contents);
  put("htmx.min.js", readFileSync(at("node_modules", "htmx.org", "dist", "htmx.min.js")));
  copyFonts();
  for (const name of readdirSync(at("static")).filter((name) => name.endsWith(".svg")).sort()) put(name, readFileSync(at("static", name)));
  put("licences.txt", licences());
  sweep();
  const kilobytes = (css.length / 1024).toFixed(0);
  console.log(`Front-end files: built. cairn.css ${kilobytes} KB`);
}

main();
