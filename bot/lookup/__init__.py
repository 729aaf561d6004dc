"""Request in, answer out: from typed text to what it means."""
