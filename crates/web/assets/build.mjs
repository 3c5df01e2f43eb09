// Turns the fetched packages and our own sources into the files that the binaries embed.
// Usage: node build.mjs <folder>. Called by `cargo xtask assets`, which first runs `npm ci` here.
import { createHash } from "node:crypto";
import { cp, mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build, transform } from "esbuild";
import rtlcss from "rtlcss";
import subsetFont from "subset-font";
import { usedWords, withoutUnused } from "./subset.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2];
const require = createRequire(import.meta.url);
const packageFile = (name) => join(here, "node_modules", name);
const italia = (name) => packageFile(`bootstrap-italia/dist/${name}`);
// Phones of about 2020: naming old Safaris for scripts too would refuse code that they do run.
const cssTarget = ["chrome80", "firefox78", "safari13"];
const scriptTarget = "es2019";

const contentTypes = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".woff2": "font/woff2",
};

/** Logical name of each published file, with the name that its content gave it. */
const published = new Map();

/** Writes a file under a name that changes with its content, and its compressed variants where they pay. */
async function publish(logical, content) {
  const bytes = Buffer.from(content);
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 16);
  const end = extname(logical);
  const file = `${logical.slice(0, -end.length).replaceAll("/", "-")}.${hash}${end}`;
  await writeFile(join(out, "web", file), bytes);
  if (end !== ".woff2") {
    const size = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    await writeFile(join(out, "web", `${file}.br`), brotliCompressSync(bytes, { params: size }));
    await writeFile(join(out, "web", `${file}.gz`), gzipSync(bytes, { level: 9 }));
  }
  published.set(logical, { file, content_type: contentTypes[end], etag: hash });
}

/** Points every `url("name")` of our style sheets at the hashed file; an unknown name is a mistake. */
function resolveUrls(css) {
  return css.replace(/url\("?(?!data:)([^")]+)"?\)/g, (_, name) => {
    const found = published.get(name);
    if (!found) throw new Error(`style sheet refers to ${name}, which is not published`);
    return `url("${found.file}")`;
  });
}

async function minifiedCss(text) {
  const result = await transform(text, { loader: "css", minify: true, target: cssTarget });
  return result.code;
}

async function bundledScript(entry) {
  const result = await build({
    entryPoints: [join(here, "src", entry)],
    bundle: true,
    minify: true,
    format: "iife",
    target: scriptTarget,
    legalComments: "eof",
    nodePaths: [join(here, "node_modules")],
    write: false,
  });
  return result.outputFiles[0].text;
}

/** The web fonts named in fonts.css: logical name → file of the package. */
const webFonts = {
  "fonts/titillium-web-400.woff2": "Titillium_Web/titillium-web-v10-latin-ext_latin-regular.woff2",
  "fonts/titillium-web-400-italic.woff2": "Titillium_Web/titillium-web-v10-latin-ext_latin-italic.woff2",
  "fonts/titillium-web-600.woff2": "Titillium_Web/titillium-web-v10-latin-ext_latin-600.woff2",
  "fonts/titillium-web-700.woff2": "Titillium_Web/titillium-web-v10-latin-ext_latin-700.woff2",
  "fonts/lora-400.woff2": "Lora/lora-v20-latin-ext_latin-regular.woff2",
  "fonts/roboto-mono-400.woff2": "Roboto_Mono/roboto-mono-v13-latin-ext_latin-regular.woff2",
};

/** Fonts of the PDFs: package and style, one file each; of a large one only some characters. */
const documentFonts = [
  ["titillium-web", "400Regular/TitilliumWeb_400Regular.ttf"],
  ["titillium-web", "400Regular_Italic/TitilliumWeb_400Regular_Italic.ttf"],
  ["titillium-web", "600SemiBold/TitilliumWeb_600SemiBold.ttf"],
  ["titillium-web", "700Bold/TitilliumWeb_700Bold.ttf"],
  ["noto-sans", "400Regular/NotoSans_400Regular.ttf"],
  ["noto-sans", "400Regular_Italic/NotoSans_400Regular_Italic.ttf"],
  ["noto-sans", "700Bold/NotoSans_700Bold.ttf"],
  ["noto-sans-arabic", "400Regular/NotoSansArabic_400Regular.ttf"],
  ["noto-sans-arabic", "700Bold/NotoSansArabic_700Bold.ttf"],
  ["noto-sans-sc", "400Regular/NotoSansSC_400Regular.ttf", simplifiedChinese],
  ["noto-sans-sc", "700Bold/NotoSansSC_700Bold.ttf", simplifiedChinese],
  ["roboto-mono", "500Medium/RobotoMono_500Medium.ttf"],
];

