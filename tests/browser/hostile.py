"""Text that would rather be something else: markup, escape sequences of terminals, characters that turn text around.

Invariant: whatever of it a browser takes for more than text leaves a trace that ``traces`` finds.
"""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

from app.problems.starting import filled
from tests.browser.lived_in import LivedIn, Person, wait_served

SLUG = "mark_text"
#: As markup it changes the window, opens a dialog, or makes an element that can be found.
MARKUP = "<img data-struck src=x onerror=\"window.struck='image'\"><script data-struck>window.struck='script'</script>"
#: Colours, a title for the terminal's window, and what hides the text before it.
ESCAPES = "\x1b[31mred\x1b[0m\x1b]0;title\x07\x1b[2K"
#: What follows is read from right to left, until something ends it.
OVERRIDE = "\u202etxet denrut\u2066"
EVERYTHING = f"{MARKUP}{ESCAPES}{OVERRIDE}"
#: Something of it that is on the page wherever it is shown as text.
SEEN = "data-struck"
NAME = "<img data-struck src=x onerror=alert(1)>\u202e"

#: What is printed, what an exception says, and what stands in the source.
SOURCE = f"""import jax.numpy as jnp

# {MARKUP}


def {SLUG}(x):
    print({EVERYTHING!r})
    return jnp.zeros(x.shape[0], x.dtype)
"""
RAISES = f"""# {MARKUP}
def {SLUG}(x):
    print({EVERYTHING!r})
    raise ValueError({EVERYTHING!r})
"""
#: Refused, since it reads otherwise than it runs; it is shown anyway.
TURNED = f"# {EVERYTHING}\ndef {SLUG}(x):\n    return x\n"


def write_problem(parent: Path) -> Path:
    """Make a problem's folder whose title, statement, hints and examples are hostile; returns it."""
    folder = parent / SLUG
    for path, text in texts().items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def texts() -> dict[str, str]:
    """The files of that folder."""
    made = filled(SLUG, "traced")
    title = f"<img data-struck src=x onerror=alert(1)>\\u001B[31m{OVERRIDE}"
    made["problem.toml"] = made["problem.toml"].replace('title = "Mark text"', f'title = "{title}"')
    evil = f"\n\n{MARKUP} and `{MARKUP}` and [a link](javascript:alert(1)) {OVERRIDE}\n\n```html\n{MARKUP}\n```\n\n"
    made["statement.md"] = made["statement.md"].replace("\n\n## Problem", f"{evil}\n## Problem")
    made["statement.md"] = made["statement.md"].replace(
        "## Returns\n", f"## Returns\n\n$\\href{{javascript:1}}{{x}}$ {evil}"
    )
    made["hints.md"] = made["hints.md"].replace("## One row\n", f"## One {MARKUP[:40]}>\n{evil}")
    made["solution.md"] += evil
    made["starter.py"] += f"# {MARKUP}\n"
    return made


def come(lived_in: LivedIn) -> None:
    """Have somebody hostile use the service; their places in it are added to ``lived_in``."""
    service, instructor = lived_in.service, lived_in.people["instructor"]
    wait_served(service, SLUG)
    person = Person(service, "/api/v1/users", "Mallory")
    # No name like this can be chosen. Pages do not rely on it.
    with service.rows() as rows:
        rows.execute("UPDATE users SET name = ?, name_key = ? WHERE name = ?", (NAME, NAME.casefold(), person.name))
    lived_in.people["hostile"] = person
    lived_in.places |= {"hostile_slug": SLUG, "hostile_user": NAME}
    for name, source in (("hostile", SOURCE), ("raises", RAISES), ("turned", TURNED)):
        lived_in.places[name] = person.submit(source, SLUG)
        person.wait(f"/attempts/{lived_in.places[name]}")
    run = person.ask("POST", "/runs", json={"problem": SLUG, "source": SOURCE})["id"]
    person.wait(f"/runs/{run}")
    lived_in.places["hostile_run"] = run
    person.ask("POST", "/tokens", json={"label": MARKUP[:90]})
    person.ask("POST", f"/problems/{SLUG}/hints")
    person.ask("POST", f"/problems/{SLUG}/give-up")
    strays = {f"{MARKUP.replace('/', '')[:80]}.txt": "", "problem.toml": 'format = 1\ntitle = "' + MARKUP}
    lived_in.places["hostile_upload"] = instructor.upload(strays, "hostile_folder")
    instructor.wait(f"/problem-uploads/{lived_in.places['hostile_upload']}")


_TRACES = """() => {
  const traces = [];
  if (window.struck !== undefined) traces.push(`ran: ${window.struck}`);
  for (const element of document.querySelectorAll("[data-struck]")) traces.push(`made: ${element.outerHTML}`);
  for (const link of document.querySelectorAll("a[href]"))
    if (!/^(https?|mailto):/.test(link.href)) traces.push(`leads to ${link.href}`);
  const turning = /[\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]/;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode()); ) {
    const text = node.data, element = node.parentElement;
    if (element.closest("script, style, [hidden]")) continue;
    if (/[\\u0000-\\u0008\\u000b-\\u001f\\u007f]/.test(text)) traces.push(`controls in ${element.outerHTML}`);
    // A name within a sentence of ours may be isolated by the characters for it, if they come in pairs.
    const rest = text.replace(/\\u2068[^\\u2066-\\u2069\\u202a-\\u202e]*\\u2069/g, "");
    if (turning.test(rest) && !element.closest("bdi")) traces.push(`turns ${element.outerHTML}`);
  }
  return traces;
}"""


def traces(page: Page) -> list[str]:
    """What of all that was taken for more than text on a page."""
    found: list[str] = page.evaluate(_TRACES)
    return found
