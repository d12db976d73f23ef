"""Sources that cannot be judged: each gets a message that says where and what to do, and none takes the judge down."""

from __future__ import annotations

import subprocess
import sys
import warnings

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.judge.source import MAX_BYTES, Source, SourceProblem, check_source


def problem(raw: bytes | str) -> SourceProblem:
    found = check_source(raw.encode() if isinstance(raw, str) else raw)
    assert isinstance(found, SourceProblem), found
    assert found.verdict == "compile_error"
    return found


def test_a_good_source_comes_back_as_text_and_tree() -> None:
    """A readable source was refused or altered."""
    found = check_source(b"def f(x):\r\n    return x\r\n")
    assert isinstance(found, Source)
    assert found.text == "def f(x):\r\n    return x\r\n"
    assert found.line(2) == "return x"
    assert (found.line(0), found.line(9)) == ("", "")


def test_a_byte_order_mark_is_accepted() -> None:
    """A file that an editor saved with a byte order mark was refused, or kept the mark in its text."""
    found = check_source(b"\xef\xbb\xbfx = 1\n")
    assert isinstance(found, Source)
    assert found.text == "x = 1\n"


def test_bytes_that_are_not_utf8_are_told_by_offset() -> None:
    """A file in another encoding crashed the reader or was not told where it goes wrong."""
    found = problem(b"x = 1\ny = '\xe9'\n")
    assert (found.line, found.column) == (2, 6)
    assert "byte 11 (0xe9)" in found.message
    assert "UTF-8" in found.message


@pytest.mark.parametrize("raw", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", b"\x0c\n"])
def test_an_empty_source_is_told(raw: bytes) -> None:
    """An empty file got an obscure message."""
    assert "empty" in problem(raw).message


def test_a_source_of_comments_is_told() -> None:
    """A file whose code is all commented out got an obscure message."""
    assert "only comments" in problem("# def f(x):\n#     return x\n").message


def test_the_size_limit_is_exact() -> None:
    """A source of just the limit was refused, or one byte more was read."""
    assert isinstance(check_source(b"x = 1\n" + b"#" * (MAX_BYTES - 6)), Source)
    assert "262,145 bytes; at most 262,144" in problem(b"#" * (MAX_BYTES + 1)).message


def test_nul_bytes_are_told_with_their_place() -> None:
    """A NUL byte raised ValueError in the parser."""
    found = problem("x = 1\ny\0 = 2\n")
    assert (found.line, found.column) == (2, 2)
    assert "NUL" in found.message


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("def f(x)\n    return x\n", 1, 9, "expected ':'"),
        ("x = (1,\n", 1, 5, "'(' was never closed"),
        ("def f(x):\nreturn x\n", 2, 1, "expected an indented block"),
        ("x = 1\n y = 2\n", 2, 1, "unexpected indent"),
        ("é = 1\néé = §\n", 2, 6, "invalid character '§'"),
        ("if True:\n\tx = 1\n        y = 2\n", 3, 0, "inconsistent use of tabs"),
    ],
)
def test_syntax_errors_have_line_and_column(text: str, line: int, column: int, words: str) -> None:
    """A syntax error does not say where it is, what it is and in which code."""
    found = problem(text)
    assert found.line == line
    assert not column or found.column == column
    assert words in found.message
    assert f"`{text.splitlines()[line - 1].strip()}`" in found.message


def test_syntax_errors_quote_no_escape_sequences() -> None:
    """A syntax error's quotation carried a terminal escape or a long line into the message."""
    found = problem("x = '\x1b[31m' +\n")
    assert "\x1b" not in found.message
    assert len(problem("x = " + "a" * 5000 + " b\n").message) < 400


@pytest.mark.parametrize(
    "line", ["# coding: latin-1", "#!/usr/bin/python\n# -*- coding: cp1252 -*-", "# vim: fileencoding=x"]
)
def test_other_encodings_are_refused(line: str) -> None:
    """A coding line other than UTF-8 was ignored, so that the text means something else elsewhere."""
    assert "UTF-8" in problem(f"{line}\nx = 1\n").message


@pytest.mark.parametrize(
    "line",
    [
        "# coding: utf-8",
        "# -*- coding: UTF_8 -*-",
        "#\n# coding=utf8",
        "x = 1\n# coding: latin-1",
        "\n\n# coding: latin-1",
    ],
)
def test_utf8_coding_lines_are_fine(line: str) -> None:
    """A coding line that says UTF-8, or that Python does not look at, was refused."""
    assert isinstance(check_source(f"{line}\nx = 1\n".encode()), Source)


@pytest.mark.parametrize("code", [0x202E, 0x2066, 0x200F, 0x061C])
def test_bidirectional_controls_are_refused(code: int) -> None:
    """Code that reads otherwise than it runs was accepted, or its place was not told."""
    found = problem(f"x = 1\naccess = '{chr(code)}'\n")
    assert (found.line, found.column) == (2, 11)
    assert f"U+{code:04X}" in found.message
    assert chr(code) not in found.message


DEEP = {
    "parentheses": "'(' * 100_000 + ')' * 100_000",
    "brackets": "'[' * 100_000",
    "minus": "'-' * 200_000 + '1'",
    "not": "'not ' * 60_000 + '1'",
    "sum": "'1' + '+1' * 100_000",
    "power": "'1' + '**1' * 80_000",
    "attributes": "'a' + '.b' * 100_000",
    "lambda": "'lambda:' * 35_000 + '1'",
    "else-if": "'if 1:\\n pass\\n' + 'elif 1:\\n pass\\n' * 14_000",
    "conditional": "'1 if 1 else ' * 20_000 + '1'",
    "digits": "'1' * 200_000",
    "blocks": "''.join(' ' * i + 'if 1:\\n' for i in range(150))",
}


@pytest.mark.parametrize("name", DEEP)
def test_deep_nesting_is_a_message(name: str) -> None:
    """A deeply nested source killed the process that read it, or raised. It runs in a process of its own to tell."""
    code = (
        "import threading\n"
        "from app.judge.source import SourceProblem, check_source\n"
        "threading.stack_size(1 << 20)\n"
        "found = []\n"
        f"thread = threading.Thread(target=lambda: found.append(check_source(({DEEP[name]}).encode())))\n"
        "thread.start(); thread.join()\n"
        "assert isinstance(found[0], SourceProblem), found\n"
        "print(found[0].message)\n"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.strip()
    assert "bytes" not in ended.stdout, "too large to say anything about nesting"


def test_constants_are_not_folded() -> None:
    """Reading the source computed a power that never ends."""
    assert isinstance(check_source(b"x = 10**10**8\ny = 'a' * 10**12\n"), Source)


def test_invalid_escapes_are_no_errors() -> None:
    """Where warnings are errors, an invalid escape sequence became a syntax error."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert isinstance(check_source(b"x = '\\d'\n"), Source)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_read_or_explained(raw: bytes) -> None:
    """Some bytes raised, or their message has a line break or a control character in it."""
    found = check_source(raw)
    if isinstance(found, SourceProblem):
        assert found.message.isprintable()
