"""Slash commands of Slack that change something."""
