/**
 * The editor.
 *
 * Invariant: its text is the form's text area's, so that whatever sends the form sends what is shown. Tab indents;
 * Escape and then Tab leaves, which its description says.
 */
import {
  acceptCompletion,
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentLess, indentMore, isolateHistory } from "@codemirror/commands";
import { globalCompletion, localCompletionSource, pythonLanguage } from "@codemirror/lang-python";
import {
  bracketMatching,
  HighlightStyle,
  indentOnInput,
  indentUnit,
  LanguageSupport,
  syntaxHighlighting,
} from "@codemirror/language";
import { lintGutter, lintKeymap, setDiagnostics, type Diagnostic } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState, Prec, type Extension, type Transaction } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  rectangularSelection,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { completing } from "./completion";

/** A line that something is said about; lines are counted from 1. */
export interface Mark {
  line: number;
  message: string;
}

export interface Wishes {
  /** Of the style elements that the editor makes, by which the page's policy knows them. */
  nonce: string;
  label: string;
  description: string;
  /** Names that the problem declares. */
  names: readonly string[];
  changed(source: string): void;
  run(): void;
  submit(): void;
}

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.modifier, tags.self], color: "var(--code-keyword)" },
  {
    tag: [tags.function(tags.variableName), tags.function(tags.definition(tags.variableName)), tags.className],
    color: "var(--code-name)",
  },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--code-string)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--code-number)" },
  { tag: [tags.comment, tags.meta], color: "var(--code-comment)", fontStyle: "italic" },
]);

const looks = EditorView.theme({
  "&": { height: "100%", fontSize: "var(--size-s)", backgroundColor: "var(--surface)", color: "var(--text)" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.6" },
  ".cm-content": { padding: "var(--space-3) 0", caretColor: "var(--accent)" },
  ".cm-line": { padding: "0 var(--space-3)" },
  "&.cm-focused": { outline: "none" },
  ".cm-cursor, .cm-dropCursor": { borderLeftColor: "var(--accent)", borderLeftWidth: "2px" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "var(--selection)",
  },
  ".cm-gutters": { backgroundColor: "var(--surface)", color: "var(--muted)", border: "none" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "var(--active-line)" },
  ".cm-activeLineGutter": { color: "var(--text)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--accent-soft)", outline: "1px solid var(--accent)" },
  ".cm-selectionMatch": { backgroundColor: "var(--accent-soft)" },
  ".cm-tooltip": {
    border: "1px solid var(--line)",
    borderRadius: "var(--radius)",
    backgroundColor: "var(--surface)",
    color: "var(--text)",
    boxShadow: "0 8px 24px var(--shade)",
    overflow: "hidden",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)", fontSize: "var(--size-xs)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "var(--space-1) var(--space-2)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
    backgroundColor: "var(--accent-soft)",
    color: "var(--text)",
  },
  ".cm-completionDetail": { color: "var(--muted)", fontStyle: "normal", marginLeft: "var(--space-3)" },
  ".cm-diagnostic": { padding: "var(--space-2) var(--space-3)", maxWidth: "32rem", whiteSpace: "pre-wrap" },
  ".cm-diagnostic-error": { borderLeft: "3px solid var(--bad)" },
  ".cm-panels": { backgroundColor: "var(--sunken)", color: "var(--text)" },
  ".cm-panels.cm-panels-bottom": { borderTop: "1px solid var(--line)" },
  ".cm-textfield": { backgroundColor: "var(--surface)", border: "1px solid var(--edge)", color: "var(--text)" },
  ".cm-button": { backgroundImage: "none", backgroundColor: "var(--surface)", border: "1px solid var(--edge)" },
  ".cm-searchMatch": { backgroundColor: "var(--warn-soft)", outline: "1px solid var(--warn)" },
  ".cm-specialChar": { color: "var(--bad)" },
  ".cm-wrong-line": { backgroundColor: "var(--bad-soft)" },
});

/**
 * Text in the place of a selection is put there by the editor: browsers would leave elements with styles behind, which
 * the page's policy forbids.
 */
