"""Predicates over the folder itself: its name, and files that do not belong."""

from django.db.models import Q

from artists.folders.names import canonical_directory_name, directory_name_fits
from rules.types import Config, Row, Rule, Setting

_MOST_NAMED = 3


def _extraneous_sentence(row: Row, _config: Config) -> str:
    names = [str(name) for name in row["extraneous_files"]]
    shown = ", ".join(names[:_MOST_NAMED])
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    files = "picture does" if len(names) == 1 else "pictures do"
    return f"{len(names)} {files} not belong to the folder: {shown}{more}."[:500]


EXTRANEOUS_IMAGES = Rule(
    id="extraneous_images",
    name="No stray pictures",
    description="The folder holds only pictures that a player looks for.",
    doc="Allowed are the file names of the active profile and the usual ones of all players. In a folder that a server "
    "writes to as well, the names of all profiles are allowed.",
    category="image",
    default_severity="warning",
    broken=lambda _config: ~Q(extraneous_files=[]),
    facts=("extraneous_files",),
    sentence=_extraneous_sentence,
    fix="strays",
    filesystem=True,
)


def _folder(row: Row) -> str:
    return str(row["path"]).rpartition("/")[2]


def _folder_candidates(config: Config) -> Q:
    """The stored fact speaks of names with their article in front; for the other ways a judge looks again."""
    return ~Q(path="") if config.text("article_mode") != "prefix" else ~Q(path="") & Q(folder_fits=False)


def _folder_is_off(row: Row, config: Config) -> bool:
    mode = config.text("article_mode")
    return mode == "prefix" or not directory_name_fits(_folder(row), row["name"], mode)


def _folder_sentence(row: Row, config: Config) -> str:
    wanted = canonical_directory_name(row["name"], config.text("article_mode"))
    return f"Folder is “{_folder(row)}”, wanted “{wanted}”."[:500]


DIRECTORY_NAME_MISMATCH = Rule(
    id="directory_name_mismatch",
    name="Folder is named as the artist",
    description="The folder bears the artist's name, as far as a disk allows.",
    doc="Capitals and reserved characters are forgiven. The article may stay in front, go to the end, or be left out.",
    category="metadata",
    default_severity="warning",
    own_settings=(
        Setting(
            "article_mode",
            "choice",
            "prefix",
            "Article",
            choices=("prefix", "suffix", "strip"),
            help="prefix: The Beatles; suffix: Beatles, The; strip: Beatles.",
        ),
    ),
    broken=_folder_candidates,
    judge=_folder_is_off,
    facts=("path", "name"),
    sentence=_folder_sentence,
    fix="folder_name",
    filesystem=True,
)
