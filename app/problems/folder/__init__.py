"""Reading a problem folder: one public verb, ``read``, and the worked example of a statement.

Invariant: no content of a folder makes the reader raise, and no Python in it is ever run here.
"""

from app.problems.folder.pages import Example, worked_example
from app.problems.folder.reading import read

__all__ = ["Example", "read", "worked_example"]
