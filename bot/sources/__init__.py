"""Polls where the newsletter appears, politely, and takes in what is new.

outcome     what became of a source in a round, as values; wording tells it
schedule    when a source is asked again
obtain      the bytes of a source, where they have changed
rounds      one round over all sources, and the loop that makes one when it is due
"""
