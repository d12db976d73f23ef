"""The commands and their options; what they do is in the modules beside this one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from app.cli.ending import end as _end
from app.cli.keeping import db_app
from app.cli.output import Format, ReportFormat

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Judge JAX exercises: the program, not the process.",
)
problem_app = typer.Typer(no_args_is_help=True, help="Write and check problems.")
app.add_typer(problem_app, name="problem")
sandbox_app = typer.Typer(no_args_is_help=True, help="Prepare the sandbox of the Docker backend.")
app.add_typer(sandbox_app, name="sandbox")
app.add_typer(db_app, name="db")
account_app = typer.Typer(no_args_is_help=True, help="Take your data with you, or erase your account.")
app.add_typer(account_app, name="account")

ProblemArgument = Annotated[str, typer.Argument(help="A problem folder, or the name of one under problems/.")]


@app.command()
def grade(
    problem: ProblemArgument,
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Submissions; - reads standard input.")],
    output: Annotated[
        ReportFormat,
        typer.Option(
            "--format",
            help="json writes one report a line, junit one XML document; gradescope and prairielearn write the "
            "results.json of one submission.",
        ),
    ] = "text",
    partial: Annotated[  # noqa: FBT002
        bool, typer.Option("--partial", help="Score the share of cases that passed; otherwise 1 if accepted, else 0.")
    ] = False,
    into: Annotated[
        str | None, typer.Option("--output", metavar="FILE", help="Write there, whole or not at all.")
    ] = None,
) -> None:
    """Grade submissions offline, hidden cases included. Exit 0 if every one is accepted, 1 if not."""
    from app.cli.grade import grade_files

    _end(lambda: grade_files(problem, files, output, partial=partial, into=into))


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

    _end(lambda: run_file(problem, file, given, output))


@app.command()
def replay(
    record: Annotated[
        str, typer.Argument(help="A report as grade --format json or the API writes it, - or an attempt's id.")
    ],
    source: Annotated[
        str | None, typer.Option(metavar="FILE", help="The file that was submitted, if the record does not hold it.")
    ] = None,
    problem: Annotated[
        str | None, typer.Option(metavar="DIR", help="Judge against this folder, not the one the record names.")
    ] = None,
    output: Annotated[Format, typer.Option("--format")] = "text",
) -> None:
    """Judge a recorded submission again. Exit 0 if the verdict is the same, 1 if not, 4 if it cannot be replayed."""
    from app.cli.replay import replay_record

    _end(lambda: replay_record(record, source, problem, output))


@problem_app.command("check")
def check(  # noqa: PLR0913, PLR0917 - every option is a parameter
    folders: Annotated[list[Path], typer.Argument(metavar="DIR...", help="Problem folders.")],
    output: Annotated[Format, typer.Option("--format", help="json writes one object a folder.")] = "text",
    fix: Annotated[bool, typer.Option("--fix", help="Mend what is mechanical first, and say what.")] = False,  # noqa: FBT002
    watch: Annotated[bool, typer.Option("--watch", help="Check again whenever a file changes; Ctrl-C ends.")] = False,  # noqa: FBT002
    strict: Annotated[bool, typer.Option("--strict", help="Let warnings count like errors.")] = False,  # noqa: FBT002
    anew: Annotated[  # noqa: FBT002
        bool, typer.Option("--anew", help="Judge everything, also what earlier checks have judged by the same cases.")
    ] = False,
) -> None:
    """Prove that problems grade as their authors declare. Exit 0 if no error is found, 3 if one is."""
    from app.cli.problem import Wishes, check_folders

    _end(lambda: check_folders(folders, Wishes(output, fix=fix, watch=watch, strict=strict, anew=anew)))


@problem_app.command("publish")
def publish(  # noqa: PLR0913, PLR0917 - every option is a parameter
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A problem folder.")],
    server: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Only if it is this server that you are logged in to.")
    ] = "",
    check_only: Annotated[bool, typer.Option("--check-only", help="Have it checked, and publish nothing.")] = False,  # noqa: FBT002
    mutants: Annotated[  # noqa: FBT002
        bool, typer.Option("--mutants/--no-mutants", help="Look for slips in the reference that no case finds.")
    ] = True,
    visibility: Annotated[
        Literal["public", "unlisted", "hidden"] | None,
        typer.Option(help="Who may see it: as before by default, and everybody if it is new."),
    ] = None,
    output: Annotated[Format, typer.Option("--format")] = "text",
) -> None:
    """Have a server check a problem, and publish it there. Exit 0 if it is published, 3 if an error is found."""
    from app.cli.remote.publishing import Wishes
    from app.cli.remote.publishing import publish as send

    wishes = Wishes(server, check_only=check_only, mutants=mutants, visibility=visibility, output=output)
    _end(lambda: send(folder, wishes))


@problem_app.command("new")
def new(
    slug: Annotated[str, typer.Argument(metavar="SLUG", help="Name of the folder, and of the function to write.")],
    parent: Annotated[Path, typer.Option("--dir", metavar="DIR", help="Where to make it.")] = Path(),
    mode: Annotated[
        Literal["traced", "eager"], typer.Option(help="eager for what cannot be traced: it is called instead.")
    ] = "traced",
) -> None:
    """Make a problem folder that checks clean, to be replaced file by file. Nothing is overwritten."""
    from app.cli.problem import new_folder

    _end(lambda: new_folder(slug, parent, mode))


@sandbox_app.command("build")
def build_image(  # noqa: PLR0913, PLR0917 - every option is a parameter
    base: Annotated[str | None, typer.Option(metavar="IMAGE", help="Image with Python 3.11 and its venv.")] = None,
    wheels: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Take every library from this folder; needs no network.")
    ] = None,
    libraries: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Requirements of what learners may import, instead of our list.")
    ] = None,
    accelerator: Annotated[
        Literal["none", "cuda13"], typer.Option(help="cuda13 adds what evaluators need on a GPU, some gigabytes.")
    ] = "none",
    tag: Annotated[str | None, typer.Option(help="Name of the image; this version's own by default.")] = None,
    test: Annotated[bool, typer.Option("--test/--no-test", help="Start the image and try its walls.")] = True,  # noqa: FBT002
) -> None:
    """Build the Docker backend's image, test its walls, print its id. Exit 5 if either fails."""
    from app.cli.sandbox import build
    from sandbox.walls.image import DEFAULT_BASE, Recipe, default_tag

    recipe = Recipe(base or DEFAULT_BASE, wheels, libraries, accelerator)
    _end(lambda: build(recipe, tag or default_tag(), test=test))


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; 0 takes any.")] = None,
    new_token: Annotated[bool, typer.Option("--new-token", help="Make and print another API token.")] = False,  # noqa: FBT002
) -> None:
    """Start the service: with SQLite and the local sandbox, unless the environment says otherwise."""
    from app.cli.settings import settings
    from app.serve import serve as serve_until_stopped

    chosen = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    _end(lambda: serve_until_stopped(settings(**chosen), new_token=new_token))


