/** Which part of a service is looked at: for each named characteristic, the groups that are kept. */
export type Selection = Readonly<Record<string, readonly string[]>>;
