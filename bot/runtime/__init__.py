"""Helpers for a process that runs for months: its clock, its limits, what is under way."""
