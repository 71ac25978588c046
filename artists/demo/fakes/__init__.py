"""One file a provider: it answers as the original does, with its statuses, headers and quirks (providers.md 2, 10)."""
