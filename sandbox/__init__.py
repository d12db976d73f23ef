"""Walls around untrusted code: processes, pipes and the array format.

Owns everything that touches learner or author Python and the programs traced from it. Invariant: nothing in here
imports ``app``; a sandbox knows jobs and results, never problems, users or databases.
"""
