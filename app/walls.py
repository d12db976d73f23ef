"""Opens the sandbox that the operator chose.

Invariant: the only place that knows which backends there are; everybody else holds a ``sandbox.jobs.Sandbox``.
"""

from __future__ import annotations

from app.settings import Settings
from sandbox.jobs import Sandbox
from sandbox.local import LocalSandbox
from sandbox.stages.cache import OutputCache
from sandbox.walls import gpus


def open_sandbox(settings: Settings, lanes: int = 1, cache: OutputCache | None = None) -> Sandbox:
    """Start the chosen backend and prove its walls.

    Args:
        settings: the operator's.
        lanes: jobs that can run at the same time.
        cache: where outputs of programs are kept, if anywhere.

    Raises:
        SandboxUnavailable: it cannot be used here; the text says what to do.
    """
    memory = settings.max_memory_mb << 20
    chosen = gpus.parse(settings.gpus)
    if settings.sandbox != "docker":
        return LocalSandbox(lanes, settings.sandbox, memory, chosen_gpus=chosen, cache=cache)
    from sandbox.docker import DockerSandbox  # noqa: PLC0415 - its SDK is not worth a tenth of a second to others

    return DockerSandbox(
        settings.docker_image or None,
        lanes,
        runtime=settings.docker_runtime or None,
        slots=settings.docker_slots,
        max_memory=memory,
        chosen_gpus=chosen,
        cache=cache,
    )
