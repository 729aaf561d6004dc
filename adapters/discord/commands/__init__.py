"""Discord's slash commands, a module each."""
