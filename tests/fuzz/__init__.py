"""Damaged and outsized files for every reader, each read within bounds of time and memory."""
