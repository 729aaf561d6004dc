"""Where the bot talks. One folder a platform; each knows `bot`, none another."""
