import { performance } from "node:perf_hooks";
import { openDuckDb } from "@taproot/engine-duckdb";
import { createServer } from "@taproot/web";

// A process of its own: the workbench comes up over a stored dataset, What we found is asked for once cold, then with one
// filter after another, at once or after so many seconds of reading ("+5"). Sends back how long each answer took.

const [workspace, ...paths] = process.argv.slice(2);
if (workspace === undefined) throw new Error("Give the workspace and the addresses.");
const never = () => Promise.reject(new Error("nothing is opened here"));
const server = await createServer({
  workspace,
  intake: { inspect: never, load: never, loadDemo: never },
  openEngine: openDuckDb,
  placesHome: workspace,
});
const opened = await fetch(server.url, { redirect: "manual" });
const cookie = opened.headers
  .getSetCookie()
  .map((one) => one.split(";")[0])
  .join("; ");
const answers: { readonly path: string; readonly milliseconds: number }[] = [];
for (const path of paths) {
  if (path.startsWith("+")) {
    await new Promise((resolve) => setTimeout(resolve, Number(path) * 1000));
    continue;
  }
  const started = performance.now();
  const answer = await fetch(`http://127.0.0.1:${server.port}${path}`, { headers: { cookie } });
  const text = await answer.text();
  const milliseconds = performance.now() - started;
  if (answer.status !== 200 || !text.includes("What we found"))
    throw new Error(`${path} answered ${answer.status}`);
  answers.push({ path, milliseconds });
}
await server.close();
process.send?.(answers);
if (!process.send) console.log(answers);
