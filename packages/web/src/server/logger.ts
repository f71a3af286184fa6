/** Where the workbench writes what its owner should know. Never a person's values. */
export interface Logger {
  error(message: string): void;
}
