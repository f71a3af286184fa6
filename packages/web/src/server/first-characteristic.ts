import type { LoadedData } from "./loaded-data.ts";

/** What people are compared by before anything is chosen. */
export function firstCharacteristic({
  about: { characteristics },
}: LoadedData): string | undefined {
  const first =
    characteristics.find((one) => one.about === "person") ??
    characteristics.find((one) => one.about !== "time") ??
    characteristics[0];
  return first?.name;
}
