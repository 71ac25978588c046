"""The rows of floor 2."""

from artists.models.alike import AlikePicture, SharedPictures
from artists.models.artist import Artist, Membership, NfoState, ProviderRecord
from artists.models.bulk import OPEN_STATUSES, BulkItem, BulkJob, ItemStatus
from artists.models.duplicates import IgnoredDuplicates, Merge
from artists.models.foreign import AllowedFile, ForeignFile
from artists.models.history import FileSnapshot, MetadataChange, NfoSnapshot, Operation
from artists.models.identification import Identification, IdentityState, StepDecision, WizardSession, WizardStep
from artists.models.images import ArtistImage, ImageKind
from artists.models.library import Library
from artists.models.mbid_checks import MbidCheck, MbidVerdict
from artists.models.names import Alias, BandMember
from artists.models.profiles import PlatformProfile
from artists.models.provenance import FieldTrace, MusicBrainzSnapshot
from artists.models.scraping import GLOBAL_SCOPE, ScraperConfig
from artists.models.tags import AlbumTags

__all__ = [
    "GLOBAL_SCOPE",
    "OPEN_STATUSES",
    "AlbumTags",
    "Alias",
    "AlikePicture",
    "AllowedFile",
    "Artist",
    "ArtistImage",
    "BandMember",
    "BulkItem",
    "BulkJob",
    "FieldTrace",
    "FileSnapshot",
    "ForeignFile",
    "Identification",
    "IdentityState",
    "IgnoredDuplicates",
    "ImageKind",
    "ItemStatus",
    "Library",
    "MbidCheck",
    "MbidVerdict",
    "Membership",
    "Merge",
    "MetadataChange",
    "MusicBrainzSnapshot",
    "NfoSnapshot",
    "NfoState",
    "Operation",
    "PlatformProfile",
    "ProviderRecord",
    "ScraperConfig",
    "SharedPictures",
    "StepDecision",
    "WizardSession",
    "WizardStep",
]
