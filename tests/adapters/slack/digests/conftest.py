"""The poster's workspace."""

from tests.adapters.slack.digests.poster_bench import bench

__all__ = ["bench"]
