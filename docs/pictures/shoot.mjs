// Takes a picture of a Slack message, or of an element on a page:
//   node shoot.mjs PAYLOAD.json PICTURE.png
//   node shoot.mjs ADDRESS PICTURE.png SELECTOR
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { chromium } from "playwright-core";

const TIME = "2026-01-01T09:00:00";
const STYLE = `
  body { margin: 0; background: #fff; }
  #message { padding: 12px 16px; }
  #message *:not(code):not(pre) { font-family: Lato, sans-serif !important; }
  [data-workbench] { display: none !important; }
  #focused-content { padding-block: 12px !important; }`;

async function bundled() {
  const built = await build({
    absWorkingDir: import.meta.dirname,
    entryPoints: ["page.jsx"],
    outdir: "unused",
    bundle: true,
    write: false,
    jsx: "automatic",
    minify: true,
    define: { "process.env.NODE_ENV": '"production"' },
    loader: { ".woff": "dataurl", ".woff2": "dataurl" },
  });
  return Object.fromEntries(built.outputFiles.map((file) => [file.path.split(".").at(-1), file.text]));
}

async function drawSlack(page, file) {
  const { js, css } = await bundled();
  await page.setContent('<!doctype html><meta charset="utf-8"><div id="message"></div>');
  await page.addStyleTag({ content: css });
  await page.addScriptTag({ content: js });
  const { blocks } = JSON.parse(await readFile(file, "utf8"));
  await page.evaluate(([blocks, time]) => window.draw(blocks, time), [blocks, TIME]);
  return "#message";
}

const [source, picture, selector] = process.argv.slice(2);
const profile = await mkdtemp(join(tmpdir(), "pictures-"));
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-first-run", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
  bypassCSP: true, // or no style may be added
  viewport: { width: 624, height: 1200 },
});
try {
  const page = await browser.newPage();
  if (selector) await page.goto(source);
  const shown = page.locator(selector ?? (await drawSlack(page, source)));
  await shown.locator("button, [role=button]").first().waitFor();
  await page.addStyleTag({ content: STYLE });
  await page.evaluate(() => document.fonts.ready);
  await shown.screenshot({ path: picture, animations: "disabled" });
} finally {
  await browser.close();
  await rm(profile, { recursive: true, force: true });
}
