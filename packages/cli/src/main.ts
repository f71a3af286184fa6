import * as awareness from "@taproot/awareness";

console.log(Object.keys(awareness));
