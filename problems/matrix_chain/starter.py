def matrix_chain(a, b, c):
    # Right, and from left to right whatever the shapes are.
    return a @ b @ c
