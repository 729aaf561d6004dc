"""Readers: bytes in, `Document` out. Only `fetch` touches the network."""
