"""Digests by the real process, which is killed, frozen, cut off and doubled while it posts.

A scenario follows from its seed alone. `python -m tests.exactly_once` plays a
thousand of them and prints the seeds of those that failed; `--seed N` plays that one again.
"""
