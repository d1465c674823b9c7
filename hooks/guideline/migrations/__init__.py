"""What becomes of a copy's own files when the shape of its data changes: a module a change, `m0002_….py` the first.

HACKING.md, "How to write a migration".
"""
