"""Understanding what a person looks for, and ranking what might be meant."""
