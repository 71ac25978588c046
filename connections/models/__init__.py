"""The rows of floor 3, a file for each noun."""

from connections.models.connection import ArtistLink, Connection

__all__ = ["ArtistLink", "Connection"]
