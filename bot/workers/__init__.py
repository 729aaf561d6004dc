"""What the processes on one database share out: `shards` of a platform, and what is done `once`."""
