declare module 'virtual:typings' {
  /** Path in the compiler's file system → text (`scripts/vendor/typings.ts`). */
  const files: Record<string, string>;
  export default files;
}
