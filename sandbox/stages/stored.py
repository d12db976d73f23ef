"""Evaluating programs that were vetted before and kept, such as an author's comparison.

They take the way of learners' programs: those with custom calls to an evaluator of the job's own, others to the shared.
Invariant: nothing is traced here and no Python of anybody's is run; the caller vouches that the vetter wrote the bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from sandbox.entries import Call
from sandbox.jobs import Evaluated, EvaluateJob, Failed, GradeEvent, GradeJob, Signature, Vetted
from sandbox.lane import Clock, Lane
from sandbox.stages.evaluation import Evaluation
from sandbox.tree import Node


def evaluate(lane: Lane, job: EvaluateJob) -> Sequence[Evaluated | Failed]:
    """Every result of ``job``; see ``sandbox.jobs.Sandbox.evaluate``."""
    # An evaluation asks a job for its inputs only: what they were traced from is nobody's concern any more.
    signatures = tuple(Signature(Call("", ()), Node("tuple"), stored.inputs) for stored in job.programs)
    grading = GradeJob(source="", signatures=signatures, device=job.device, limits=job.limits)
    found: list[GradeEvent] = []
    with Evaluation(lane, grading, Clock()) as evaluation:
        for index, stored in enumerate(job.programs):
            digest = hashlib.sha256(stored.program).hexdigest()
            vetted = Vetted(index, stored.returns, digest, 0, {}, stored.custom_calls, {})
            evaluation.submit(vetted, stored.program)
            found += evaluation.ready()
        found += evaluation.results()
    return [event for event in found if isinstance(event, Evaluated | Failed)]
