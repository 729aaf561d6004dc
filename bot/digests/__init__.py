"""Digests: what is due, what it says, and that it is delivered exactly once.

`schedule` tells when, `news` what is new, `contents` what is said; `planner`
writes down what is due before anything is sent, `dispatcher` sends it and settles
what became of it, `loop` keeps both going in one of several processes, and
`rate_limit` within the limits. `lookup` is what people change subscriptions through.
"""
