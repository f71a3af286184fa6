import { describeEngine } from "../../engine/test/engine-contract.ts";
import { openDuckDb } from "../src/index.ts";

describeEngine("DuckDB", openDuckDb);
