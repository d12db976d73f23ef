"""The commands of ``allclose db`` and their options; what they do is in ``app.cli.database``."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli.ending import end as _end

db_app = typer.Typer(no_args_is_help=True, help="Keep the service's database: upgrade, check, back up, restore.")


@db_app.command("upgrade")
def upgrade_database() -> None:
    """Bring the tables to this version's schema, as every start of the service does. Exit 5 while a server runs."""
    from app.cli.database import upgrade

    _end(upgrade)


@db_app.command("check")
def check_database() -> None:
    """Say what is wrong with the database, which may be in use. Exit 0 if nothing is, 5 if something is."""
    from app.cli.database import check as examine

    _end(examine)


@db_app.command("backup")
def backup_database(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A file that does not exist yet.")],
) -> None:
    """Write the database as it is at this moment to a file, while the service runs. Nothing is overwritten."""
    from app.cli.database import backup

    _end(lambda: backup(file))


@db_app.command("restore")
def restore_database(
    file: Annotated[str, typer.Argument(metavar="FILE", help="What 'allclose db backup' has written.")],
    replace: Annotated[bool, typer.Option("--replace", help="Lose what is in the database now.")] = False,  # noqa: FBT002
) -> None:
    """Put a backup in the place of the database, whole or not at all. Exit 5 while a server runs."""
    from app.cli.database import restore

    _end(lambda: restore(file, replace=replace))
