"""The demo's servers: what they hold of the artists of a world, each in its own words and with folders of its own."""

from collections.abc import Iterable
from functools import partial
from hashlib import md5

from artists.demo.offers import offers
from artists.demo.pictures import content
from artists.demo.replies import Fake
from artists.demo.world import Act
from connections.demo.emby import FakeEmby
from connections.demo.jellyfin import FakeJellyfin
from connections.demo.lidarr import FakeLidarr
from connections.demo.mediabrowser import FakeMediaBrowser
from connections.demo.shelf import HeldPicture, Item, Shelf

EMBY_KEY, JELLYFIN_KEY, LIDARR_KEY = "demo-emby-key", "demo-jellyfin-key", "demo-lidarr-key"
EMBY_USER, JELLYFIN_USER = "e3b1a0c5d2f44c0f9a7b5e6d8c1f2a30", "7f3a9c2e1b5d4f60a8e7c6b5a4d3e2f1"
ROOT = "/media/music"
"""Where the servers see the folders of the library, which is somewhere else for us."""

_SLOTS = {"Primary": "thumb", "Backdrop": "fanart", "Logo": "logo", "Banner": "banner"}
_MEDIA = {"jpg": "image/jpeg", "png": "image/png"}
_OPTIONS: Item = {
    "Enabled": True, "EnableRealtimeMonitor": True, "EnableInternetProviders": True, "SaveLocalMetadata": True,
    "AutomaticRefreshIntervalDays": 30, "PreferredMetadataLanguage": "en", "MetadataCountryCode": "DE",
    "MetadataSavers": ["Nfo"], "LocalMetadataReaderOrder": ["Nfo"], "PathInfos": [{"Path": ROOT}],
    "TypeOptions": [{"Type": "MusicArtist", "MetadataFetchers": ["MusicBrainz"], "ImageFetchers": ["TheAudioDB"]}],
}  # fmt: skip
_WRITES_NOTHING: Item = {"SaveLocalMetadata": False, "MetadataSavers": []}
"""What the options say of a server that leaves the folders to others."""


def jellyfin_house(acts: Iterable[Act], folders: Iterable[str] = (), key: str = JELLYFIN_KEY) -> FakeJellyfin:
    shelf = Shelf("Attic", "10.11.5", key, server_id=_hex("jellyfin"))
    shelf.users = [_user("91c70000", "guest", False), _user(JELLYFIN_USER, "root", True)]
    library = _hex("music")
    shelf.folders = [_folder(library, "Music"), {**_folder(_hex("films"), "Films"), "CollectionType": "movies"}]
    for act, folder in _with_folders(acts, folders):
        item_id = _hex(act.mbid)
        _put(shelf, library, item_id, act, {**_facts(act, item_id, shelf, folder), "Tags": [*act.styles], **_JELLYFIN})
    return FakeJellyfin(shelf)


def emby_house(acts: Iterable[Act], folders: Iterable[str] = (), key: str = EMBY_KEY) -> FakeEmby:
    shelf = Shelf("Living room", "4.9.1.80", key, server_id=_hex("emby"))
    shelf.users = [_user(EMBY_USER, "root", True)]
    shelf.folders = [_folder("4", "Music")]
    for number, (act, folder) in enumerate(_with_folders(acts, folders), start=1000):
        tags = [{"Name": style, "Id": place} for place, style in enumerate(act.styles)]
        genres = [{"Name": genre, "Id": place} for place, genre in enumerate(act.genres)]
        item = {**_facts(act, str(number), shelf, folder), "TagItems": tags, "GenreItems": genres}
        _put(shelf, "4", str(number), act, item)
    return FakeEmby(shelf)


def lidarr_house(acts: Iterable[Act], folders: Iterable[str] = (), key: str = LIDARR_KEY) -> FakeLidarr:
    consumer = {
        "id": 1, "name": "Kodi (XBMC) / Emby", "implementation": "XbmcMetadata",
        "implementationName": "Kodi (XBMC) / Emby",
        "configContract": "XbmcMetadataSettings", "infoLink": "", "tags": [], "enable": False,
        "fields": [
            {"order": 0, "name": "artistMetadata", "label": "Artist Metadata", "value": True, "type": "checkbox"},
            {"order": 1, "name": "artistImages", "label": "Artist Images", "value": True, "type": "checkbox"},
            {"order": 2, "name": "albumImages", "label": "Album Images", "value": True, "type": "checkbox"},
        ],
    }  # fmt: skip
    root = {"id": 1, "name": "Music", "path": ROOT, "accessible": True, "defaultTags": []}
    rows = [_lidarr_artist(number, act, folder) for number, (act, folder) in enumerate(_with_folders(acts, folders), 1)]
    return FakeLidarr(key, artists=rows, consumers=[consumer], roots=[root])


