"""From problem folders to what is served."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from app.attempts import service
from app.attempts.models import Attempt
from app.database.db import Database
from app.errors import ProblemNotFound, StartRefused
from app.problems import catalogue, press, store
from app.problems.catalogue import Catalogue
from app.problems.model import Problem, ProblemLimits
from app.problems.published import Published
from app.problems.tables import ProblemVersion
from app.settings import Settings
from sandbox.jobs import Limits, SandboxDown, SandboxUnavailable
from tests.service import fakes
from tests.service.fakes import FakeJudge, FakeSandbox

Publish = Callable[..., Sequence[str]]


@pytest.fixture
def publish_all(database: Database, settings: Settings) -> Publish:
    def call(publish: Callable[[Problem, object], Published] = fakes.publish, toolchain: str = "1") -> Sequence[str]:
        return start(settings, database, FakeSandbox(toolchain), publish)

    return call


def start(
    settings: Settings,
    database: Database,
    sandbox: FakeSandbox,
    publish: Callable[[Problem, object], Published] = fakes.publish,
) -> Sequence[str]:
    """What a start does until nothing is due any more; what could not be served."""
    folders = Catalogue(settings, database, fakes.pipeline(FakeJudge(), publish), sandbox)
    folders.open()
    while folders.publish_next():
        pass
    return folders.failed


def versions(database: Database) -> dict[str, str]:
    """Version id by slug, of what is served."""
    with database.read() as session:
        return {row.slug: row.version_id or "" for row in store.served(session, everything=True)}


def test_a_version_is_published_once(database: Database, publish_all: Publish) -> None:
    """Every start would compute every expected output again."""
    assert not publish_all()
    before = versions(database)
    assert not publish_all(fakes.never_publish)
    assert versions(database) == before
    assert list(before) == ["add_one", "add_two"]


def test_new_content_is_a_new_version_and_old_attempts_keep_theirs(
    database: Database, publish_all: Publish, problems: Path
) -> None:
    """An attempt would be judged against a problem its learner never saw."""
    publish_all()
    with database.write() as session:
        attempt = service.submit(session, None, service.Submitted("grade", "add_one", b"right"))
    old = versions(database)["add_one"]
    fakes.write_folder(problems, "add_one", "2")
    publish_all()
    assert versions(database)["add_one"] != old
    with database.read() as session:
        assert session.get_one(Attempt, attempt.id).problem_version_id == old
        assert session.get(ProblemVersion, old) is not None


def test_going_back_to_old_content_serves_the_old_version(
    database: Database, publish_all: Publish, problems: Path
) -> None:
    """An author who undoes a change would get a third version, or an error."""
    publish_all()
    old = versions(database)["add_one"]
    for content in ("2", "1"):
        fakes.write_folder(problems, "add_one", content)
        publish_all()
    assert versions(database)["add_one"] == old


def test_another_toolchain_computes_expected_outputs_again(database: Database, publish_all: Publish) -> None:
    """Outputs of an old JAX would be expected of programs compiled by a new one."""
    publish_all()
    old = versions(database)
    publish_all(toolchain="2")
    assert not set(old.values()) & set(versions(database).values())


class _Beside(FakeSandbox):
    """A sandbox with a GPU beside the same toolchain."""

    def describe(self) -> Mapping[str, str]:
        return {**super().describe(), "gpu": "a fast one", "gpu_flags": "its own"}


@pytest.fixture
def of_a_gpu(problems: Path) -> str:
    """The name of a problem that is evaluated on a GPU."""
    fakes.write_folder(problems, "add_gpu", "gpu")
    return "add_gpu"


def test_a_gpu_beside_changes_nothing_for_what_is_evaluated_elsewhere(
    database: Database, settings: Settings, publish_all: Publish
) -> None:
    """Each start of a worker with or without one would prove everything anew, and change what learners solve."""
    publish_all(toolchain="1")
    before = versions(database)
    assert not start(settings, database, _Beside("1"), fakes.never_publish)
    assert versions(database) == before


def test_each_worker_proves_what_it_judges(database: Database, settings: Settings, of_a_gpu: str) -> None:
    """A worker without a GPU would tell operators of a fault in every problem that takes one."""
    url = "postgresql://elsewhere/allclose"
    without, gpu = (settings.model_copy(update={"database_url": url, "queues": queue}) for queue in ("cpu", "gpu"))
    folders = Catalogue(without, database, fakes.pipeline(FakeJudge()), FakeSandbox("1"))
    folders.open()
    while folders.publish_next():
        pass
    assert (folders.failed, folders.elsewhere) == ((), (of_a_gpu,))
    assert of_a_gpu not in versions(database)
    cpu = versions(database)
    with capture_logs() as logs:
        assert not start(gpu, database, _Beside("1"))
    assert versions(database) == {**cpu, of_a_gpu: versions(database)[of_a_gpu]}
    assert {entry["problem"] for entry in logs if entry["event"] == "problem.left_to_others"} == cpu.keys()
    # Another start of either finds all of it proved.
    for chosen, sandbox in ((without, FakeSandbox("1")), (gpu, _Beside("1"))):
        assert not start(chosen, database, sandbox, fakes.never_publish)


@pytest.mark.parametrize("content", ["broken", "2"])
def test_a_broken_folder_leaves_its_last_good_version(
    database: Database, publish_all: Publish, problems: Path, content: str
) -> None:
    """A typing error of an author would take a problem from learners in the middle of a course."""
    publish_all()
    before = versions(database)
    fakes.write_folder(problems, "add_one", content)
    fakes.write_folder(problems, "add_two", "2")

    def publish(problem: Problem, sandbox: object) -> Published:
        if problem.slug == "add_one":
            raise SandboxUnavailable("no slot")
        return fakes.publish(problem, sandbox)

    assert publish_all(publish) == ("add_one",)
    after = versions(database)
    assert after["add_one"] == before["add_one"]
    assert after["add_two"] != before["add_two"]


def test_findings_are_logged_with_their_problem(publish_all: Publish, problems: Path) -> None:
    """An author would not learn why a problem is missing."""
    fakes.write_folder(problems, "unpublishable")
    with capture_logs() as logs:
        assert publish_all() == ("unpublishable",)
    [finding] = [entry for entry in logs if entry["event"] == "problem.finding"]
    assert finding["problem"] == "unpublishable"
    assert "cases.py:1" in finding["finding"]


def test_a_folder_that_is_gone_is_not_served(database: Database, publish_all: Publish, problems: Path) -> None:
    """A problem that an operator removed would stay open for attempts."""
    publish_all()
    shutil.rmtree(problems / "add_two")
    publish_all()
    assert list(versions(database)) == ["add_one"]
    with database.read() as session, pytest.raises(ProblemNotFound) as error:
        store.current(session, "add_two")
    assert error.value.extra["near"] == ["add_one"]


def test_files_and_hidden_folders_are_no_problems(publish_all: Publish, problems: Path) -> None:
    """A README or an editor's folder beside the problems would be reported as broken."""
    (problems / "README.md").write_text("")
    (problems / "__pycache__").mkdir()
    (problems / ".git").mkdir()
    assert not publish_all()


