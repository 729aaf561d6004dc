"""From what was typed to its meaning: request in, answer out."""
