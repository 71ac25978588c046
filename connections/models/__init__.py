"""The rows of floor 3, a file for each noun."""

from connections.models.connection import FEATURES, ArtistLink, Connection, PathMapping
from connections.models.webhooks import Delivery, DeliveryState, Webhook

__all__ = ["FEATURES", "ArtistLink", "Connection", "Delivery", "DeliveryState", "PathMapping", "Webhook"]