def test_links_are_skipped_with_a_warning(database: Database, publish_all: Publish, problems: Path) -> None:
    """Whoever can leave a link beside the problems would have any folder of the machine read and listed."""
    (problems / "link").symlink_to(problems / "add_two")
    (problems / "dangling").symlink_to(problems / "nowhere")
    with capture_logs() as logs:
        assert not publish_all()
    assert list(versions(database)) == ["add_one", "add_two"]
    warned = [entry["problem"] for entry in logs if entry["event"] == "problem.link_skipped"]
    assert warned == ["dangling", "link"]


def test_an_unknown_prerequisite_is_logged_once(database: Database, settings: Settings, publish_all: Publish) -> None:
    """Learners would be sent to a problem that is not there, and nobody would know."""
    publish_all()

    def read(folder: Path) -> Problem:
        return fakes.problem(folder.name).model_copy(update={"prerequisites": ("add_one", "add_three")})

    pipeline = replace(fakes.pipeline(FakeJudge()), read=read)
    with capture_logs() as logs:
        folders = Catalogue(settings, database, pipeline, FakeSandbox())
        folders.open()
        while folders.publish_next():
            pass
    unknown = [entry for entry in logs if entry["event"] == "problem.unknown_prerequisite"]
    warned = [(entry["problem"], entry["prerequisite"]) for entry in unknown]
    assert warned == [("add_one", "add_three"), ("add_two", "add_three")]


def test_an_empty_folder_of_problems_is_logged(database: Database, tmp_path: Path) -> None:
    """An operator with a mistyped path would run a service of no problems and not be told."""
    (tmp_path / "empty").mkdir()
    with capture_logs() as logs:
        assert not start(Settings(problems_dir=tmp_path / "empty"), database, FakeSandbox())
    assert ("problem.none", "warning") in [(entry["event"], entry["log_level"]) for entry in logs]


def test_a_missing_folder_of_problems_is_explained(database: Database, tmp_path: Path) -> None:
    """An operator would see a traceback instead of the setting to change."""
    settings = Settings(problems_dir=tmp_path / "nowhere")
    with pytest.raises(StartRefused, match="ALLCLOSE_PROBLEMS_DIR"):
        start(settings, database, FakeSandbox())


