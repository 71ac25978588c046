"""The rows of floor 3, a file for each noun."""

from connections.models.connection import FEATURES, ArtistLink, Connection, PathMapping
from connections.models.ledger import Ledger, Look
from connections.models.managed import KeptSettings
from connections.models.notices import Caller, Notice
from connections.models.picture_push import PicturePush
from connections.models.seen import SeenLibrary, SeenPicture
from connections.models.webhooks import Delivery, DeliveryState, Webhook

__all__ = [
    "FEATURES",
    "ArtistLink",
    "Caller",
    "Connection",
    "Delivery",
    "DeliveryState",
    "KeptSettings",
    "Ledger",
    "Look",
    "Notice",
    "PathMapping",
    "PicturePush",
    "SeenLibrary",
    "SeenPicture",
    "Webhook",
]
