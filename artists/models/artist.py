"""An artist: what is known, where the folder is, and the facts that rules ask for."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from artists.models.library import Library


class NfoState(models.TextChoices):
    """What the last look at artist.nfo found (artists/nfo/reader.py)."""

    MISSING = "missing", "missing"
    OK = "ok", "ok"
    EMPTY = "empty", "empty"
    URL_ONLY = "url_only", "only a web address"
    WRONG_ROOT = "wrong_root", "not an artist file"
    BROKEN = "broken", "broken"
    HOSTILE = "hostile", "refused as unsafe"
    TOO_LARGE = "too_large", "too large"
    UNREADABLE = "unreadable", "unreadable"


class Artist(models.Model):
    """One artist. Values, then locks, then the facts of the folder, then those of evaluation."""

    name = models.CharField(max_length=500)
    sort_name = models.CharField(max_length=500, blank=True)
    search_text = models.TextField(
        blank=True, editable=False, help_text="Name, sort name and aliases, folded for searching."
    )
    name_key = models.CharField(
        max_length=500, blank=True, editable=False, help_text="What namesakes share; blank: the name is none."
    )
    type = models.CharField(max_length=20, blank=True)
    gender = models.CharField(max_length=40, blank=True)
    origin = models.CharField(max_length=300, blank=True)
    disambiguation = models.CharField(max_length=500, blank=True)
    genres = models.JSONField(default=list, blank=True)
    styles = models.JSONField(default=list, blank=True)
    moods = models.JSONField(default=list, blank=True)
    years_active = models.CharField(max_length=200, blank=True)
    born = models.CharField(max_length=200, blank=True)
    formed = models.CharField(max_length=200, blank=True)
    died = models.CharField(max_length=200, blank=True)
    disbanded = models.CharField(max_length=200, blank=True)
    biography = models.TextField(blank=True)
    musicbrainz_id = models.CharField(max_length=36, blank=True)
    audiodb_id = models.CharField(max_length=60, blank=True)
    discogs_id = models.CharField(max_length=60, blank=True)
    wikidata_id = models.CharField(max_length=60, blank=True)
    deezer_id = models.CharField(max_length=60, blank=True)
    spotify_id = models.CharField(max_length=60, blank=True)
    metadata_sources = models.JSONField(default=dict, blank=True, help_text="Field to where its value came from.")

    libraries = models.ManyToManyField(Library, through="Membership", related_name="artists")
    is_excluded = models.BooleanField(default=False)
    exclusion_reason = models.CharField(max_length=200, blank=True)
    exclusion_by_hand = models.BooleanField(default=False, help_text="A person decided; scans leave it alone.")
    is_classical = models.BooleanField(default=False)

    locked = models.BooleanField(default=False)
    lock_source = models.CharField(max_length=20, blank=True, help_text="user or imported.")
    locked_at = models.DateTimeField(null=True, blank=True)
    locked_fields = models.JSONField(default=list, blank=True)

    path = models.CharField(
        max_length=4096, blank=True, help_text="Folder, in the storable spelling (artists/folders/names.py)."
    )
    folder_key = models.CharField(
        max_length=500, blank=True, editable=False, help_text="The same of the folder's name; blank without a folder."
    )
    folder_similarity = models.FloatField(default=1.0, help_text="0 to 1: folder name against name and sort name.")
    folder_fits = models.BooleanField(default=True, help_text="The folder is named as the canonical form of the name.")
    missing_since = models.DateTimeField(null=True, blank=True, help_text="The folder was not seen by a healthy scan.")
    scan_note = models.CharField(
        max_length=500, blank=True, help_text="What the last scan could not read, or found odd."
    )
    folder_stamp = models.CharField(
        max_length=64, blank=True, help_text="Digest of the sidecar files' names, sizes and times."
    )
    extraneous_files = models.JSONField(default=list, blank=True)
    other_pictures = models.JSONField(
        null=True,
        blank=True,
        help_text="Pictures that are in no slot: name, bytes, time. Null: the folder was not gone through yet.",
    )
    sequence_problem = models.CharField(max_length=300, blank=True)

    nfo_exists = models.BooleanField(default=False)
    nfo_state = models.CharField(max_length=12, choices=NfoState, default=NfoState.MISSING)
    nfo_error = models.CharField(max_length=500, blank=True)
    nfo_hash = models.CharField(
        max_length=64, blank=True, help_text="SHA-256 of the file as last read or written by us."
    )
    nfo_written_hash = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the file as we last wrote it.")
    nfo_mtime_ns = models.BigIntegerField(default=0)
    album_count = models.PositiveIntegerField(default=0, help_text="Album entries in the NFO.")
    folder_album_count = models.PositiveIntegerField(default=0, help_text="Visible folders below the artist's folder.")

    tag_albums = models.PositiveIntegerField(
        default=0, help_text="Album folders whose audio tags could be read, compilations left out."
    )
    tag_mbid = models.CharField(max_length=36, blank=True, help_text="The MBID that most of those albums name.")
    tag_mbid_albums = models.PositiveIntegerField(default=0, help_text="How many of them name it.")
    tag_mbids = models.TextField(blank=True, help_text="Every MBID that they name, with blanks between.")

    biography_junk = models.CharField(
        max_length=100, blank=True, help_text="Why the biography is none; blank: it is one."
    )
    name_script = models.CharField(max_length=20, blank=True)

    health_score = models.FloatField(default=0.0)
    health_evaluated_at = models.DateTimeField(null=True, blank=True)
    dirty_since = models.DateTimeField(null=True, blank=True, default=timezone.now)
    rules_evaluated_at = models.DateTimeField(null=True, blank=True)

    last_scanned_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name", "pk"]
        indexes = [
            models.Index(fields=["name", "id"]),
            models.Index(fields=["sort_name", "id"]),
            models.Index(fields=["health_score", "id"]),
            models.Index(fields=["updated_at", "id"]),
            models.Index(fields=["created_at", "id"]),
            models.Index(fields=["musicbrainz_id"], condition=~Q(musicbrainz_id=""), name="artist_by_mbid"),
            models.Index(fields=["name_key"], condition=~Q(name_key=""), name="artist_by_name_key"),
            models.Index(fields=["folder_key"], condition=~Q(folder_key=""), name="artist_by_folder_key"),
            models.Index(fields=["health_evaluated_at"], name="artist_checked_when"),
            # A search reads all of them: the fewer bytes, the sooner.
            models.Index(fields=["search_text"], name="artist_by_search_text"),
            # Whatever a list is filtered by or a report counts, in one narrow index: nothing reads the wide rows.
            models.Index(
                fields=[
                    "is_excluded",
                    "locked",
                    "type",
                    "nfo_exists",
                    "musicbrainz_id",
                    "health_score",
                    "health_evaluated_at",
                    "search_text",
                ],
                name="artist_filters",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["path"], condition=~Q(path=""), name="one_artist_per_folder"),
            models.CheckConstraint(condition=Q(locked=False) | Q(locked_at__isnull=False), name="locked_since_when"),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """An artist is in a library, and how we know."""

    # Without indexes of their own: the constraint begins with the artist, the index below with the library.
    artist = models.ForeignKey(Artist, models.CASCADE, related_name="memberships", db_index=False)
    library = models.ForeignKey(Library, models.CASCADE, related_name="memberships", db_index=False)
    source = models.CharField(max_length=20, default="filesystem")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = [F("added_at").asc(), F("library").asc()]
        constraints = [models.UniqueConstraint(fields=["artist", "library"], name="one_membership_per_library")]
        indexes = [models.Index(fields=["library", "artist"])]

    def __str__(self) -> str:
        return f"{self.artist} in {self.library}"


class ProviderRecord(models.Model):
    """What a provider was asked about an artist and when; `external_id` where the artist has no column for it."""

    artist = models.ForeignKey(Artist, models.CASCADE, related_name="provider_records")
    provider = models.CharField(max_length=30)
    external_id = models.CharField(max_length=200, blank=True)
    fetched_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["artist", "provider"], name="one_record_per_provider")]
        indexes = [models.Index(fields=["provider", "external_id"])]

    def __str__(self) -> str:
        return f"{self.artist}: {self.provider}"
