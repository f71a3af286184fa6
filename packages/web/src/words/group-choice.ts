import type { Characteristic, Cut } from "@taproot/model";

/** Every known group as a choice, its value "characteristic=group". */
export function groupOptions(
  characteristics: readonly Characteristic[],
): readonly { readonly value: string; readonly text: string }[] {
  return characteristics
    .filter((one) => one.about !== "time")
    .flatMap(({ name, label, groups }) =>
      groups
        .filter((group) => !group.unknown)
        .map((group) => ({
          value: `${name}=${group.name}`,
          text: `${label}: ${group.name}`,
        })),
    );
}

/** The cut that choices name; what the data do not have is left out. */
export function cutFrom(
  values: readonly string[],
  characteristics: readonly Characteristic[],
): Cut {
  const cut: Record<string, string> = {};
  for (const value of values)
    for (const { name, groups } of characteristics)
      if (value.startsWith(`${name}=`)) {
        const group = groups.find((one) => one.name === value.slice(name.length + 1));
        if (group) cut[name] = group.name;
      }
  return cut;
}

/** A cut as choices, in one order. */
export function cutValues(cut: Cut): readonly string[] {
  return Object.entries(cut).map(([name, group]) => `${name}=${group}`);
}
