"""How a running bot is watched: its lookups, its health and its metrics."""
