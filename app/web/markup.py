"""Statements, hints and solutions, from Markdown to HTML.

Invariant: no HTML of an author's gets into a page, and what comes out is cleaned once more by an allow-list; code is
highlighted here. Formulas stay TeX, in elements of the class ``math``, for a script to set.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from html import escape
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from markupsafe import Markup
from mdit_py_plugins.dollarmath import dollarmath_plugin
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

from app.web.text import visible

_TAGS = {
    *("p", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "pre", "code", "em", "strong", "a", "br", "hr", "s"),
    *("table", "thead", "tbody", "tr", "th", "td", "span", "div"),
}
_ATTRIBUTES = {
    "a": {"href", "title"},
    "span": {"class"},
    "div": {"class", "data-language"},
    "ol": {"start"},
    "pre": {"tabindex"},
}
_FORMATTER = HtmlFormatter(nowrap=True)
#: Rendered texts that are kept: a course is read by many.
_KEPT = 512


@lru_cache(maxsize=_KEPT)
def render(source: str) -> Markup:
    """What Markdown says, as HTML that can stand in a page."""
    made = nh3.clean(
        _markdown().render(visible(source)),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"https", "http", "mailto"},
        link_rel="noopener noreferrer",
    )
    return Markup(made)  # noqa: S704 - it was cleaned the line before


@lru_cache(maxsize=_KEPT)
def code(source: str, language: str = "python") -> Markup:
    """Source code, highlighted, as a block."""
    return Markup(_block(visible(source), language))  # noqa: S704 - the highlighter escapes what it is given


def _block(source: str, language: str) -> str:
    try:
        inner = highlight(source, get_lexer_by_name(language or "text", stripnl=False), _FORMATTER)
    except ClassNotFound:
        inner = escape(source)
    # Focusable, so that a long line can be scrolled by keyboard.
    return f'<div class="code" data-language="{escape(language)}"><pre tabindex="0"><code>{inner}</code></pre></div>\n'


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": False, "linkify": False, "typographer": False})
    made.enable(["table", "strikethrough"]).disable("image")
    made.use(dollarmath_plugin, allow_labels=False, double_inline=False)
    made.add_render_rule("fence", _fence)
    made.add_render_rule("code_block", _fence)
    made.add_render_rule("math_inline", _math)
    made.add_render_rule("math_block", _math)
    made.add_render_rule("heading_open", _heading)
    made.add_render_rule("heading_close", _heading)
    return made


def _fence(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: Mapping[str, Any]
) -> str:
    del renderer, options, env
    token = tokens[index]
    words = token.info.split()
    return _block(token.content, words[0] if words else "")


def _math(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: Mapping[str, Any]
) -> str:
    del renderer, options, env
    token = tokens[index]
    name = "div" if token.type == "math_block" else "span"
    return f'<{name} class="math">{escape(token.content.strip())}</{name}>'


def _heading(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: Mapping[str, Any]
) -> str:
    """Headings are parts of a page that has a title already, and no deeper than three."""
    del renderer, options, env
    token = tokens[index]
    level = min(max(int(token.tag[1]), 2), 4)
    return f"<h{level}>" if token.nesting == 1 else f"</h{level}>\n"
