export { type MeasureIO, measureCommand } from "./measure-command.ts";