@app.command()
def worker(
    queues: Annotated[
        str | None, typer.Option(help="What to judge: cpu, gpu or cpu,gpu; all it can by default.")
    ] = None,
    slots: Annotated[int | None, typer.Option(min=1, help="Attempts at a time; half the cores by default.")] = None,
    host: Annotated[str | None, typer.Option(help="Address of this machine for --port.")] = None,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="Answer /healthz, /readyz and /metrics there; 0 takes any.")
    ] = None,
) -> None:
    """Judge attempts of the servers on the same PostgreSQL database, without serving them."""
    from app.cli.settings import settings
    from app.work import work

    given = {"queues": queues, "workers": slots, "host": host, "worker_port": port}
    chosen = {name: value for name, value in given.items() if value is not None}
    _end(lambda: work(settings(**chosen)))


@app.command()
def join(
    link: Annotated[str, typer.Argument(help="A one-time link: an invitation, or one for a forgotten password.")],
    name: Annotated[str, typer.Option(help="Name of the account that an invitation makes.")] = "",
) -> None:
    """Make an account, or set a password, with a one-time link, and log in. Asks for the password."""
    from app.cli.remote.account import join as use_link

    _end(lambda: use_link(link, name))


@app.command()
def login(
    server: Annotated[str, typer.Argument(help="Address of the server, such as https://allclose.example.edu.")],
    name: Annotated[str, typer.Option(help="Your name there.")] = "",
    token: Annotated[bool, typer.Option("--token", help="Ask for a token instead, and keep that.")] = False,  # noqa: FBT002
) -> None:
    """Log in to a server: asks for name and password, and keeps a token in a file of your own."""
    from app.cli.remote.account import login as sign_in

    _end(lambda: sign_in(server, name, token=token))


