"""Reports in formats that others read: one module for each, all of them pure functions of reports.

Invariant: none tells more than the report does, of a hidden case its name, its shape and the kind of failure; and a
fault of ours is never written as a result.
"""
