"""The rows of floor 3, a file for each noun."""

from connections.models.connection import ArtistLink, Connection
from connections.models.webhooks import Delivery, DeliveryState, Webhook

__all__ = ["ArtistLink", "Connection", "Delivery", "DeliveryState", "Webhook"]
