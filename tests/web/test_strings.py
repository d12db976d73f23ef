"""The catalogue of strings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import get_args

import pytest
from fluent.syntax import FluentParser
from fluent.syntax.ast import Junk, Message

from app.accounts.rights import Role
from app.judge.verdict import Verdict
from app.web import strings
from app.web.strings import t

WEB = strings.FILE.parents[1]
_USE = re.compile(r"""(?<![\w.])t\(\s*f?["']([a-z][\w-]*)["']?(?:\{|["']?\s*(~)|\s*\+)?""")


def _sources() -> list[Path]:
    return [
        *WEB.rglob("*.py"),
        *(WEB / "templates").rglob("*.html"),
        *(WEB / "frontend/src").rglob("*.ts"),
    ]


def _messages() -> dict[str, Message]:
    resource = FluentParser().parse(strings.FILE.read_text())
    assert not [entry for entry in resource.body if isinstance(entry, Junk)]
    messages = [entry for entry in resource.body if isinstance(entry, Message)]
    assert len({message.id.name for message in messages}) == len(messages), "an id stands twice"
    return {message.id.name: message for message in messages}


def _used() -> set[str]:
    """Ids in the code; one that ends with a dash is the beginning of several."""
    text = "\n".join(path.read_text() for path in _sources())
    whole = {found[0] for found in _USE.findall(text)}
    return whole | set(re.findall(r"""["'](flash-[\w-]+)["']""", text))


def test_every_message_that_is_used_exists() -> None:
    """A page would fail where it has something to say."""
    known = _messages().keys()
    missing = {name for name in _used() if name not in known and not (name.endswith("-") and _begins(name, known))}
    assert not missing


def _begins(start: str, names: Iterable[str]) -> bool:
    return any(name.startswith(start) for name in names)


def test_every_message_is_used() -> None:
    """Whoever translates the pages would translate what nobody reads."""
    used = _used()
    begun = tuple(name for name in used if name.endswith("-"))
    assert not {name for name in _messages() if name not in used and not name.startswith(begun)}


@pytest.mark.parametrize("verdict", get_args(Verdict))
def test_every_verdict_has_a_word(verdict: str) -> None:
    """A verdict would be a colour alone, or an error."""
    assert t(f"verdict-{verdict}")


def test_values_are_shown_as_text_of_somebody_elses() -> None:
    """A name could turn the sentence around that it stands in."""
    said = t("flash-name-taken", name="A\u202eda\x1b[1m")
    assert "\u202e" not in said
    assert "\x1b" not in said
    assert "\u2068A[U+202E]da\u241b[1m\u2069" in said


def test_a_message_chooses_its_words_by_a_role() -> None:
    """An invited instructor would be told that they will be a learner."""
    assert "instructor" in t("link-invitation-lead", role=Role.INSTRUCTOR)


def test_a_message_without_its_value_is_our_fault() -> None:
    """A gap would stand in a page, and nobody notice."""
    with pytest.raises(LookupError):
        t("flash-name-taken")
    with pytest.raises(LookupError):
        t("no-such-message")
