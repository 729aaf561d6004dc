"""Damaged payloads for the running bot: whatever a platform sends, it logs no error and answers the next."""
