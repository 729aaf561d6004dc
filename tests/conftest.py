"""What holds for every test."""

import os

from hypothesis import settings

# A busy machine is no failure, and what fails in CI must fail again at home.
settings.register_profile("anbot", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "anbot")
