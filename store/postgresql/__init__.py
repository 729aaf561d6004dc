"""Keeps everything in a PostgreSQL database, and what is looked up in a local copy too."""
