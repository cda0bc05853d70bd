/** A fault put into the source on purpose, and the tests that have to notice it. */
export interface Mutation {
  name: string;
  file: string;
  /** Occurs exactly once in the file. */
  search: string;
  replace: string;
  test: string;
  /** Part of the names of the tests to run; without it the whole file. */
  only?: string;
}
