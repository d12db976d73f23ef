"""How results are compared with the reference's: element by element, by an author's measure, or by distribution."""
