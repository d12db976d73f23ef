"""What goes into the API and what comes out, in JSON.

Invariant: an unknown key is an error, and nothing changes once it was read or made.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Input(BaseModel):
    """What a request sends: unknown keys are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Output(BaseModel):
    """What is answered: complete, with every member named."""

    model_config = ConfigDict(frozen=True, extra="forbid")
