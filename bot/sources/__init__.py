"""Polls the newsletter's sources politely, and indexes what is new.

named        addresses, files, folders and patterns as a person names them
files, http  the bytes of a file or an address, within bounds
public_only  the guard against addresses of private networks
obtain       the bytes of a source, if they have changed
backoff      when a source is due again
poller       one round over all sources, and the loop that makes one when it is due
outcome      the result of a visit, as a value and as a line of text
"""