const typing = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { main, ranges } = view.state.selection;
    const text = event.data;
    if (event.inputType !== "insertText" || text === null || event.isComposing) return false;
    if (ranges.length > 1 || (main.empty && text.length === 1)) return false;
    event.preventDefault();
    const insert = (): Transaction =>
      view.state.update(view.state.replaceSelection(text), { userEvent: "input.type", scrollIntoView: true });
    const handlers = view.state.facet(EditorView.inputHandler);
    if (!handlers.some((handle) => handle(view, main.from, main.to, text, insert))) view.dispatch(insert());
    return true;
  },
});

/**
 * Escape lets the next Tab leave, whatever else it does (the editor's own way forgets that when completions are open or on
 * their way, and after two seconds); any other key takes that back.
 */
const leaving = EditorView.domEventObservers({
  focus: (_, view) => view.setTabFocusMode(false),
  keydown: (event, view) => {
    if (event.key === "Escape") view.setTabFocusMode(true);
    else if (event.key !== "Tab" && event.key !== "Shift") view.setTabFocusMode(false);
  },
});

function moves(wishes: Wishes): Extension {
  const does = (action: () => void) => () => (action(), true);
  return [
    Prec.highest(
      keymap.of([
        { key: "Mod-Shift-Enter", run: does(wishes.submit) },
        { key: "Mod-Enter", run: does(wishes.run) },
      ]),
    ),
    keymap.of([
      { key: "Tab", run: acceptCompletion },
      { key: "Tab", run: indentMore, shift: indentLess },
      ...closeBracketsKeymap,
      ...defaultKeymap,
      ...historyKeymap,
      ...searchKeymap,
      ...completionKeymap,
      ...lintKeymap,
    ]),
  ];
}

/** The editor of a page, in the place of its text area. */
export class Editor {
  readonly view: EditorView;

  constructor(parent: HTMLElement, area: HTMLTextAreaElement, wishes: Wishes) {
    const told = EditorView.updateListener.of((update) => {
      if (!update.docChanged) return;
      area.value = this.source;
      wishes.changed(area.value);
    });
    this.view = new EditorView({
      parent,
      state: EditorState.create({
        doc: area.value,
        extensions: [
          EditorView.cspNonce.of(wishes.nonce),
          lineNumbers(),
          lintGutter(),
          highlightSpecialChars(),
          history(),
          drawSelection(),
          rectangularSelection(),
          indentUnit.of("    "),
          EditorState.tabSize.of(4),
          indentOnInput(),
          bracketMatching(),
          closeBrackets(),
          highlightActiveLine(),
          highlightActiveLineGutter(),
          highlightSelectionMatches(),
          search(),
          new LanguageSupport(pythonLanguage, [
            pythonLanguage.data.of({ autocomplete: completing(wishes.names) }),
            pythonLanguage.data.of({ autocomplete: localCompletionSource }),
            pythonLanguage.data.of({ autocomplete: globalCompletion }),
          ]),
          autocompletion({ icons: false }),
          syntaxHighlighting(colours),
          looks,
          EditorView.contentAttributes.of({
            "aria-label": wishes.label,
            "aria-description": wishes.description,
            tabindex: "0",
          }),
          typing,
          moves(wishes),
          leaving,
          told,
        ],
      }),
    });
  }

  get source(): string {
    return this.view.state.doc.toString();
  }

  /** Show another text; undoing brings the one before back. */
  replace(source: string): void {
    if (source === this.source) return;
    this.view.dispatch({
      changes: { from: 0, to: this.view.state.doc.length, insert: source },
      annotations: isolateHistory.of("full"),
    });
  }

  /** Mark the lines that a report is about, and no others. */
  mark(marks: readonly Mark[]): void {
    const { doc } = this.view.state;
    const diagnostics: Diagnostic[] = marks
      .filter(({ line }) => line >= 1 && line <= doc.lines)
      .map(({ line, message }) => {
        const { from, to, text } = doc.line(line);
        return { from: from + (text.length - text.trimStart().length), to, severity: "error", message };
      });
    this.view.dispatch(setDiagnostics(this.view.state, diagnostics));
  }

  /** Go to a line. */
  goTo(line: number): void {
    const { doc } = this.view.state;
    const { from } = doc.line(Math.min(Math.max(line, 1), doc.lines));
    this.view.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: "center" }) });
    this.view.focus();
  }
}
