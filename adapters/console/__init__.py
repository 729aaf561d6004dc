"""The bot at a terminal: no account, no network."""