/** The characters of GB 2312, the standard's two levels with its signs, and nothing that the other fonts have. */
function simplifiedChinese() {
  const decoder = new TextDecoder("gb18030");
  let characters = "";
  for (let row = 0xa1; row <= 0xf7; row += 1) {
    for (let cell = 0xa1; cell <= 0xfe; cell += 1) {
      const character = decoder.decode(Uint8Array.of(row, cell));
      if (/^[\p{sc=Han}\p{P}\u3000-\u303f\uff00-\uffef]$/u.test(character)) characters += character;
    }
  }
  return characters;
}

/** Our style sheets and the files that each consists of, in this order. */
const ownSheets = {
  "fonts.css": ["fonts.css"],
  "site.css": ["site.css", "site/doors.css", "site/forms.css", "site/app.css", "site/widths.css"],
};

async function styles() {
  // Its only font is the video player's, inside the sheet: no page uses it and the policy refuses it.
  const library = (await readFile(italia("css/bootstrap-italia.min.css"), "utf8"))
    .replace(/\/\*# sourceMappingURL=.*?\*\//, "")
    .replace(/@font-face\s*\{font-family:VideoJS[^}]*\}/, "");
  // Beside the published files: tests hold the lean sheets against it.
  await writeFile(join(out, "bootstrap-italia.whole.css"), library);
  const lean = await withoutUnused(library, await usedWords(join(here, "../../..")));
  await publish("bootstrap-italia.css", await minifiedCss(lean));
  await publish("bootstrap-italia.rtl.css", await minifiedCss(rtlcss.process(lean)));
  for (const [name, files] of Object.entries(ownSheets)) {
    const parts = await Promise.all(files.map((file) => readFile(join(here, "src", file), "utf8")));
    await publish(name, await minifiedCss(resolveUrls(parts.join("\n"))));
  }
}

async function licences() {
  const texts = [
    ["Bootstrap Italia", packageFile("bootstrap-italia/LICENSE")],
    ["Titillium Web", italia("fonts/Titillium_Web/OFL.txt")],
    ["Lora", italia("fonts/Lora/OFL.txt")],
    ["Roboto Mono", italia("fonts/Roboto_Mono/LICENSE.txt")],
    ["Noto Sans", packageFile("@expo-google-fonts/noto-sans/LICENSE_FONT")],
    ["Noto Sans Arabic", packageFile("@expo-google-fonts/noto-sans-arabic/LICENSE_FONT")],
    ["Noto Sans SC", packageFile("@expo-google-fonts/noto-sans-sc/LICENSE_FONT")],
    ["Roboto Mono in documents", packageFile("@expo-google-fonts/roboto-mono/LICENSE_FONT")],
  ];
  const parts = await Promise.all(
    texts.map(async ([name, file]) => `==== ${name} ====\n\n${await readFile(file, "utf8")}`),
  );
  await publish("third-party-licences.txt", parts.join("\n\n"));
}

await mkdir(join(out, "web"), { recursive: true });
await mkdir(join(out, "fonts-pdf"), { recursive: true });
for (const [logical, file] of Object.entries(webFonts)) {
  await publish(logical, await readFile(italia(`fonts/${file}`)));
}
await publish("sprites.svg", await readFile(italia("svg/sprites.svg")));
await publish("eu.svg", await readFile(join(here, "src", "eu.svg")));
await styles();
await publish("site.js", await bundledScript("site.js"));
await publish("worker.js", await bundledScript("worker.js"));
await licences();
for (const [family, file, characters] of documentFonts) {
  const name = file.slice(file.lastIndexOf("/") + 1);
  const [from, to] = [packageFile(`@expo-google-fonts/${family}/${file}`), join(out, "fonts-pdf", name)];
  if (characters) {
    const options = { targetFormat: "truetype" };
    await writeFile(to, await subsetFont(await readFile(from), characters(), options));
  } else {
    await cp(from, to);
  }
}
await cp(require.resolve("axe-core/axe.min.js"), join(out, "axe.min.js"));
await cp(require.resolve("html_codesniffer/build/HTMLCS.js"), join(out, "htmlcs.js"));

const files = [...published].map(([logical, entry]) => ({ logical, ...entry }));
await writeFile(join(out, "manifest.json"), `${JSON.stringify({ files }, null, 2)}\n`);
const count = (await readdir(join(out, "web"))).length;
console.log(`${files.length} files, ${count} with their compressed variants`);
