/** What a vocabulary makes of a value: a group, not known, or a value that it does not know. */
export type Coded = { readonly group: string | null } | undefined;

/** Reads the codes and words of one characteristic. */
export interface Vocabulary {
  /** The group that a value means; null where the value says "not known"; undefined for an unknown value. */
  readonly read: (text: string) => Coded;
  /** The commonest codes and words, as they are written in files: looked up first, without reading. */
  readonly words: readonly string[];
  /** True when a value that is not known is kept as it is, because the list can never be complete. */
  readonly open: boolean;
}
