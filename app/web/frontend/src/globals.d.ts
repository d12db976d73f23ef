/** The file of KaTeX's style sheet, beside the scripts; the build knows its name. */
declare const MATH_STYLE: string;

/** Messages that scripts show, in Fluent's syntax; the build leaves out all others. */
declare module "*.ftl" {
  const text: string;
  export default text;
}
