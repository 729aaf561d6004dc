"""Digests: what is due, what it contains, and that it is delivered exactly once.

`schedule` computes when a digest is due, `arrivals` which issues are new, `compose`
what it contains. `planner` writes what is due to the outbox before anything is sent,
`dispatcher` sends it and settles unknown outcomes, and `runner` runs both in one of
several processes. `subscriptions` is what members change subscriptions through.
"""
