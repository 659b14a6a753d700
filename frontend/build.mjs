// Builds kg/page/assets and kg/serve/assets from src. `node build.mjs` rewrites them; CI runs it and asks git whether anything changed.
import { build } from "esbuild";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { gunzipSync, gzipSync } from "node:zlib";

const OUT = new URL("../kg/page/assets/", import.meta.url);
const SERVED = new URL("../kg/serve/assets/", import.meta.url);
for (const folder of [OUT, SERVED]) mkdirSync(folder, { recursive: true });

const common = { bundle: true, minify: true, target: "es2022", format: "iife", charset: "ascii", legalComments: "none", write: false };
const banner = {
  js: "/* newskg, Apache-2.0. Contains vis-network 10 (Apache-2.0 OR MIT), CodeMirror 6 (MIT), oxigraph (MIT OR Apache-2.0). */",
};

async function bundle(entry, options = {}) {
  const result = await build({ ...common, entryPoints: [new URL(`src/${entry}`, import.meta.url).pathname], ...options });
  return result.outputFiles[0].contents;
}

// A gzip's bytes depend on the zlib that made it: an asset whose content is the same is left alone.
function packed(name, contents) {
  const path = new URL(`${name}.gz`, OUT);
  if (existsSync(path) && gunzipSync(readFileSync(path)).equals(Buffer.from(contents))) return;
  writeFileSync(path, gzipSync(contents, { level: 9 }));
}

function script(name, contents, folder = OUT) {
  const text = Buffer.from(contents).toString("utf8").replace(/\r\n?/g, "\n");
  if (/<\/script|<!--/i.test(text)) throw new Error(`${name} could end its own element`);
  writeFileSync(new URL(name, folder), text);
}

script("app.js", await bundle("main.ts", { banner }));
script("editor.js", await bundle("editor.ts"));
writeFileSync(new URL("app.css", OUT), await bundle("style.css"));
packed("worker.js", await bundle("worker.ts", { define: { "import.meta.url": '""' } }));
packed("oxigraph.wasm", readFileSync(new URL("node_modules/oxigraph/web_bg.wasm", import.meta.url)));

// The query page of `kg serve`.
script("query.js", await bundle("query.ts", { banner: { js: "/* newskg, Apache-2.0. Contains CodeMirror 6 (MIT). */" } }), SERVED);
writeFileSync(new URL("query.css", SERVED), await bundle("query.css"));
