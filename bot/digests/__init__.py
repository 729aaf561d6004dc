"""Digests: what is due, what it says, and that it is delivered exactly once.

`schedule` tells when, `news` what is new, `contents` what is said; `planner`
writes down what is due before anything is sent, `courier` sends it and settles
what became of it, `loop` keeps both going in one of several processes, and
`throttle` within the limits. `desk` is what people change subscriptions through.
"""
