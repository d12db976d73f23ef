"""Revisions: they build what the models say, and take rows along in both directions."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from procrastinate.schema import SchemaManager
from sqlalchemy import inspect, select, text

from app.accounts import links, throttle
from app.accounts import service as accounts
from app.accounts.rights import Actor, Operation, Role, Scope
from app.attempts import delivery, programs, service, verdicts
from app.attempts.models import Attempt, CaseOutcome
from app.attempts.verdicts import Replacement
from app.audit import service as audit
from app.audit.service import Action
from app.database import migrate
from app.database.db import Database
from app.database.schema import metadata
from app.engine import workers
from app.errors import StartRefused
from app.oidc import service as oidc
from app.oidc.models import Identity
from app.oidc.provider import Begun
from app.problems.tables import ServedProblem
from app.problems.uploads import service as uploads
from app.progress import service as progress
from app.progress.models import OpenedHint
from app.rejudge import service as rejudging
from app.rejudge.models import Rejudged
from app.rejudge.selection import Asked
from app.tokens import service as tokens
from app.webhooks import service as webhooks
from app.webhooks.outbox import EventType
from tests.service import fakes
from tests.service.fakes import SQLITE_ONLY


def _script() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(migrate.SCRIPTS))
    return ScriptDirectory.from_config(config)


def _fill(database: Database) -> None:
    """Leave rows in every table."""
    with database.write() as session:
        user = accounts.create(session, "Ada", Role.ADMIN, "a hash", "ada@example.org")
        accounts.sign_in(session, user.id, days=1)
        somebody = Identity(issuer="https://a.example", subject="1", user_id=user.id, linked=True, called="Ada")
        session.add(somebody)
        oidc.note(session, Begun("https://a.example/authorize", "state", "nonce", "verifier"), "/", None, None)
        links.reset(session, user, user.id)
        throttle.take(session, [throttle.account("ada")])
        progress.give_up(session, user.id, "add_one")
        session.add(OpenedHint(user_id=user.id, slug="add_one", title="Think"))
        tokens.create(session, user.id, "test")
        workers.beat(session, workers.new(["cpu"], 1, {}))
        webhooks.create(session, "https://lms.example.edu/hook", "grades", list(EventType))
        audit.record(session, None, Action.USER_CHANGED, audit.user(user), role="admin")
        uploads.add(session, user.id, "add_one", b"an archive", mutants=True)
        attempt = service.submit(session, user.id, service.Submitted("grade", "add_one", b"right"))
    with database.write() as session:
        delivery.claim_next(session, "claim")
    with database.write() as session:
        delivery.finish(session, attempt.id, "claim", fakes.report(fakes.problem("add_one"), b"right"))
        programs.keep(session, attempt.id, fakes.TRACES, programs.packed(fakes.TRACES))
    with database.write() as session:
        actor = Actor(user.id, user.name, Role.ADMIN)
        made = rejudging.make(session, actor, Asked("problem", "add_one")).rejudging
        [row] = session.scalars(select(Rejudged))
        seen = verdicts.digest(session.get_one(Attempt, attempt.id))
        report = fakes.report(fakes.problem("add_one"), b"wrong").model_dump(mode="json")
        assert verdicts.replace(session, attempt.id, Replacement(seen, report, row.version_id, made.id))


def test_models_and_revisions_agree(database: Database) -> None:
    """A table would be used as it was never made."""
    with database.engine.connect() as connection:
        command.check(migrate.configuration(connection))


def test_revisions_have_one_head_and_dated_names() -> None:
    """An upgrade would not know where to go, and nobody the order of the files."""
    script = _script()
    assert len(script.get_heads()) == 1
    for revision in script.walk_revisions():
        assert re.match(r"\d{4}_\d{2}_\d{2}_", Path(revision.path).name)


def test_every_revision_goes_down_and_up_with_rows_in_the_tables(database: Database) -> None:
    """An operator with data could not go back after a bad release."""
    _fill(database)
    with migrate.transaction(database) as connection:
        command.downgrade(migrate.configuration(connection), "base")
    assert inspect(database.engine).get_table_names() == ["alembic_version"]
    migrate.upgrade(database)
    assert set(metadata.tables) < set(inspect(database.engine).get_table_names())


def test_rows_are_left_in_every_table(database: Database) -> None:
    """A revision that loses rows of some table would pass."""
    _fill(database)
    with database.read() as session:
        empty = {name for name in metadata.tables if not session.scalar(text(f"SELECT count(*) FROM {name}"))}
    assert empty == {"evaluated"} & metadata.tables.keys()


def test_what_was_there_before_accounts_belongs_to_the_operator(database: Database) -> None:
    """An upgrade would lock out whoever uses the token of the first start, and hide their attempts."""
    _fill(database)
    with migrate.transaction(database) as connection:
        command.downgrade(migrate.configuration(connection), "0002_pitfalls")
        connection.execute(text("UPDATE api_tokens SET sha256 = :kept"), {"kept": accounts.digest("allc_kept")})
    migrate.upgrade(database)
    with database.read() as session:
        known = tokens.owner(session, "allc_kept")
        assert known is not None
        assert (known.actor.name, known.actor.role) == (accounts.OPERATOR, Role.ADMIN)
        assert known.actor.may(Operation.MANAGE_USERS)
        [attempt] = service.page(session, known.actor.user_id, None, 10)
        assert attempt.problem_version.slug == "add_one"


def test_problems_served_before_are_the_folders_and_public(database: Database) -> None:
    """A start after the upgrade would take them for uploads, or hide them from learners."""
    _fill(database)
    with database.write() as session:
        session.add(ServedProblem(slug="withdrawn", version_id=None, origin="upload", visibility="hidden"))
    with migrate.transaction(database) as connection:
        command.downgrade(migrate.configuration(connection), "0006_progress")
        assert connection.scalars(text("SELECT slug FROM served_problems")).all() == ["add_one"]
    migrate.upgrade(database)
    with database.read() as session:
        [row] = session.query(ServedProblem).all()
        assert (row.slug, row.origin, row.visibility, row.enforce_prerequisites) == (
            "add_one",
            "folder",
            "public",
            False,
        )


def test_a_token_for_everything_stays_one(database: Database) -> None:
    """The operator's token could not publish a problem, or an older program would not know what it is for."""
    with database.write() as session:
        user = accounts.create(session, "Ada", Role.ADMIN, None)
        _, whole = tokens.create(session, user.id, "whole")
        _, part = tokens.create(session, user.id, "part", [Scope.READ, Scope.ADMIN])
    with migrate.transaction(database) as connection:
        command.downgrade(migrate.configuration(connection), "0006_progress")
        assert "problems" not in "".join(map(str, connection.scalars(text("SELECT scopes FROM api_tokens"))))
    migrate.upgrade(database)
    with database.read() as session:
        found = [tokens.owner(session, token) for token in (whole, part)]
    assert [known and known.actor.scopes for known in found] == [frozenset(Scope), {Scope.READ, Scope.ADMIN}]


