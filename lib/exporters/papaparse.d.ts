/**
 * The part of papaparse that we use. @types/papaparse would bring Node's globals into the pure folders
 * (its first line references them), and so switch off the guard of lib/tsconfig.pure.json.
 */
declare module 'papaparse' {
  type Cell = string | number | boolean | null;

  const Papa: {
    unparse(
      rows: readonly (readonly Cell[])[],
      options: { readonly delimiter: string; readonly newline: string; readonly header: boolean },
    ): string;
    parse(
      text: string,
      options?: { readonly delimiter?: string; readonly header?: false; readonly skipEmptyLines?: boolean },
    ): { readonly data: readonly (readonly string[])[]; readonly errors: readonly { readonly message: string }[] };
    /** The parser below all others: with `ignoreLastRow` it leaves a last row alone that may go on. */
    Parser: new (options: {
      readonly delimiter: string;
      readonly newline: string;
      readonly preview?: number;
    }) => {
      parse(
        text: string,
        baseIndex: number,
        ignoreLastRow: boolean,
      ): {
        readonly data: readonly (readonly string[])[];
        readonly errors: readonly { readonly code: string }[];
        /** Behind the last row that was read. */
        readonly meta: { readonly cursor: number };
      };
    };
  };
  export default Papa;
}
