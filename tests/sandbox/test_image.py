"""The sandbox's image: what is in it, how a build fails, and which images are refused."""

from __future__ import annotations

import ast
import hashlib
import io
import json
import tarfile
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import docker
import docker.errors
import pytest

from sandbox.docker import connect
from sandbox.jobs import SandboxUnavailable
from sandbox.walls import image, outer
from tests import images
from tests.conftest import require

PACKAGE = Path(image.__file__).resolve().parent.parent

#: Runs in the image as its interpreter's program, and prints what a learner's code could find.
SURVEY = """
import json, os, stat, sys
found = {"setuid": [], "writable": [], "programs": [], "modules": []}
for folder, folders, files in os.walk("/"):
    if folder == "/":
        folders[:] = [name for name in folders if name not in ("proc", "sys", "dev")]
    for name in folders + files:
        path = os.path.join(folder, name)
        mode = os.lstat(path).st_mode
        if mode & 0o6000:
            found["setuid"].append(path)
        if not stat.S_ISLNK(mode) and os.access(path, os.W_OK):
            found["writable"].append(path)
        if folder.endswith("bin") and stat.S_ISREG(mode):
            found["programs"].append(name)
    found["modules"] += [name for name in folders if name in ("pip", "ensurepip", "setuptools")]
found["user"] = os.getuid()
found["environment"] = dict(os.environ)
import flax, optax, equinox, einops, jaxtyping, scipy, jax
found["bytecode"] = all(os.path.exists(module.__cached__) for module in (flax, optax, jax, json))
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def client() -> Iterator[docker.DockerClient]:
    """The daemon."""
    require("docker")
    made = connect()
    yield made
    made.close()


@pytest.fixture(scope="module")
def survey(client: docker.DockerClient) -> dict[str, Any]:
    """What a program in the image finds there."""
    printed = client.containers.run(
        images.sandbox_image(),
        ["-S", "-c", SURVEY],
        entrypoint="/opt/allclose/python",
        network_mode="none",
        remove=True,
    )
    return cast("dict[str, Any]", json.loads(printed))


class _Daemon:
    """A daemon that answers a build with the given events, and knows one image."""

    def __init__(self, *events: dict[str, Any], fault: Exception | None = None, labels: dict[str, str] | None) -> None:
        self.api = self
        self.images = self
        self._events = events
        self._fault = fault
        self._labels = labels

    def build(self, **_options: object) -> Iterator[dict[str, Any]]:
        yield from self._events
        if self._fault is not None:
            raise self._fault

    def get(self, tag: str) -> object:
        if self._labels is None:
            raise docker.errors.ImageNotFound(f"no such image: {tag}")
        return SimpleNamespace(id="sha256:old", labels=self._labels)


def daemon(*events: dict[str, Any], fault: Exception | None = None, labels: dict[str, str] | None = None) -> Any:
    """A client of a ``_Daemon``."""
    return _Daemon(*events, fault=fault, labels=labels)


def context(recipe: image.Recipe) -> tuple[bytes, dict[str, bytes]]:
    """A build context as it travels, and its files."""
    stream = io.BytesIO()
    image.write_context(stream, recipe)
    stream.seek(0)
    with tarfile.open(fileobj=stream) as archive:
        files = {entry.name: archive.extractfile(entry) for entry in archive}
        return stream.getvalue(), {name: file.read() for name, file in files.items() if file is not None}


def test_only_what_runs_inside_is_in_the_context() -> None:
    """Code of the trusted side would be shown to learners, or a module the zygote imports would be missing."""
    _, files = context(image.Recipe())
    shipped = {name for name in files if name.endswith(".py")}
    pending, needed = ["sandbox.inside.zygote"], {"sandbox/__init__.py", "sandbox/inside/__init__.py"}
    while pending:
        path = Path("/".join(pending.pop().split(".")) + ".py")
        if path.as_posix() in needed or not (PACKAGE.parent / path).is_file():
            continue
        needed.add(path.as_posix())
        for node in ast.walk(ast.parse((PACKAGE.parent / path).read_text())):
            if isinstance(node, ast.ImportFrom):
                pending += [str(node.module), *(f"{node.module}.{alias.name}" for alias in node.names)]
            elif isinstance(node, ast.Import):
                pending += [alias.name for alias in node.names]
    assert shipped == needed


def test_the_same_files_make_the_same_context(tmp_path: Path) -> None:
    """Every build would miss the daemon's cache and take a minute."""
    (tmp_path / "b.whl").write_bytes(b"two")
    (tmp_path / "a.whl").write_bytes(b"one")
    first, files = context(image.Recipe(wheels=tmp_path))
    (tmp_path / "a.whl").touch()
    second, _ = context(image.Recipe(wheels=tmp_path))
    assert hashlib.sha256(first).digest() == hashlib.sha256(second).digest()
    assert files["wheels/a.whl"] == b"one"


def test_an_operators_list_is_held_to_our_versions(tmp_path: Path) -> None:
    """A learner's library could bring another JAX, which the vetter does not know."""
    mine = tmp_path / "mine.txt"
    mine.write_text("einops\n")
    _, files = context(image.Recipe(libraries=mine))
    assert files["libraries/learner.txt"] == b"einops\n"
    constraints = files["libraries/constraints.txt"].decode().splitlines()
    ours = (PACKAGE.parent / "requirements.lock").read_text()
    assert {line.partition("==")[0] for line in constraints} >= {"jax", "jaxlib", "numpy", "scipy", "ml-dtypes"}
    assert all(f"\n{line} " in ours for line in constraints)


