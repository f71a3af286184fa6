/** Something about a mapping that must be put right before it can be loaded. */
export interface MappingProblem {
  readonly text: string;
  /** Where on the page. */
  readonly href: string;
}
