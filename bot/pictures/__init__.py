"""Pictures of citations and years, for people who would rather look than read.

They need matplotlib, which the extra `anbot[pictures]` brings. Without it there are none.
"""

from bot.pictures.pictures import MISSING, Picture, Pictures, are_available

__all__ = ["MISSING", "Picture", "Pictures", "are_available"]
