"""Linking: what a discussion mentions, and whether it is answered.

`references` reads a text, `naming` settles what each reference leads to,
`discussion` what is answered, edited and taken back; `mentions` tells who asks
for it what a message mentions, however unsure.
"""