@pytest.mark.parametrize(("accelerator", "plugin"), [("none", False), ("cuda13", True)], ids=["processor", "GPU"])
def test_the_accelerator_picks_the_lock(accelerator: image.Accelerator, plugin: bool) -> None:
    """A GPU evaluator would find no GPU, or every image would carry gigabytes that it never loads."""
    _, files = context(image.Recipe(accelerator=accelerator))
    assert (b"\njax-cuda13-plugin==" in files["libraries/core.lock"]) is plugin


@pytest.mark.parametrize("file", ["Dockerfile", "libraries/core-cuda13.lock", "inside/wall.py"])
def test_every_file_of_ours_changes_the_hash(file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An image with an old wall would be taken for the current one."""
    before = image.code_hash()
    for _, path in image._own_files():
        copy = tmp_path / path.relative_to(PACKAGE)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    monkeypatch.setattr(image, "_PACKAGE", tmp_path)
    monkeypatch.setattr(image, "_LIBRARIES", tmp_path / "libraries")
    assert image.code_hash() == before
    (tmp_path / file).write_bytes((tmp_path / file).read_bytes() + b"\n")
    assert image.code_hash() != before


@pytest.mark.parametrize(
    ("labels", "why"),
    [
        (None, "There is no image"),
        ({}, "is not an image of ours"),
        ({image.CODE_LABEL: "0" * 64, image.VERSION_LABEL: "0.0.9"}, "other code than this (version 0.0.9)"),
    ],
    ids=["missing", "foreign", "outdated"],
)
def test_an_image_of_other_code_is_refused(labels: dict[str, str] | None, why: str) -> None:
    """Learner code would run behind a wall that this version has mended."""
    with pytest.raises(SandboxUnavailable) as raised:
        image.check(daemon(labels=labels), "some:tag")
    assert why in str(raised.value)
    assert "allclose sandbox build" in str(raised.value)


def test_an_image_of_this_code_is_taken() -> None:
    """No image would ever be good enough."""
    image.check(daemon(labels={image.CODE_LABEL: image.code_hash()}), "some:tag")


STEP = {"stream": "Step 7/19 : RUN pip install\n"}


@pytest.mark.parametrize(
    ("events", "says"),
    [
        (
            [{"stream": "Step 2/19 : FROM ${BASE} AS libraries\n"}, {"error": "no such host"}],
            ["base image python:3.11-slim-bookworm cannot be had: no such host", "--base"],
        ),
        (
            [STEP, {"stream": "\x1b[91mERROR: No matching distribution found for jax\n\x1b[0m"}, {"error": "code 1"}],
            ["A library is missing", "--wheels DIR", "\nERROR: No matching distribution found for jax"],
        ),
        ([STEP, {"stream": "OSError: [Errno 28] No space left on device\n"}, {"error": "code 1"}], ["disk", "df"]),
        ([STEP, {"stream": "one\n"}, {"error": "code 1"}], ["The build failed: code 1", "Step 7/19", "one"]),
        ([STEP], ["ended it early", "Step 7/19"]),
    ],
    ids=["base", "library", "disk", "step", "cut off"],
)
def test_a_failed_build_says_what_to_do(events: list[dict[str, Any]], says: list[str]) -> None:
    """An operator would have to read a thousand lines of pip, or would take the last image for the new one."""
    with pytest.raises(image.BuildFailed) as raised:
        image.build(daemon(*events, labels={}), "some:tag", progress=lambda _line: None)
    assert [words for words in says if words not in str(raised.value)] == []


def test_a_daemon_that_dies_is_a_failed_build() -> None:
    """The command would end in a traceback."""
    dies = daemon(STEP, fault=docker.errors.APIError("gone"), labels={})
    with pytest.raises(image.BuildFailed, match="gone"):
        image.build(dies, "some:tag", progress=lambda _line: None)


def test_nothing_but_python_is_in_the_image(survey: dict[str, Any]) -> None:
    """Who gets past the inner wall would find a shell, a package manager or a way to become root."""
    assert survey["setuid"] == survey["writable"] == survey["modules"] == []
    assert [name for name in survey["programs"] if not name.startswith("python")] == []
    assert survey["user"] == 65534


def test_the_environment_is_the_local_backends(survey: dict[str, Any]) -> None:
    """JAX would start threads before the fork, or look for devices that are not there."""
    found = {name: value for name, value in survey["environment"].items() if name != "HOSTNAME"}
    assert found == {**outer.ENVIRONMENT, "PATH": "", "PYTHONPATH": "/opt/allclose/lib:/opt/allclose"}


def test_libraries_come_with_bytecode(survey: dict[str, Any]) -> None:
    """Every import in a sandbox would compile again, for nothing can be written there."""
    assert survey["bytecode"]


def test_the_built_image_is_this_codes_own(client: docker.DockerClient) -> None:
    """The backend would refuse the image that the command has just made."""
    image.check(client, images.sandbox_image())


def test_a_base_without_python_fails_with_its_words(client: docker.DockerClient, tmp_path: Path) -> None:
    """A wrong base would be found out only when the first learner waits."""
    empty = io.BytesIO()
    with tarfile.open(fileobj=empty, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("nothing"))
    tag = "allclose-test-empty:latest"
    client.api.import_image_from_data(empty.getvalue(), repository="allclose-test-empty", tag="latest")
    try:
        with pytest.raises(image.BuildFailed, match="The build failed"):
            image.build(client, "allclose-test-never:latest", image.Recipe(tag, tmp_path), lambda _line: None)
    finally:
        client.images.remove(tag, force=True)
    with pytest.raises(docker.errors.ImageNotFound):
        client.images.get("allclose-test-never:latest")
