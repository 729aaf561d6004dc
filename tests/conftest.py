"""What holds for every test."""

import os

from hypothesis import HealthCheck, settings

# A busy machine is no failure, and what fails in CI must fail again at home.
_UNTIMED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("anbot", _UNTIMED)
settings.register_profile("ci", _UNTIMED, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "anbot")
