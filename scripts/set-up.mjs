// Makes a fresh clone ready: the packages that package-lock.json names and, with --browser, a Chromium for the
// browser tests. Plain Node, because nothing is installed yet when it runs. A second run does nothing.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const stamp = join(root, "node_modules", ".taproot-set-up");

function run(command, args, options = {}) {
  const done = spawnSync(command, args, {
    cwd: root,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
    ...options,
  });
  return done.status === 0;
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19))
    fail(
      `Taproot needs Node 20.19 or later; this is Node ${process.versions.node}. Install a newer Node from nodejs.org and try again.`,
    );
}

function installPackages() {
  const lock = readFileSync(join(root, "package-lock.json"), "utf8");
  const wanted = `${lock.length}:${hash(lock)}:${process.versions.modules}`;
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  console.error("Installing what package-lock.json names (once; about half a minute)…");
  // npm start and npm test are npm's own children: its settings for that run must not leak into the install.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_(package|lifecycle|command)/.test(name)),
  );
  if (!run("npm", ["ci", "--no-fund", "--no-audit"], { env }))
    fail("npm ci did not finish. Check the network and run the same command again.");
  writeFileSync(stamp, wanted);
}

function hash(text) {
  let h = 0;
  for (let i = 0; i < text.length; i++) h = (Math.imul(h, 31) + text.charCodeAt(i)) | 0;
  return h >>> 0;
}

const systemBrowsers = [
  process.env.TAPROOT_CHROMIUM,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

async function installBrowser() {
  const isFile = (path) => path && existsSync(path) && statSync(path).isFile();
  if (systemBrowsers.some(isFile)) return;
  const { chromium } = await import("playwright-core");
  if (isFile(chromium.executablePath())) return;
  console.error("Installing Chromium for the browser tests (once)…");
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    const quiet = { env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } };
    run("apt-get", ["update", "-q"], quiet);
    if (
      run("apt-get", ["install", "-y", "-q", "--no-install-recommends", "chromium"], quiet) &&
      systemBrowsers.some(isFile)
    )
      return;
  }
  if (
    run(process.execPath, [
      join(root, "node_modules/playwright-core/cli.js"),
      "install",
      "chromium",
    ])
  )
    return;
  fail(
    "No Chromium for the browser tests. Install Chromium or Chrome, or name one in TAPROOT_CHROMIUM, and run npm test again.",
  );
}

checkNode();
installPackages();
if (process.argv.includes("--browser")) await installBrowser();
