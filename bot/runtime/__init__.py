"""Parts of a process that runs for months: clock, rate limits, deduplication, tasks in flight."""
