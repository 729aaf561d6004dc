"""Linking: what a discussion mentions, and whether it is answered.

`detect` reads references in a text, `resolve` finds what each leads to, `linker`
posts, edits and deletes the reply; `find_summaries` serves the menu item, which
is asked for and so may be less sure.
"""
