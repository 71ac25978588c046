"""Builds a sample music library: the same arguments give the same tree, byte for byte and second for second."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from artists.sample.demo import demo_recipes
from artists.sample.disk import moment, write
from artists.sample.nfos import nfo
from artists.sample.oddities import add_oddities
from artists.sample.pictures_of import Picture
from artists.sample.plan import ArtistPlan, plan_library
from artists.sample.pool import Pool
from artists.sample.profiles import Album
from artists.sample.recipes import Recipe, light_recipes, plain_recipes
from artists.sample.report import SampleReport
from artists.sample.stamps import stamped
from artists.sample.surroundings import add_surroundings
from artists.sample.target import MARKER, prepare
from artists.sample.tracks import track
from stillwater.errors import Invalid

FLAVOURS = ("plain", "demo", "oddities")
Progress = Callable[[int, int], None]


def build_library(
    target: Path,
    *,
    artists: int,
    seed: int,
    flavour: str = "plain",
    light: bool = False,
    progress: Progress | None = None,
) -> SampleReport:
    """Builds a library of `artists` artists in the folder `target`.

    plain is an ordinary collection; demo has a case for every rule and mostly healthy artists; oddities adds to
    `artists` ordinary artists one folder for everything strange that a scan must survive. With `light`, every artist
    has exactly artist.nfo, folder.jpg, fanart.jpg and logo.png, true in size and tiny in bytes. `progress` hears
    (done, total) after each artist.

    Raises Invalid for an unknown flavour or a negative number, Conflict for a folder that holds something else.
    """
    if flavour not in FLAVOURS:
        raise Invalid(f"unknown flavour, use one of {', '.join(FLAVOURS)}", "flavour")
    if artists < 0:
        raise Invalid("the number of artists cannot be negative", "artists")
    prepare(target, {"artists": artists, "seed": seed, "flavour": flavour, "light": light})
    report = SampleReport(target)
    root, pool = os.fsencode(target), Pool(seed, artists, light=light)
    for plan in plan_library(seed, _recipes(seed, artists, flavour, light), light=light):
        _build_artist(root, seed, plan, pool, report)
        if progress is not None:
            progress(plan.number + 1, artists)
    _finish(root, seed, flavour, light, pool, report)
    return report


def _recipes(seed: int, count: int, flavour: str, light: bool) -> Iterator[Recipe]:
    if light:
        return light_recipes(seed, count)
    return demo_recipes(seed, count) if flavour == "demo" else plain_recipes(seed, count)


def _build_artist(root: bytes, seed: int, plan: ArtistPlan, pool: Pool, report: SampleReport) -> None:
    when = moment(seed, plan.number)
    folder = os.path.join(root, plan.folder.encode())
    os.mkdir(folder)
    report.artists += 1
    report.counts[f"nfo:{plan.nfo}"] += 1
    if plan.nfo != "missing":
        _count(report, write(os.path.join(folder, b"artist.nfo"), nfo(plan.nfo, plan.profile), when))
    for placed in plan.pictures:
        content = stamped(pool.content(placed.picture), placed.stamp)
        _count(report, write(os.path.join(folder, placed.file_name.encode()), content, when))
        report.counts[f"picture:{placed.picture.shape}"] += 1
    for album in plan.folders:
        _build_album(folder, seed, plan, album, report)
    os.utime(folder, (when, when))


def _build_album(folder: bytes, seed: int, plan: ArtistPlan, album: Album, report: SampleReport) -> None:
    when = moment(seed, plan.number)
    place = os.path.join(folder, album.title.replace("/", "_").encode())
    os.mkdir(place)
    note = f"{album.title} ({album.year})\n".encode()
    _count(report, write(os.path.join(place, b"album.txt"), note, when))
    name, content = track(seed, plan, album)
    _count(report, write(os.path.join(place, name.encode()), content, when))
    os.utime(place, (when, when))
    report.counts["albums"] += 1


def _count(report: SampleReport, size: int) -> None:
    report.files += 1
    report.bytes += size


def _finish(root: bytes, seed: int, flavour: str, light: bool, pool: Pool, report: SampleReport) -> None:
    when = moment(seed, report.artists)
    if flavour == "oddities":
        report.oddities, report.left_out = add_oddities(root, seed, when)
    elif not light:
        files, size = add_surroundings(root, pool.content(Picture("thumb.modest", 0)), when)
        report.files += files
        report.bytes += size
    marker = os.path.join(root, MARKER.encode())
    os.utime(marker, (when, when))
    os.utime(root, (when, when))
