// Leaves out of the library's style sheet what no page of ours can use: a page waits for all of it before it shows.
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { PurgeCSS } from "purgecss";

/** Folders with what can put a class on a page; mails and documents have styles of their own. */
const places = [
  { folder: "templates", end: ".html", without: /^templates\/(mail|documents)\// },
  { folder: "crates/pages/src", end: ".rs" },
  { folder: "crates/web/assets/src", end: ".js" },
];

/** What every document has, whether or not a template names it; the last two are what the library asks not to be there. */
const always = ["html", "body", "root", "data-focus-mouse", "true"];

async function sources({ folder, end, without }, root) {
  const found = [];
  for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) found.push(...(await sources({ folder: path, end, without }, root)));
    else if (path.endsWith(end) && !without?.test(path)) found.push(await readFile(join(root, path), "utf8"));
  }
  return found;
}

const words = (text) => text.match(/[A-Za-z][\w-]*/g) ?? [];

/**
 * Every word that may be a class, a tag or an attribute of a page: all of the templates and scripts, the quoted ones
 * of the code, and where a template puts a class together (`alert-{{ tone }}`), its beginning with every word at all.
 */
export async function usedWords(root) {
  const [templates, code, scripts] = await Promise.all(places.map((place) => sources(place, root)));
  const used = new Set(always);
  for (const text of [...templates, ...scripts]) words(text).forEach((word) => used.add(word));
  for (const text of code) (text.match(/"[a-z][\w -]*"/g) ?? []).flatMap(words).forEach((word) => used.add(word));
  const endings = new Set(used);
  // Variants of an enum are written in lower case on pages.
  for (const text of code) words(text).forEach((word) => endings.add(word.toLowerCase()));
  for (const [, beginning] of templates.join("\n").matchAll(/([a-z][\w-]*-)\{\{/g)) {
    endings.forEach((ending) => used.add(beginning + ending));
  }
  return [...used];
}

/** The sheet without the rules and movements that need a word which nothing uses. */
export async function withoutUnused(css, used) {
  // A rule for a state of anything (`:focus`) names nothing that could be looked for: `*` says the same.
  const named = css.replace(/(^|[{},])(\s*)(?=::?(?!root\b)[a-z-])/g, "$1$2*");
  const [result] = await new PurgeCSS().purge({
    content: [{ raw: used.join(" "), extension: "txt" }],
    css: [{ raw: named }],
    defaultExtractor: (text) => text.split(" "),
    keyframes: true,
  });
  return result.css;
}
