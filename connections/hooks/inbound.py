"""What Lidarr, Emby and Jellyfin send: their event names, and who it is about. Facts: files-and-platforms 3.4.

Every name that they send is accepted; those that mean nothing to an artist are not in the tables.
"""

from collections.abc import Callable, Mapping
from typing import Any

from connections.hooks.heard import Deed, Heard, Meaning, Subject, event_name, heard, listing, mapping, mbids, words

_NOTHING = Meaning(Deed.NOTHING)

LIDARR = {
    "grab": Meaning(Deed.LOOK),
    "download": Meaning(Deed.SEARCH, "lidarr.download"),
    "albumimport": Meaning(Deed.SEARCH, "lidarr.download"),
    "rename": Meaning(Deed.SEARCH),
    "retag": Meaning(Deed.LOOK),
    "artistadd": Meaning(Deed.SEARCH, "lidarr.artist.add"),
    "artistadded": Meaning(Deed.SEARCH, "lidarr.artist.add"),
    "artistdelete": Meaning(Deed.LOOK),
    "albumdelete": Meaning(Deed.LOOK),
}
"""Without Test, DownloadFailure, ImportFailure, Health, HealthRestored, ApplicationUpdate: no file has changed."""

EMBY = {
    "library.new": Meaning(Deed.SEARCH, "emby.artist.update"),
    "item.updated": Meaning(Deed.LOOK, "emby.artist.update"),
    "library.deleted": Meaning(Deed.LOOK, "emby.artist.update"),
    "library.changed": Meaning(Deed.EVERYTHING, "emby.library.scan"),
}
"""Without system.notificationtest, playback.*, user.*, item.rate, item.markplayed, plugins.* and the like."""

JELLYFIN = {
    "itemadded": Meaning(Deed.SEARCH, "jellyfin.artist.update"),
    "itemupdated": Meaning(Deed.LOOK, "jellyfin.artist.update"),
    "itemdeleted": Meaning(Deed.LOOK, "jellyfin.artist.update"),
    "librarychanged": Meaning(Deed.EVERYTHING, "jellyfin.library.scan"),
}
"""Without Test, Playback*, User*, Session*, Authentication*, Plugin*, TaskCompleted, PendingRestart, Generic."""

_MUSIC = frozenset({"MusicAlbum", "MusicArtist", "Audio"})


def lidarr(body: object) -> Heard:
    said = event_name(body, "eventType")
    artist = mapping(mapping(body).get("artist"))
    found = mbids(artist.get("mbId"), artist.get("foreignArtistId"))
    subject = Subject(found[0] if found else "", words(artist.get("name")), words(artist.get("path")).rstrip("/"))
    return heard(said, LIDARR.get(said.lower(), _NOTHING), [subject])


def emby(body: object) -> Heard:
    """An item of another kind than music is none of our business; an album may be of several artists."""
    said = event_name(body, "Event")
    meaning = EMBY.get(said.lower(), _NOTHING)
    item = mapping(mapping(body).get("Item"))
    kind = words(item.get("Type"))
    if meaning.deed is not Deed.EVERYTHING and kind not in _MUSIC:
        meaning = _NOTHING
    return heard(said, meaning, _emby_artist(item) if kind == "MusicArtist" else _emby_album(item))


def jellyfin(body: object) -> Heard:
    """Everything stands side by side in one flat object, and of several artists only the first is named."""
    said = event_name(body, "NotificationType")
    flat = mapping(body)
    kind = words(flat.get("ItemType"))
    meaning = JELLYFIN.get(said.lower(), _NOTHING)
    if meaning.deed is not Deed.EVERYTHING and kind not in _MUSIC:
        meaning = _NOTHING
    found = mbids(flat.get("Provider_musicbrainzalbumartist"), flat.get("Provider_musicbrainzartist"))
    if kind == "MusicArtist":
        only = Subject(found[0] if found else "", words(flat.get("Name")), item_id=words(flat.get("ItemId")))
        return heard(said, meaning, [only])
    return heard(said, meaning, [Subject(mbid) for mbid in found] or [Subject(name=words(flat.get("Artist")))])


READERS: dict[str, Callable[[object], Heard]] = {"lidarr": lidarr, "emby": emby, "jellyfin": jellyfin}
"""Each raises Nonsense for a message that names no event."""


def _emby_artist(fields: Mapping[str, Any]) -> list[Subject]:
    ids = mapping(fields.get("ProviderIds"))
    found = mbids(ids.get("MusicBrainzArtist"), ids.get("MusicBrainzAlbumArtist"))
    return [Subject(found[0] if found else "", words(fields.get("Name")), item_id=words(fields.get("Id")))]


def _emby_album(fields: Mapping[str, Any]) -> list[Subject]:
    """By the ids of its artists, else by their keys and names on that server."""
    ids = mapping(fields.get("ProviderIds"))
    found = mbids(ids.get("MusicBrainzAlbumArtist")) or mbids(ids.get("MusicBrainzArtist"))
    if found:
        return [Subject(mbid) for mbid in found]
    named = [mapping(each) for each in listing(fields.get("ArtistItems"))]
    return [Subject(name=words(each.get("Name")), item_id=words(each.get("Id"))) for each in named]
