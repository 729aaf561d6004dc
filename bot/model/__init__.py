"""The values that everything else uses: frozen, and made of nothing but the standard library."""