def test_the_operator_bounds_what_problems_ask_for() -> None:
    """A problem could keep a worker busy for longer than the operator allows."""
    settings = Settings(max_trace_seconds=5.0, max_memory_mb=256)
    asked = fakes.problem("add_one").model_copy(update={"limits": ProblemLimits(trace_seconds=100.0)})
    limits = press.bounded(asked, settings).limits
    assert (limits.trace_seconds, limits.memory_mb) == (5.0, 256)
    assert limits.evaluate_seconds == Limits().evaluate_seconds


def test_a_limit_that_is_cut_is_logged(publish_all: Publish) -> None:
    """An author whose problem gets less than it asks for would not learn why it fails here."""
    with capture_logs() as logs:
        publish_all()
    cut = [entry for entry in logs if entry["event"] == "problem.limit_clamped"]
    assert [(entry["problem"], entry["key"], entry["asked"], entry["allowed"]) for entry in cut] == [
        ("add_one", "trace_seconds", 100.0, 60.0),
        ("add_two", "trace_seconds", 100.0, 60.0),
    ]


def test_bounds_apply_to_versions_published_before(database: Database) -> None:
    """An operator who lowers or raises a bound would have to publish every problem again."""
    [version_id] = versions(database).values()
    for bound in (5.0, 60.0):
        read = catalogue.reader(database, fakes.pipeline(FakeJudge()).load, Settings(max_trace_seconds=bound))
        assert read(version_id).problem.limits.trace_seconds == bound


def test_publishing_stores_what_the_author_asked_for(database: Database, publish_all: Publish) -> None:
    """A bound that was low at the first start could never be raised."""
    publish_all()
    read = catalogue.reader(database, fakes.pipeline(FakeJudge()).load, Settings(max_trace_seconds=110.0))
    assert read(versions(database)["add_two"]).problem.limits.trace_seconds == 100.0


def test_a_start_waits_for_no_proof_of_what_is_known(
    database: Database, settings: Settings, publish_all: Publish, problems: Path
) -> None:
    """Nobody could sign in, or solve what has not changed, while a new problem is proved."""
    publish_all()
    fakes.write_folder(problems, "add_three")
    folders = Catalogue(settings, database, fakes.pipeline(FakeJudge()), FakeSandbox("1"))
    folders.open()
    assert (list(versions(database)), folders.due) == (["add_one", "add_two"], ["add_three"])
    assert folders.publish_next()
    assert (list(versions(database)), folders.due) == (["add_one", "add_three", "add_two"], [])
    assert not folders.publish_next()


def test_what_cannot_be_proved_for_now_stays_due(database: Database, settings: Settings, problems: Path) -> None:
    """Problems that came while Docker was down would be missing until somebody starts the service again."""
    fakes.write_folder(problems, "add_three")
    sandbox, answers = FakeSandbox(), [SandboxDown("the daemon does not answer")]

    def publish(problem: Problem, walls: object) -> Published:
        if answers and problem.slug == "add_three":
            raise answers.pop()
        return fakes.publish(problem, walls)

    folders = Catalogue(settings, database, fakes.pipeline(FakeJudge(), publish), sandbox)
    folders.open()
    sandbox.down = "the daemon does not answer"
    assert not folders.publish_next()
    sandbox.down = ""
    while folders.publish_next():
        pass
    assert folders.due == ["add_two", "add_three"]  # after a pause it goes on, with the next
    while folders.publish_next():
        pass
    assert (folders.due, folders.failed) == ([], ())
    assert "add_three" in versions(database)


def test_what_a_stop_interrupts_is_no_fault(database: Database, settings: Settings) -> None:
    """Every stop during a first start would be logged as faults of ours."""
    leaving = threading.Event()

    def publish(problem: Problem, walls: object) -> Published:
        leaving.set()
        raise SandboxUnavailable("closed")

    folders = Catalogue(settings, database, fakes.pipeline(FakeJudge(), publish), FakeSandbox("2"), leaving.is_set)
    folders.open()
    with capture_logs() as logs:
        assert not folders.publish_next()
    assert [entry["event"] for entry in logs if entry["log_level"] == "error"] == []
    assert not folders.publish_next()
    assert folders.failed == ()


def test_what_comes_first_in_the_course_is_proved_first(database: Database, settings: Settings) -> None:
    """Whoever opens a new service would find its last problems, and none that these build on."""
    folders = Catalogue(settings, database, fakes.pipeline(FakeJudge()), FakeSandbox("2"))
    folders.open(["add_two", "add_nine"])
    assert folders.due == ["add_two", "add_one"]
