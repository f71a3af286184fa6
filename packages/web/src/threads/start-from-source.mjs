// A thread of its own does not know how the sources are read: it is told first.
import { register } from "tsx/esm/api";

register();
await import("./second-thread-work.ts");
