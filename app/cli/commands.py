"""The commands and their options; what they do is in the modules beside this one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.output import Format

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Judge JAX exercises: the program, not the process.",
)
problem_app = typer.Typer(no_args_is_help=True, help="Write and check problems.")
app.add_typer(problem_app, name="problem")

ProblemArgument = Annotated[str, typer.Argument(help="A problem folder, or the name of one under problems/.")]


@app.command()
def grade(
    problem: ProblemArgument,
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Submissions; - reads standard input.")],
    output: Annotated[Format, typer.Option("--format", help="json writes one report a line.")] = "text",
) -> None:
    """Grade submissions offline, hidden cases included. Exit 0 if every one is accepted, 1 if not."""
    from app.cli.grade import grade_files

    raise typer.Exit(grade_files(problem, files, output))


@app.command()
def run(
    problem: ProblemArgument,
    file: Annotated[str, typer.Argument(help="A submission; - reads standard input.")],
    given: Annotated[
        str | None, typer.Option("--input", help='Your own input, as JSON: \'{"w": 1.0, "x_batch": [1, 2]}\'.')
    ] = None,
    output: Annotated[Format, typer.Option("--format")] = "text",
) -> None:
    """Call a submission on the public examples, eagerly: prints, values and tracebacks are real. Does not grade."""
    from app.cli.run import run_file

    raise typer.Exit(run_file(problem, file, given, output))


@problem_app.command("check")
def check(
    folders: Annotated[list[Path], typer.Argument(metavar="DIR...", help="Problem folders.")],
    output: Annotated[Format, typer.Option("--format")] = "text",
) -> None:
    """Prove that problems grade as their authors declare. Exit 0 if nothing is found, 3 if something is."""
    from app.cli.problem import check_folders

    raise typer.Exit(check_folders(folders, output))


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; 0 takes any.")] = None,
    new_token: Annotated[bool, typer.Option("--new-token", help="Make and print another API token.")] = False,  # noqa: FBT002
) -> None:
    """Start the service on this machine: SQLite, the local sandbox, worker threads."""
    from app.cli.settings import settings
    from app.serve import serve as serve_until_stopped

    chosen = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    raise typer.Exit(serve_until_stopped(settings(**chosen), new_token=new_token))


@app.command()
def doctor(output: Annotated[Format, typer.Option("--format")] = "text") -> None:
    """Say which sandbox this machine can build, with which limits, and what is missing."""
    from app.cli.doctor import examine

    raise typer.Exit(examine(output))