@app.command()
def logout() -> None:
    """Revoke the token that logging in made, and forget it."""
    from app.cli.remote.account import logout as sign_out

    _end(sign_out)


@app.command()
def whoami() -> None:
    """Say who you are on which server."""
    from app.cli.remote.account import whoami as say

    _end(say)


@account_app.command("export")
def export_account(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A file that does not exist yet.")],
) -> None:
    """Write all that is yours on the server to a file, as JSON: account, tokens, hints, attempts, runs."""
    from app.cli.remote.account import export

    _end(lambda: export(file))


@account_app.command("erase")
def erase_account() -> None:
    """Erase your account on the server for good. Asks for the password."""
    from app.cli.remote.account import erase

    _end(erase)


@app.command()
def submit(
    problem: Annotated[str, typer.Argument(help="The problem's name on the server.")],
    file: Annotated[str, typer.Argument(help="Your solution; - reads standard input.")],
    output: Annotated[Format, typer.Option("--format")] = "text",
    wait: Annotated[bool, typer.Option("--wait/--no-wait", help="Show how it goes on until it is done.")] = True,  # noqa: FBT002
) -> None:
    """Submit a solution to the server that you are logged in to. Exit 0 if it is accepted, 1 if not."""
    from app.cli.remote.attempts import submit as send

    _end(lambda: send(problem, file, output, wait=wait))


AttemptArgument = Annotated[str, typer.Argument(metavar="ID", help="An attempt's id, as 'allclose results' lists it.")]


@app.command()
def status(attempt: AttemptArgument, output: Annotated[Format, typer.Option("--format")] = "text") -> None:
    """Show an attempt of yours, with its report once it is done."""
    from app.cli.remote.attempts import status as show

    _end(lambda: show(attempt, output))


@app.command()
def watch(attempt: AttemptArgument, output: Annotated[Format, typer.Option("--format")] = "text") -> None:
    """Show how an attempt of yours goes on, and its report. Exit 0 if it is accepted, 1 if not."""
    from app.cli.remote.attempts import watch as follow

    _end(lambda: follow(attempt, output))


@app.command()
def cancel(attempt: AttemptArgument, output: Annotated[Format, typer.Option("--format")] = "text") -> None:
    """End an attempt of yours before it is done. It does not count."""
    from app.cli.remote.attempts import cancel as end

    _end(lambda: end(attempt, output))


@app.command()
def results(
    problem: Annotated[str | None, typer.Argument(help="Only attempts at this problem.")] = None,
    output: Annotated[Format, typer.Option("--format", help="json writes one object a line.")] = "text",
    limit: Annotated[int, typer.Option(min=1, help="How many at most.")] = 20,
) -> None:
    """List your attempts on the server, newest first."""
    from app.cli.remote.attempts import results as show

    _end(lambda: show(problem, output, limit))


@app.command()
def rejudge(  # noqa: PLR0913, PLR0917 - every option is a parameter
    kind: Annotated[Literal["problem", "version", "user", "attempt"], typer.Argument(help="What NAME names.")],
    name: Annotated[str, typer.Argument(help="A slug, SLUG@VERSION or a SHA-256, a user's name, or an attempt's id.")],
    against: Annotated[
        str | None, typer.Option(metavar="VERSION", help="Judge against SLUG@VERSION or a SHA-256, not what is served.")
    ] = None,
    apply: Annotated[bool, typer.Option("--apply", help="Change the verdicts, not only show how.")] = False,  # noqa: FBT002
    allow_lowering: Annotated[bool, typer.Option("--allow-lowering", help="Even of those accepted.")] = False,  # noqa: FBT002
    output: Annotated[Format, typer.Option("--format", help="json writes one object a line.")] = "text",
) -> None:
    """Judge attempts on the server again, for instructors: show what would change, or change it."""
    from app.cli.remote.rejudge import rejudge as judge_again

    _end(lambda: judge_again(kind, name, against, output, apply=apply, allow_lowering=allow_lowering))


@app.command()
def doctor(output: Annotated[Format, typer.Option("--format")] = "text") -> None:
    """Say which sandbox this machine can build, with which limits, and what is missing."""
    from app.cli.doctor import examine

    _end(lambda: examine(output))
