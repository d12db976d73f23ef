"""``allclose sandbox build``: make the Docker backend's image, and prove that its walls hold.

The image's id goes to standard output, the build's own lines to standard error.
"""

from __future__ import annotations

import sys
from functools import partial

from app.cli.inputs import FAULT
from app.cli.settings import USAGE
from sandbox.docker import DockerSandbox, connect
from sandbox.jobs import SandboxUnavailable
from sandbox.walls import image


def build(recipe: image.Recipe, tag: str, *, test: bool) -> int:
    """Build ``tag`` and start one lane in it; returns the exit status."""
    if complaint := _complaint(recipe):
        print(f"allclose: {complaint}", file=sys.stderr)
        return USAGE
    try:
        client = connect()
        try:
            built = image.build(client, tag, recipe, partial(print, file=sys.stderr, flush=True))
        finally:
            client.close()
        print(f"Built {tag}.", file=sys.stderr)
        if test:
            sandbox = DockerSandbox(tag)
            sandbox.close()
            print("The self-test passed: honest code runs, and nothing got out.", file=sys.stderr)
    except (image.BuildFailed, SandboxUnavailable, OSError) as error:
        print(f"allclose: {error}", file=sys.stderr)
        return FAULT
    print(built, flush=True)
    return 0


def _complaint(recipe: image.Recipe) -> str | None:
    """What is wrong with the files that the caller named."""
    if recipe.wheels is not None and not any(recipe.wheels.glob("*.whl")):
        return f"--wheels: there is no wheel in {recipe.wheels}"
    if recipe.libraries is not None and not recipe.libraries.is_file():
        return f"--libraries: there is no file {recipe.libraries}"
    return None