def test_upgrading_twice_keeps_every_row(database: Database) -> None:
    """Every start of the server upgrades; one of them could empty a table."""
    _fill(database)
    migrate.upgrade(database)
    with database.read() as session:
        assert session.query(Attempt).count() == 1
        assert session.query(CaseOutcome).count() == 2


@SQLITE_ONLY
def test_rebuilding_a_table_leaves_the_rows_that_point_to_it(database: Database) -> None:
    """SQLite alters by copy and drop, and with foreign keys on the drop would take case results along."""
    _fill(database)
    with migrate._without_foreign_keys(database) as connection:
        connection.execute(text("CREATE TABLE copy AS SELECT * FROM attempts"))
        connection.execute(text("DELETE FROM attempts"))
        connection.execute(text("INSERT INTO attempts SELECT * FROM copy"))
        connection.execute(text("DROP TABLE copy"))
    with database.read() as session:
        assert session.query(CaseOutcome).count() == 2
        assert session.scalar(text("PRAGMA foreign_keys")) == 1


@SQLITE_ONLY
def test_a_revision_that_breaks_references_is_undone(database: Database) -> None:
    """With foreign keys off, a bad revision could leave results without their attempt."""
    _fill(database)
    with pytest.raises(CommandError, match="point to nothing"), migrate._without_foreign_keys(database) as rows:
        rows.execute(text("DELETE FROM attempts"))
    with database.read() as session:
        assert session.query(Attempt).count() == 1


def test_a_database_of_a_newer_version_is_refused(database: Database) -> None:
    """An older program would write into tables it does not know."""
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'from_the_future'"))
    with pytest.raises(StartRefused, match="newer version"):
        migrate.upgrade(database)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    """A wrong path would end in a traceback, or worse, in an overwritten file."""
    (tmp_path / "notes.txt").write_text("not a database, but long enough to have a header" * 10)
    database = Database(tmp_path / "notes.txt")
    with pytest.raises(StartRefused, match="ALLCLOSE_DATA_DIR"):
        migrate.upgrade(database)
    database.close()


def test_revisions_are_found_from_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server could be started in the checkout only."""
    monkeypatch.chdir(tmp_path)
    database = Database(tmp_path / "elsewhere.sqlite3")
    migrate.upgrade(database)
    assert "attempts" in inspect(database.engine).get_table_names()
    database.close()


def test_procrastinates_tables_are_those_that_its_release_expects() -> None:
    """An update of the library could change its tables, and no revision would."""
    newest = max(path.name for path in Path(SchemaManager.get_migrations_path()).glob("*.sql"))
    assert newest == "03.04.00_50_post_add_retry_failed_job_procedure.sql"
