"""Statements become HTML, and nothing of an author's runs."""

from __future__ import annotations

import pytest

from app.web import markup


def test_statements_have_headings_code_and_formulas() -> None:
    """A statement would be unreadable."""
    made = markup.render("# Why\n\n`x` and $a_1 < b$\n\n$$\\sum_i x_i$$\n\n```python\nimport jax\n```\n")
    assert "<h2>Why</h2>" in made
    assert '<span class="math">a_1 &lt; b</span>' in made
    assert '<div class="math">\\sum_i x_i</div>' in made
    assert '<div class="code" data-language="python"><pre tabindex="0"><code><span class="kn">import</span>' in made


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html,<script>alert(1)</script>)",
        "![x](https://elsewhere.example/pixel.png)",
        "$</span><script>alert(1)</script>$",
        '```"><script>alert(1)</script>\nx\n```',
        "```python\n</code></pre><script>alert(1)</script>\n```",
    ],
)
def test_nothing_of_an_authors_runs(hostile: str) -> None:
    """Whoever may upload a problem could act as whoever reads it."""
    made = markup.render(hostile)
    for part in ("<script", "<img", 'href="javascript', 'href="data', "onerror=alert(1)>"):
        assert part not in made.replace("&lt;img src=x onerror=alert(1)&gt;", "")


def test_hidden_characters_are_shown() -> None:
    """Code could read otherwise than it runs."""
    assert "[U+202E]" in markup.code("x = 1  # \u202e")
