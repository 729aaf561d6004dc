"""Text, whatever it is about: folding, Markdown, spans, pages, addresses."""
