import { createServer } from "./src/index.ts";
import { madeUpWorkspace } from "./test/made-up-service.ts";

const s = await createServer({
  workspace: await madeUpWorkspace(),
  port: 4455,
  intake: {
    inspect: async () => ({ kind: "records", remembered: false, columns: [] }),
    load: async () => {},
    loadDemo: async () => {},
  },
});
console.log(s.url);
