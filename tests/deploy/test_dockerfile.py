"""The Dockerfile: what goes into the service's image, from where, and nothing else."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml

from tests import images

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")


def _pins(path: Path) -> dict[str, str]:
    """Each requirement of a lock with its hashes."""
    text = path.read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return {line.split("==")[0]: re.sub(r" ;.*? (?=--hash)", " ", line) for line in lines}


@pytest.mark.parametrize("name", ["service.lock", "build.lock"])
def test_the_image_has_the_versions_that_were_tested(name: str) -> None:
    """The service would run with other libraries than the tests, or with ones that nobody pinned."""
    locked, tested = _pins(ROOT / "deploy" / name), _pins(ROOT / "requirements.lock")
    for package, line in locked.items():
        assert "--hash=sha256:" in line
        assert set(line.split()) <= set(tested.get(package, line).split()), package
    assert not {"pytest", "mypy", "ruff", "flax"} & locked.keys()
    if name == "service.lock":
        named = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
        assert {re.sub(r"[._]", "-", re.split(r"[^A-Za-z0-9._-]", each)[0]) for each in named} <= locked.keys()


def _copied() -> Sequence[str]:
    """What the Dockerfile takes from its context."""
    lines = re.findall(r"^COPY (?!--from)(.*) \S+$", DOCKERFILE, re.MULTILINE)
    return [source for line in lines for source in line.split()]


def test_the_context_holds_what_is_copied_and_nothing_else() -> None:
    """A build would fail, or a secret end up in an image."""
    copied = {source.replace("[", "").replace("]", "") for source in _copied()}
    assert copied == {*images.SERVICE_PARTS, "wheels"} - {"Dockerfile"}
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    rules = [line for line in ignored if line and not line.startswith("#")]
    assert rules[0] == "*"
    assert {rule[1:] for rule in rules if rule.startswith("!")} == copied
    names = {path.relative_to(ROOT).as_posix() for path in images.service_files()}
    assert {"Dockerfile", "app/main.py", "deploy/service.lock", "sandbox/Dockerfile"} <= names
    assert not [name for name in names if "__pycache__" in name or name.endswith(".env")]


def test_the_base_and_the_wheels_can_be_chosen() -> None:
    """The image could not be built where there is no registry and no package index."""
    assert re.search(r"^ARG BASE=\S+$", DOCKERFILE, re.MULTILINE)
    assert set(re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)) == {"${BASE}"}
    assert "ARG PIP_NO_INDEX" in DOCKERFILE
    assert COMPOSE["services"]["api"]["build"]["args"].keys() == {"BASE", "PIP_NO_INDEX"}