def fakes_of(jellyfin: FakeJellyfin, emby: FakeEmby, lidarr: FakeLidarr) -> dict[str, Fake]:
    """As `FakeWorld` serves them: /jellyfin/server/…, a sub-path like behind a proxy."""
    return {
        "jellyfin": Fake("jellyfin", jellyfin.answer),
        "emby": Fake("emby", emby.answer),
        "lidarr": Fake("lidarr", lidarr.answer),
    }


_JELLYFIN: Item = {"MediaType": "Unknown", "LocationType": "FileSystem", "ChannelId": None, "ImageBlurHashes": {}}


def _facts(act: Act, item_id: str, shelf: Shelf, folder: str) -> Item:
    """A whole item, with parts that are none of our business and have to survive us."""
    return {
        "Name": act.name, "Id": item_id, "ServerId": shelf.server_id, "Type": "MusicArtist", "IsFolder": True,
        "Path": f"{ROOT}/{folder}", "Overview": act.biography, "Genres": [*act.genres],
        "SortName": act.sort_name, "ForcedSortName": None, "ProviderIds": _ids(act),
        "PremiereDate": _moment(act.began), "EndDate": _moment(act.ended), "LockData": False, "LockedFields": [],
        "CustomRating": "kept", "ProductionLocations": [act.country] if act.country else [], "Taglines": ["live on"],
        "Studios": [], "OfficialRating": None, "PreferredMetadataLanguage": "de",
    }  # fmt: skip


def _put(shelf: Shelf, library: str, item_id: str, act: Act, item: Item) -> None:
    shelf.items[item_id] = item
    shelf.members.setdefault(library, []).append(item_id)
    for kind, slot in _SLOTS.items():
        found = offers(act, slot)[: 2 if kind == "Backdrop" else 1]
        held = [
            HeldPicture(_hex(f"{act.mbid}{slot}{place}"), partial(content, each.picture), _MEDIA[each.picture.suffix])
            for place, each in enumerate(found)
        ]
        if held:
            shelf.pictures[item_id, kind] = held


def _lidarr_artist(number: int, act: Act, folder: str) -> Item:
    return {
        "id": number, "artistName": act.name, "foreignArtistId": act.mbid, "sortName": act.sort_name.lower(),
        "path": f"{ROOT}/{folder}", "rootFolderPath": ROOT, "monitored": True, "metadataProfileId": 1,
        "qualityProfileId": 1, "overview": act.biography, "genres": [*act.genres], "images": [], "links": [],
        "status": "ended" if act.ended else "continuing", "ended": bool(act.ended), "tags": [],
    }  # fmt: skip


def _ids(act: Act) -> Item:
    known = {"MusicBrainzArtist": act.mbid, "AudioDbArtist": act.ids.get("audiodb", "")}
    return {key: value for key, value in known.items() if value}


def _moment(text: str) -> str | None:
    return f"{text[:4]}-{text[5:7] or '01'}-{text[8:10] or '01'}T00:00:00.0000000Z" if text else None


def _with_folders(acts: Iterable[Act], folders: Iterable[str]) -> list[tuple[Act, str]]:
    """A folder for each act, as the library has it; by its name where none is given."""
    known = list(acts)
    named = list(folders) or [act.name.replace("/", "_") for act in known]
    return list(zip(known, named, strict=False))


def _folder(item_id: str, name: str) -> Item:
    return {
        "Name": name, "Locations": [ROOT], "CollectionType": "music", "ItemId": item_id,
        "LibraryOptions": {**_OPTIONS, "TypeOptions": [dict(entry) for entry in _OPTIONS["TypeOptions"]]},
    }  # fmt: skip


def leave_folders_alone(*houses: FakeMediaBrowser) -> None:
    """From now on these write nothing into the folders of their libraries, as after a person switched it off there."""
    for house in houses:
        for folder in house.shelf.folders:
            folder["LibraryOptions"] |= _WRITES_NOTHING


def _user(user_id: str, name: str, administrator: bool) -> Item:
    policy = {
        "IsAdministrator": administrator, "IsDisabled": False, "AuthenticationProviderId": "Default",
        "PasswordResetProviderId": "Default",
    }  # fmt: skip
    return {"Id": user_id, "Name": name, "Policy": policy}


def _hex(text: str) -> str:
    return md5(text.encode(), usedforsecurity=False).hexdigest()
